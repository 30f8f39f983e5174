"""Variants of training sentences: other capitalisation, other names, datelines. They stand for what newswire has and the
treebanks have not. All randomness comes from the generator that is passed in."""
import copy
from corpus import spans_to_tags, tags_to_spans, Sentence

SMALL = set('a an the of in on at to for by from with and or but nor as vs into over after'.split())


def recase(s, how):
    t = copy.copy(s)
    if how == 'lower':
        t.words = [w.lower() for w in s.words]
    elif how == 'upper':
        t.words = [w.upper() for w in s.words]
    else:
        t.words = [w if w.lower() in SMALL and i and how == 'title' else w[:1].upper() + w[1:] for i, w in enumerate(s.words)]
    if any(len(a) != len(b) for a, b in zip(s.words, t.words)):
        return s                                       # ß and the like
    return t


def splice(s, a, b, name, kind):
    """Puts `name` in the place of the words [a, b). In the tree the first word takes over what hung on the old ones, the others
    are flat below it; None when the old name is no single piece of the tree."""
    k, n = len(name), b - a
    t = Sentence(s.words[:a] + name + s.words[b:], s.source)
    t.names = s.names[:a] + spans_to_tags(k, [(0, k, kind)]) + s.names[b:]
    if not s.head:
        return t
    if k == n and all(u == 'PROPN' for u in s.upos[a:b]) and all(w[:1].isupper() for w in name):
        t.upos, t.xpos, t.rel, t.head = s.upos, s.xpos, s.rel, s.head
        t.lemma = s.lemma[:a] + name + s.lemma[b:]
        return t
    if kind != 'PER':                                  # names of places and organizations have trees of their own
        return None
    tops = [i for i in range(a, b) if not a < s.head[i] <= b]
    if len(tops) != 1:
        return None
    def move(h):
        return h if h is None or h <= a else a + 1 if h <= b else h + k - n
    hyphen = [w == '-' for w in name]
    t.upos = s.upos[:a] + ['PUNCT' if y else 'PROPN' for y in hyphen] + s.upos[b:]
    t.xpos = s.xpos[:a] + ['HYPH' if y else s.xpos[tops[0]] for y in hyphen] + s.xpos[b:]
    t.lemma = s.lemma[:a] + name + s.lemma[b:]
    t.rel = s.rel[:a] + [s.rel[tops[0]]] + ['punct' if y else 'flat' for y in hyphen[1:]] + s.rel[b:]
    below = [a + i + 2 if hyphen[i] and i + 1 < k else a + 1 for i in range(1, k)]      # a hyphen hangs on the word behind it
    t.head = [move(h) for h in s.head[:a]] + [move(s.head[tops[0]])] + below + [move(h) for h in s.head[b:]]
    return t


def rename(s, pools, rng):
    """Puts other names in the place of some names of a sentence, half of them of another length."""
    for a, b, kind in reversed(tags_to_spans(s.names)):
        n = b - a if rng.random() < 0.5 else rng.choice([1, 2, 2, 3, 4, 4])
        pool = pools.get((kind, n))
        if not pool or rng.random() < 0.4 or s.upos and s.upos[a] != 'PROPN':
            continue
        s = splice(s, a, b, rng.choice(pool), kind) or s
    return s


SMALL_PARTS = ('de', 'al', 'of', 'the', 'van', 'bin', 'ibn', 'el', 'von', 'da', '-')


def name_pools(tables):
    """{(kind, words): [[word, …]…]}."""
    pools = {}
    def add(kind, words):
        if all(w[:1].isupper() or w in SMALL_PARTS or i and words[i - 1] == '-' for i, w in enumerate(words)):
            pools.setdefault((kind, len(words)), []).append(words)
    for words in tables['person']:
        if 2 <= len(words) <= 5:
            add('PER', words)
            if '-' not in words:
                add('PER', words[-1:])
            else:
                for _ in range(6):                         # Kim Jong-un and al-Assad are rarer in tables than in news
                    add('PER', words)
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


def without(s, i):
    """The sentence without its i-th word, on which nothing hangs."""
    t = Sentence(s.words[:i] + s.words[i + 1:], s.source)
    for layer in ('names', 'upos', 'xpos', 'lemma', 'rel'):
        row = getattr(s, layer)
        setattr(t, layer, row and row[:i] + row[i + 1:])
    t.head = [h if h is None or h <= i else h - 1 for h in s.head[:i] + s.head[i + 1:]]
    return t


def drop_that(s, rng):
    """"He said [that] two men were hurt": newswire leaves out what the treebanks mostly have."""
    for i in reversed(range(len(s.words))):
        if s.words[i] != 'that' or s.rel[i] != 'mark' or i + 1 in s.head or rng.random() < 0.5:
            continue
        clause = s.head[i] - 1
        if s.rel[clause].split(':')[0] == 'ccomp' and (not s.names or s.names[i] in (None, 'O')):
            s = without(s, i)
    return s


def vary(s, pools, rng):
    """A sentence as it is trained on in one epoch: mostly itself."""
    if s.names and rng.random() < 0.25:
        s = rename(s, pools, rng)
    if s.head and 'that' in s.words:
        s = drop_that(s, rng)
    r = rng.random()
    if r < 0.02 and s.names:
        return dateline(s, pools, rng)
    if r < 0.05:
        return recase(s, 'lower')
    if r < 0.085:
        return recase(s, 'upper')
    if r < 0.13:
        return recase(s, 'title' if r < 0.11 else 'every word')
    return s
