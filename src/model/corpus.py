"""Reads the training corpora into one shape: sentences with words and whatever layers their source has.

A layer that a source lacks is None; a token that a layer says nothing about is None within it.
"""
import collections, csv, glob, json, os, re
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.environ.get('TIDINGS_SHARED', os.path.join(HERE, '../../../shared'))


class Sentence:
    __slots__ = ('id', 'words', 'upos', 'xpos', 'lemma', 'head', 'rel', 'names', 'source')

    def __init__(self, words, source):
        self.words, self.source, self.id = words, source, None
        self.upos = self.xpos = self.lemma = self.head = self.rel = self.names = None


def path(*parts):
    return os.path.join(SHARED, *parts)


def blocks(file):
    block = []
    for line in open(file, encoding='utf-8'):
        line = line.rstrip('\n')
        if line:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def spans_to_tags(n, spans, outside='O'):
    """Non-overlapping [from, to) spans → BIOES tags."""
    tags = [outside] * n
    for a, b, kind in spans:
        if b - a == 1:
            tags[a] = 'S-' + kind
        else:
            tags[a], tags[b - 1] = 'B-' + kind, 'E-' + kind
            for i in range(a + 1, b - 1):
                tags[i] = 'I-' + kind
    return tags


def tags_to_spans(tags):
    """BIO, IOB1 or BIOES tags → [from, to, kind] spans; None counts as O."""
    spans, start, kind = [], None, None
    for i, tag in enumerate(list(tags) + ['O']):
        mark, _, k = (tag or 'O').partition('-')
        inside = mark in 'IE' and k == kind and start is not None
        if start is not None and not inside:
            spans.append((start, i, kind))
            start = kind = None
        if mark != 'O' and not inside:
            start, kind = i, k
        if mark in 'SE' and start is not None:
            spans.append((start, i + 1, kind))
            start = kind = None
    return spans


# --- Universal Dependencies ---

def read_ud(file, source):
    for block in blocks(file):
        rows = [line.split('\t') for line in block if line[0] != '#']
        rows = [r for r in rows if r[0].isdigit()]
        s = Sentence([r[1] for r in rows], source)
        s.lemma, s.upos, s.xpos = [r[2] for r in rows], [r[3] for r in rows], [r[4] for r in rows]
        s.head, s.rel = [int(r[6]) for r in rows], [r[7] for r in rows]
        for line in block:
            if line.startswith('# sent_id = '):
                s.id = line[12:]
        if source == 'gum':
            s.names = gum_names(rows)
        yield s


GUM_KIND = {'person': 'PER', 'place': 'LOC', 'organization': 'ORG', 'event': 'MISC', 'object': 'MISC', 'abstract': 'MISC'}
TITLES = set('''mr mr. mrs mrs. ms ms. dr dr. prof prof. professor president sir lord lady senator sen. rep. gov. governor minister
prime king queen prince princess captain capt. colonel col. general gen. lieutenant lt. major sergeant justice judge chairman
secretary ambassador chancellor st. saint pope father sister brother rev. reverend former vice mayor'''.split())


def gum_names(rows):
    """Names among GUM's entities: maximal spans of proper nouns, without article and title.

    GUM marks all entities, not only named ones, so a proper noun outside a span stays unknown (None).
    """
    n, open_, spans = len(rows), [], []
    for i, row in enumerate(rows):
        found = re.search(r'(?:^|\|)Entity=([^|]*)', row[9])
        if not found:
            continue
        for piece in re.findall(r'\([^()]*\)?|[^()]+\)', found.group(1)):      # "(id-kind-…", "(id-kind-…)" or "id)"
            fields = piece.strip('()').split('-')
            if piece[0] == '(':
                open_.append((fields[0], fields[1], i))
            if piece[-1] == ')':
                k = max((k for k, o in enumerate(open_) if o[0] == fields[0]), default=None)
                if k is not None:
                    _, kind, start = open_.pop(k)
                    spans.append((start, i + 1, kind))
    taken, result = [False] * n, []
    for a, b, kind in sorted(spans, key=lambda x: (x[0] - x[1], x[0])):
        while a < b and (rows[a][3] == 'DET' or (kind == 'person' and b - a > 1 and rows[a][1].lower() in TITLES)):
            a += 1
        while b > a and rows[b - 1][3] in ('PUNCT', 'PART') and rows[b - 1][1] in ("'s", '’s', "'", '’', ','):
            b -= 1
        if a >= b or kind not in GUM_KIND or any(taken[a:b]) or (kind == 'person' and rows[a][4] == 'NNPS'):
            continue
        if not all(r[3] == 'PROPN' or r[1] in ('of', 'the', 'and', '&', '-', '.', 'for', 'in', 'de', "'s") for r in rows[a:b]):
            continue
        if rows[a][3] != 'PROPN' or rows[b - 1][3] not in ('PROPN', 'PUNCT'):
            continue
        result.append((a, b, GUM_KIND[kind]))
        taken[a:b] = [True] * (b - a)
    tags = spans_to_tags(n, result)
    for i, row in enumerate(rows):
        if tags[i] == 'O' and (row[3] == 'PROPN' or row[4] == 'JJ' and row[1][0].isupper()):
            tags[i] = None
    return tags


# --- names ---

UNER_KIND = {'PER': 'PER', 'LOC': 'LOC', 'ORG': 'ORG', 'OTH': 'MISC'}


def add_uner(sentences, file):
    """Universal NER marks the sentences of EWT; both have the same ids and tokens."""
    by_id = {}
    for block in blocks(file):
        ident = next((l[12:] for l in block if l.startswith('# sent_id = ')), None)
        tags = []
        for l in block:
            if l[0] != '#':
                mark, _, kind = l.split('\t')[2].partition('-')
                tags.append(mark + '-' + UNER_KIND[kind] if kind in UNER_KIND else 'O')
        by_id[ident] = tags
    missing = 0
    for s in sentences:
        tags = by_id.get(s.id)
        if tags is None or len(tags) != len(s.words):
            missing += 1
            continue
        s.names = spans_to_tags(len(tags), tags_to_spans(tags))
    return missing


def split_hyphens(words, tags):
    """UD splits words at hyphens and slashes; other corpora do not."""
    out, spans, at = [], [], []
    for w in words:
        at.append(len(out))
        pieces = re.findall(r'[-/–]|[^-/–]+', w) if re.search(r'\w[-/–]\w', w) and not re.match(r'[\d-]+$', w) else [w]
        out += pieces
    at.append(len(out))
    for a, b, k in tags_to_spans(tags):
        spans.append((at[a], at[b], k))
    return out, spans_to_tags(len(out), spans)


POLITICS_KIND = {'politicalparty': 'ORG', 'politician': 'PER', 'person': 'PER', 'location': 'LOC', 'organisation': 'ORG',
                 'country': 'LOC', 'misc': 'MISC', 'event': 'MISC', 'election': 'MISC'}


def read_names(file, source, kinds=None):
    for block in blocks(file):
        rows = [re.split(r'[\t ]', l) for l in block]
        tags = []
        for r in rows:
            mark, _, kind = r[-1].partition('-')
            tags.append(mark + '-' + (kinds[kind] if kinds else kind) if kind else 'O')
        words, tags = split_hyphens([r[0] for r in rows], tags)
        s = Sentence(words, source)
        s.names = tags
        yield s


def read_meantime(folder):
    """Names of MEANTIME: mentions of syntactic type NAM; only the first sentences of each article are marked."""
    for file in sorted(glob.glob(folder + '/*/*.xml')):
        root = ET.parse(file).getroot()
        words, sent, at = [], [], {}
        for t in root.findall('token'):
            at[t.get('t_id')] = len(words)
            words.append(t.text or '')
            sent.append(int(t.get('sentence')))
        mentions, kinds = {}, {}
        for m in root.find('Markables'):
            if m.tag == 'ENTITY_MENTION':
                ids = [at[a.get('t_id')] for a in m.findall('token_anchor')]
                if ids:
                    mentions[m.get('m_id')] = (min(ids), max(ids) + 1, m.get('syntactic_type'))
            elif m.tag == 'ENTITY':
                kinds[m.get('m_id')] = m.get('ent_type')
        spans, last = [], -1
        for r in root.find('Relations').findall('REFERS_TO'):
            kind = kinds.get(r.find('target').get('m_id'))
            for src in r.findall('source'):
                if src.get('m_id') in mentions:
                    a, b, syn = mentions[src.get('m_id')]
                    last = max(last, sent[b - 1])
                    if syn in ('NAM', 'PRE.NAM') and kind in ('PER', 'ORG', 'LOC', 'PRO'):
                        spans.append((a, b, 'MISC' if kind == 'PRO' else kind))
        yield from meantime_sentences(words, sent, spans, last)


def meantime_sentences(words, sent, spans, last):
    for k in range(2, last + 1):                      # 0 is the title, 1 the date line
        ids = [i for i in range(len(words)) if sent[i] == k]
        if not ids:
            continue
        lo, hi, mine, taken = ids[0], ids[-1] + 1, [], set()
        for a, b, kind in sorted(spans, key=lambda x: x[0] - x[1]):
            while a < b and words[a].lower() in ('the', 'a', 'an'):
                a += 1
            if kind == 'PER':
                while b - a > 1 and words[a].lower() in TITLES:
                    a += 1
            capital = sum(w[:1].isupper() for w in words[a:b])
            if lo <= a < b <= hi and not taken & set(range(a, b)) and capital * 2 >= b - a and words[a][:1].isupper():
                mine.append((a - lo, b - lo, kind))
                taken |= set(range(a, b))
        tags = spans_to_tags(hi - lo, mine)
        ws, tags = split_hyphens(words[lo:hi], tags)
        s = Sentence(ws, 'meantime')
        s.names = [None if t == 'O' and i and w[:1].isupper() else t for i, (w, t) in enumerate(zip(ws, tags))]
        yield s


# --- texts with names by character offsets ---

TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|(?:[A-Z]\.)+[A-Z]?\.?|\w+|\.\.\.|[^\w\s]")
DOTTED = set('mr mrs ms dr prof gen col capt lt sen rep gov st jr sr inc co corp ltd no vs jan feb mar apr jun jul aug sept oct nov dec'.split())


def tokens_at(text, base=0):
    """(word, from, to) much as UD cuts them: clitics off, hyphens on their own, dots of abbreviations on the word."""
    out = []
    for m in TOKEN.finditer(text):
        w, a, b = m.group(), m.start(), m.end()
        if w == '.' and out and out[-1][2] == base + a and out[-1][0].lower() in DOTTED:
            out[-1] = (out[-1][0] + '.', out[-1][1], base + b)
        elif out and out[-1][2] == base + a and out[-1][0] in ("'", '’') and w.lower() in ('s', 're', 've', 'll', 'd', 'm'):
            out[-1] = (out[-1][0] + w, out[-1][1], base + b)
        elif (out and out[-1][2] == base + a and out[-1][0] in ("'", '’') and w.lower() == 't' and len(out) > 1
              and out[-2][2] == out[-1][1] and out[-2][0].lower().endswith('n')):
            n, q = out[-2], out.pop()
            out[-1] = (n[0][:-1], n[1], n[2] - 1)
            out.append((n[0][-1] + q[0] + w, n[2] - 1, base + b))
        else:
            out.append((w, base + a, base + b))
    return [t for t in out if t[0]]


def text_sentences(text):
    """[from, to) of lines and sentences, roughly."""
    for line in re.finditer(r'[^\n]+', text):
        at = line.start()
        for m in re.finditer(r'(?<![A-Z]\.)(?<!Mr\.)(?<!Dr\.)(?<!Mrs\.)(?<!St\.)(?<!Gen\.)(?<=[.!?"”])\s+(?=[A-Z"“])', line.group()):
            yield at, line.start() + m.start()
            at = line.start() + m.end()
        yield at, line.end()


def marked_sentences(text, spans, source):
    """Sentences with names from (from, to, class or None) spans; capitalised words outside all spans stay unknown."""
    for lo, hi in text_sentences(text):
        toks = tokens_at(text[lo:hi], lo)
        mine, blind = [], set()
        for a, b, kind in sorted(spans, key=lambda x: x[0] - x[1]):
            inside = [i for i, t in enumerate(toks) if a <= t[1] and t[2] <= b]
            if not inside or a < lo or b > hi:
                continue
            while kind == 'PER' and len(inside) > 1 and toks[inside[0]][0].lower() in TITLES:
                inside.pop(0)
            while inside and toks[inside[0]][0].lower() in ('the', 'a', 'an'):
                inside.pop(0)
            if not inside or any(x <= inside[0] < y or inside[0] <= x < inside[-1] + 1 for x, y, _ in mine):
                continue
            if kind is None or not toks[inside[0]][0][0].isupper():
                blind |= set(inside)
            else:
                mine.append((inside[0], inside[-1] + 1, kind))
        if not toks:
            continue
        s = Sentence([t[0] for t in toks], source)
        tags = spans_to_tags(len(toks), mine)
        s.names = [None if t == 'O' and w[:1].isupper() and (i in blind or i) else t for i, (t, w) in enumerate(zip(tags, s.words))]
        yield s


PRONOUNS = set('i he she it we they you his her its their who'.split())
GOLD_KIND = {'Person': 'PER', 'Organization': 'ORG', 'Place': 'LOC', 'Facility': 'LOC', 'Product': 'MISC', 'Work': 'MISC', 'Group': 'MISC'}


def read_gold(folder):
    """Names of our own annotated articles. Adjectives and inhabitants (Russian, Germans) are MISC here as in the other corpora."""
    tables = name_tables()
    demonyms = {w for words in tables['demonym'] for w in words} | {w + 's' for words in tables['demonym'] for w in words}
    for file in sorted(glob.glob(folder + '/*.spans.json')):
        text = open(file.replace('.spans.json', '.txt'), encoding='utf-8').read()
        spans = []
        for e in json.load(open(file, encoding='utf-8'))['entities']:
            for a, b in e['spans']:
                written, kind = text[a:b], GOLD_KIND.get(e['class'])
                words = written.split()
                capital = sum(w[:1].isupper() or w[:1].isdigit() for w in words)
                if written in demonyms:
                    kind = 'MISC'
                elif capital * 2 <= len(words) or words[-1].lower() in TITLES or written.lower() in PRONOUNS:
                    kind = None
                spans.append((a, b, kind))
        yield from marked_sentences(text, spans, 'gold')


RE3D_KIND = {'Person': 'PER', 'Organisation': 'ORG', 'Location': 'LOC', 'Nationality': 'MISC', 'Weapon': None, 'MilitaryPlatform': None}


def read_re3d(folder):
    texts, spans, countries = {}, {}, {' '.join(w) for w in name_tables()['country']}
    for line in open(folder + '/documents.json', encoding='utf-8'):
        d = json.loads(line)
        texts[d['_id']] = d['text']
    for line in open(folder + '/entities.json', encoding='utf-8'):
        e = json.loads(line)
        kind, words = RE3D_KIND.get(e['type']), e['value'].split()
        if kind and (sum(w[:1].isupper() for w in words) * 2 <= len(words) or kind == 'PER' and any(
                w.lower() in TITLES or w in ('Minister', 'Leader', 'Ambassador', 'Envoy', 'Commissioner') for w in words)):
            kind = None
        if e['value'] in countries:                       # as actors they are Organisation there
            kind = 'LOC'
        if e['type'] in RE3D_KIND and e['value'].lower() not in PRONOUNS and e.get('confidence', 1) >= 0.5:
            spans.setdefault(e['documentId'], []).append((e['begin'], e['end'], kind))
    for ident, text in sorted(texts.items()):
        yield from marked_sentences(text, spans.get(ident, []), 're3d')


# --- everything ---

def load():
    """→ train sentences, {name: dev sentences}."""
    train = list(read_ud(path('corpora/syntax/ewt-train.conllu'), 'ewt'))
    lost = add_uner(train, path('corpora/ner/ewt-train.iob2'))
    train += read_ud(path('corpora/syntax/gum-train.conllu'), 'gum')
    train += read_names(path('corpora/ner/wikigold.conll'), 'wikigold')
    train += read_names(path('corpora/ner/politics-train.conll'), 'politics', POLITICS_KIND)
    train += read_meantime(path('corpora/events/meantime-train'))
    train += 2 * list(read_gold(path('gold/train')))
    for folder in sorted(glob.glob(path('corpora/ner/re3d/*/'))):
        train += read_re3d(folder.rstrip('/'))
    dev = {'EWT': list(read_ud(path('corpora/syntax/ewt-dev.conllu'), 'ewt'))}
    lost += add_uner(dev['EWT'], path('corpora/ner/ewt-dev.iob2'))
    dev['GUM'] = list(read_ud(path('corpora/syntax/gum-dev.conllu'), 'gum'))
    dev['politics'] = list(read_names(path('corpora/ner/politics-dev.conll'), 'politics', POLITICS_KIND))
    dev['meantime'] = list(read_meantime(path('corpora/events/meantime-dev')))
    if lost:
        print('EWT sentences without names:', lost)
    dev['gold'] = list(read_gold(path('gold/dev')))
    return [s for s in train if 1 <= len(s.words) <= 120], dev


CLITIC = re.compile(r"(n't|n’t|['’](?:s|re|ve|ll|d|m))$", re.I)


def rough_tokens(text):
    """Tokens much as UD has them, for raw text that only feeds the word vectors."""
    out = []
    for chunk in re.findall(r"[\w]+(?:['’.][\w]+)*\.?|[^\w\s]", text):
        m = CLITIC.search(chunk)
        if m and m.start():
            out += [chunk[:m.start()], m.group(1)]
        elif chunk.endswith('.') and not re.match(r'(?:[A-Z]\.)+$|(?:Mr|Mrs|Dr|Ms|St|Gen|Sen|Gov|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$', chunk):
            out += [chunk[:-1], '.']
        else:
            out.append(chunk)
    return out


def raw_sentences():
    """Lists of tokens from the plain text corpora."""
    for file in sorted(glob.glob(path('corpora/text/*.txt'))):
        for line in open(file, encoding='utf-8', errors='replace'):
            if line.strip():
                yield rough_tokens(line)
    for line in open(path('corpora/news/wikinews-2019-2020.jsonl'), encoding='utf-8'):
        for para in json.loads(line)['text'].split('\n'):
            if para.strip():
                yield rough_tokens(para)
    for file in sorted(glob.glob(path('gold/train/*.txt'))):
        for para in open(file, encoding='utf-8'):
            if para.strip():
                yield rough_tokens(para)
    for file in sorted(glob.glob(path('corpora/events/meantime-train/*/*.xml'))):
        yield [t.text or '' for t in ET.parse(file).getroot().findall('token')]
    for file in sorted(glob.glob(path('corpora/ner/re3d/*/documents.json'))):
        for line in open(file, encoding='utf-8'):
            yield rough_tokens(json.loads(line)['text'])
    for row in csv.reader(open(path('corpora/coref/gap-development.tsv'), encoding='utf-8'), delimiter='\t'):
        yield rough_tokens(row[1])


# --- tables of names ---

def name_tables():
    """→ {'person': [[word, …]…], 'city': …, 'country': …, 'org': …, 'demonym': …, 'region': …}."""
    t = collections.defaultdict(set)
    for row in csv.DictReader(open(path('facts/world-cities.csv'), encoding='utf-8')):
        t['city'].add(row['name'])
        t['region'].add(row['subcountry'] or '')
    for row in csv.DictReader(open(path('facts/countries.csv'), encoding='utf-8')):
        t['country'] |= {row['name'], row['official_name']} | set(row['other_names'].split('|'))
        t['city'] |= set(row['capitals'].split('|'))
        t['demonym'] |= {row['demonym_m'], row['demonym_f']}
    for row in csv.DictReader(open(path('facts/leaders.csv'), encoding='utf-8')):
        t['person'].add(row['person'])
    for row in csv.DictReader(open(path('facts/organisations.csv'), encoding='utf-8')):
        t['org'] |= {row['name'], row['abbreviation']}
    for row in csv.DictReader(open(path('facts/wikidata-entities.tsv'), encoding='utf-8'), delimiter='\t', quoting=csv.QUOTE_NONE):
        types = row['types'].split('|')
        kind = 'person' if 'Q215627' in types else 'region' if 'Q27096213' in types else 'org' if 'Q43229' in types else None
        if kind:
            t[kind].add(row['label'])
    out = {}
    for kind, names in t.items():
        names = [re.findall(r"[\w]+(?:['’.][\w]+)*\.?|[^\w\s]", re.sub(r'\([^)]*\)', '', n)) for n in sorted(names) if n and n != 'null']
        out[kind] = [n for n in names if n and n[0][:1].isupper()]
    return out
