"""What the network sees of a word. src/nlp/net_feature.c computes the same from the same bytes; keep them equal.

A word is first folded (fold): typographic marks to ASCII, digits to 0, then lower-cased (lower). All hashing is
FNV-1a (32 bits) over UTF-8 bytes, seeded with the slot's number.
"""
FOLD = {'’': "'", '‘': "'", '“': '"', '”': '"', '–': '-', '—': '-', '−': '-', '…': '...', '``': '"', "''": '"', '\u00a0': ' '}

# slot: name, rows of its table, dimensions
SLOTS = [('pre2', 2048, 16), ('pre3', 8192, 24), ('suf2', 2048, 24), ('suf3', 8192, 32), ('suf4', 12288, 32), ('shape', 2048, 24)]
GRAM_ROWS, GRAM_DIM = 24576, 64        # trained bag of 3- and 4-grams
VEC_ROWS, VEC_DIM = 32768, 100         # bag of 3- to 5-grams of the pretrained vectors
GAZ = ['city', 'region', 'country', 'demonym', 'person-first', 'person-last', 'org', 'month']
GAZ_DIM = 8                            # one bit each, taken as 0/1
WORD_DIM = 64
CASE_CLASSES = 4                       # of a sentence: usual, no capitals, Title Case, ALL CAPS


def fnv(data, seed):
    h = 2166136261 ^ seed * 0x9E3779B1 & 0xFFFFFFFF
    for b in data:
        h = (h ^ b) * 16777619 & 0xFFFFFFFF
    h ^= h >> 15                        # the low bits of FNV are weak
    return h * 0x2C1B3C6D & 0xFFFFFFFF


def fold(word):
    word = FOLD.get(word, word)
    if word.isascii():
        return ''.join('0' if c.isdigit() else c for c in word) if any(c.isdigit() for c in word) else word
    return ''.join('0' if '0' <= c <= '9' else FOLD.get(c, c) for c in word)


def lower_char(c):
    if 'A' <= c <= 'Z' or ('À' <= c <= 'Þ' and c != '×'):
        return chr(ord(c) + 32)
    if 0x100 <= ord(c) <= 0x137 or 0x14a <= ord(c) <= 0x177:     # Latin Extended-A: even is upper
        return chr(ord(c) | 1)
    if 0x139 <= ord(c) <= 0x148 or 0x179 <= ord(c) <= 0x17e:     # odd is upper
        return chr(ord(c) + (ord(c) & 1))
    if 0x410 <= ord(c) <= 0x42f or 0x391 <= ord(c) <= 0x3a9 and ord(c) != 0x3a2:
        return chr(ord(c) + 32)
    return c


def lower(word):
    if word.isascii():
        return word.lower()
    return ''.join(map(lower_char, word))


def is_upper(c):
    return lower_char(c) != c


def shape(word):
    """X, x, d and other characters themselves; no more than two of a kind in a row."""
    out = []
    for c in word:
        k = 'd' if '0' <= c <= '9' else 'X' if is_upper(c) else 'x' if ('a' <= c <= 'z' or ord(c) >= 0xc0) else c
        if len(out) < 2 or out[-1] != k or out[-2] != k:
            out.append(k)
    return ''.join(out[:12])


def word_hash(low):
    return fnv(low.encode(), 101)


def slots(word):
    w = fold(word)
    low = lower(w)
    parts = [low[:2], low[:3], low[-2:], low[-3:], low[-4:], shape(w)]
    return [fnv(p.encode(), k + 1) % SLOTS[k][1] for k, p in enumerate(parts)]


MAX_GRAM_CHARS = 24                    # of a longer word the first 24 characters count


def grams(low, lo, hi, rows, seed):
    marked = '<' + low[:MAX_GRAM_CHARS] + '>'
    out = []
    for n in range(lo, hi + 1):
        for i in range(len(marked) - n + 1):
            out.append(fnv(marked[i:i + n].encode(), seed) % rows)
    return out


def gram_ids(low):
    return grams(low, 3, 4, GRAM_ROWS, 33) or [0]


def vec_ids(low):
    return grams(low, 3, 5, VEC_ROWS, 35) or [0]


def case_class(words):
    """How the sentence as a whole is capitalised, so that a capital in a headline is not taken for a name's."""
    alpha = upper = letters = capitals = longs = long_caps = 0
    for w in words:
        if not w or not (is_upper(w[0]) or 'a' <= w[0] <= 'z'):
            continue
        n = len(w)
        ups = sum(map(is_upper, w))
        alpha += 1
        capitals += is_upper(w[0])
        letters += n
        upper += ups
        if n >= 4:
            longs += 1
            long_caps += is_upper(w[0])
    if alpha == 0 or capitals == 0:
        return 1 if alpha >= 3 else 0
    if letters >= 8 and upper * 10 >= letters * 8:
        return 3
    if longs >= 3 and long_caps * 10 >= longs * 9:
        return 2
    return 0
