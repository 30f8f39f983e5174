"""Label sets and lemma scripts."""
import collections
import features as F

# A lemma script: how the base is cased (L lower, K kept, T first letter kept and the rest lower), how many characters
# come off its end, what is appended.
def cased(word, mode):
    return F.lower(word) if mode == 'L' else word if mode == 'K' else word[:1] + F.lower(word[1:])


def script_of(word, lemma):
    best = None
    for rank, mode in enumerate('LKT'):
        base = cased(word, mode)
        n = 0
        while n < min(len(base), len(lemma)) and base[n] == lemma[n]:
            n += 1
        cost = len(base) - n + len(lemma) - n
        if best is None or cost < best[0]:
            best = (cost, '%s%d+%s' % (mode, len(base) - n, lemma[n:]))
    return best[1]


def apply_script(word, script):
    mode, rest = script[0], script[1:]
    n, _, tail = rest.partition('+')
    base = cased(word, mode)
    n = int(n)
    return base[:len(base) - n] + tail if n <= len(base) else base


def inventories(train):
    """→ {'upos': [...], …}; every list is sorted, so that it does not depend on the order of the sentences."""
    c = {k: collections.Counter() for k in ('upos', 'xpos', 'lemma', 'deprel')}
    for s in train:
        if s.upos:
            c['upos'].update(s.upos)
            c['xpos'].update(s.xpos)
            c['deprel'].update(s.rel)
            c['lemma'].update(script_of(w, l) for w, l in zip(s.words, s.lemma))
    out = {k: sorted(l for l, n in v.items() if n >= (3 if k == 'lemma' else 1)) for k, v in c.items()}
    out['name'] = ['O'] + [m + '-' + k for k in ('PER', 'ORG', 'LOC', 'MISC') for m in 'BIES']
    return out


def name_moves(names):
    """[from][to] whether BIOES tag `to` may follow `from`; the last row is the sentence's start, the last column its end."""
    def ok(a, b):
        inside = a is not None and a[0] in 'BI'
        if b is None or b == 'O' or b[0] in 'BS':
            return not inside
        return inside and a[2:] == b[2:]
    return [[ok(a, b) for b in names + [None]] for a in names + [None]]


UPOS_ORDER = 'X ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB'.split()   # td_upos


def lemma_exceptions(train, least=2):
    """{hash of lower form and tag: lemma}: what the treebanks agree on needs no guessing."""
    seen = collections.defaultdict(collections.Counter)
    for s in train:
        if s.lemma and s.upos:
            for w, l, u in zip(s.words, s.lemma, s.upos):
                if l and u and u not in ('PROPN', 'X', 'SYM', 'NUM', 'PUNCT'):
                    seen[F.lower(w), u][l] += 1
    out = {}
    for (w, u), lemmas in sorted(seen.items()):
        lemma, n = lemmas.most_common(1)[0]
        total = sum(lemmas.values())
        if n >= least and n * 10 >= total * 9 and lemma == F.lower(lemma) and '\n' not in lemma:
            out[F.fnv(w.encode(), 200 + UPOS_ORDER.index(u))] = lemma
    return out


def lemma(word, script, upos, exceptions):
    found = exceptions.get(F.fnv(F.lower(word).encode(), 200 + UPOS_ORDER.index(upos)))
    return found or apply_script(word, script) or word
