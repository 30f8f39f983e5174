"""Variants of training sentences: other capitalisation, other names, datelines. They stand for what newswire has and the
treebanks have not. All randomness comes from the generator that is passed in."""
import copy
from corpus import tags_to_spans, Sentence

SMALL = set('a an the of in on at to for by from with and or but nor as vs into over after'.split())


def recase(s, how):
    t = copy.copy(s)
    if how == 'lower':
        t.words = [w.lower() for w in s.words]
    elif how == 'upper':
        t.words = [w.upper() for w in s.words]
    else:
        t.words = [w if w.lower() in SMALL and i else w[:1].upper() + w[1:] for i, w in enumerate(s.words)]
    if any(len(a) != len(b) for a, b in zip(s.words, t.words)):
        return s                                       # ß and the like
    return t


def rename(s, tables, rng):
    """Puts other names of the same number of words for some of the names of a sentence."""
    if not s.names:
        return s
    t = copy.copy(s)
    t.words = list(s.words)
    t.lemma = list(s.lemma) if s.lemma else None
    for a, b, kind in tags_to_spans(s.names):
        pool = tables.get((kind, b - a))
        if not pool or rng.random() < 0.4:
            continue
        if s.upos and any(s.upos[i] != 'PROPN' for i in range(a, b)):
            continue
        t.words[a:b] = rng.choice(pool)
        if t.lemma:
            t.lemma[a:b] = t.words[a:b]
    return t


def name_pools(tables):
    """{(kind, words): [[word, …]…]}."""
    pools = {}
    def add(kind, words):
        if all(w[:1].isupper() or w in ('de', 'al', 'of', 'the', 'van', 'bin', 'el', '-') for w in words):
            pools.setdefault((kind, len(words)), []).append(words)
    for words in tables['person']:
        if 2 <= len(words) <= 4:
            add('PER', words)
            add('PER', words[-1:])
    for _ in range(6):                                 # countries are few but frequent
        for words in tables['country']:
            if len(words) <= 3 and not (len(words[0]) == 2 and words[0].isupper()):
                add('LOC', words)
    for words in tables['city'] + tables['region']:
        if len(words) <= 3:
            add('LOC', words)
    for words in tables['org']:
        if len(words) <= 5:
            add('ORG', words)
    return pools


AGENCIES = ['Reuters', 'AP', 'AFP', 'Xinhua', 'CNN', 'BBC', 'TASS', 'UPI', 'dpa', 'Bloomberg', 'VOA']
NUMBERS_MONTHS = ['Jan.', 'Feb.', 'March', 'April', 'May', 'June', 'July', 'Aug.', 'Sept.', 'Oct.', 'Nov.', 'Dec.']


def dateline(s, pools, rng):
    """WASHINGTON (Reuters) - …: names and tags of the dateline are taught, its place in the tree is not."""
    city = rng.choice(pools[('LOC', rng.choice([1, 1, 1, 2]))])
    if rng.random() < 0.7:
        city = [w.upper() for w in city]
    words, names, upos = list(city), [], ['PROPN'] * len(city)
    names = ['S-LOC'] if len(city) == 1 else ['B-LOC'] + ['I-LOC'] * (len(city) - 2) + ['E-LOC']
    if rng.random() < 0.3:
        land = rng.choice(pools[('LOC', 1)])
        words, names, upos = words + [','] + land, names + ['O', 'S-LOC'], upos + ['PUNCT', 'PROPN']
    if rng.random() < 0.3:
        words += [',', rng.choice(NUMBERS_MONTHS), str(rng.randint(1, 31))]
        names, upos = names + ['O'] * 3, upos + ['PUNCT', 'PROPN', 'NUM']
    if rng.random() < 0.6:
        words += ['(', rng.choice(AGENCIES), ')']
        names, upos = names + ['O', 'S-ORG', 'O'], upos + ['PUNCT', 'PROPN', 'PUNCT']
    words.append(rng.choice(['-', '--', '—', '–', ':']))
    names, upos = names + ['O'], upos + ['PUNCT']
    k, t = len(words), Sentence(words + s.words, s.source)
    t.names = names + (s.names or [None] * len(s.words))
    if s.upos:
        none = [None] * k
        t.upos, t.xpos, t.lemma, t.rel = upos + s.upos, none + s.xpos, none + s.lemma, none + s.rel
        t.head = none + [h + k if h else 0 for h in s.head]
    return t


def vary(s, pools, rng):
    """A sentence as it is trained on in one epoch: mostly itself."""
    if s.names and rng.random() < 0.25:
        s = rename(s, pools, rng)
    r = rng.random()
    if r < 0.02 and s.names:
        return dateline(s, pools, rng)
    if r < 0.05:
        return recase(s, 'lower')
    if r < 0.085:
        return recase(s, 'upper')
    if r < 0.13:
        return recase(s, 'title')
    return s
