#!/usr/bin/env python3
"""Identity of events, within and across documents, against MEANTIME's chains.

    meantime.py [--tool 'build/tidings'] [--show] DIR…        (DIR: folders of CAT XML files; each folder of articles is one topic)

Every article becomes a graph of its own; two mentions are of one event when their graphs give it one IRI. Counted are the event
mentions of the headline and the first five sentences, which alone are annotated throughout. B³ as Bagga and Baldwin (1998) have it:
over all gold mentions, where one that the program does not find stands alone, and over those found; and the pairs across documents.
"""
import argparse, collections, glob, json, os, re, subprocess, sys, tempfile
import xml.etree.ElementTree as ET
from times import read

NIF = 'http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#'
IDENT = 'http://www.w3.org/2005/11/its/rdf#taIdentRef'
LAST_SENTENCE = 5


def tokens(root):
    """The characters of each token of the text, and which tokens stand in the sentences that are annotated."""
    at, offset, sentence, inside = {}, 0, None, set()
    for token in root.iter('token'):
        if sentence is not None:
            offset += 2 if token.get('sentence') != sentence else 1
        sentence = token.get('sentence')
        at[token.get('t_id')] = (offset, offset + len(token.text))
        offset += len(token.text)
        if int(sentence) <= LAST_SENTENCE:
            inside.add(token.get('t_id'))
    return at, inside


def gold_mentions(path):
    """[(from, to, name of the event)]: the instance, or the mention itself where it refers to none."""
    root = ET.parse(path).getroot()
    at, inside = tokens(root)
    names = {e.get('m_id'): e.get('instance_id') for e in root.iter('EVENT') if e.get('instance_id')}
    refers = {}
    for link in root.iter('REFERS_TO'):
        target = link.find('target').get('m_id')
        for source in link.findall('source'):
            if target in names:
                refers[source.get('m_id')] = names[target]
    out = []
    for mention in root.iter('EVENT_MENTION'):
        anchors = [a.get('t_id') for a in mention.findall('token_anchor')]
        if anchors and all(a in inside for a in anchors):
            name = refers.get(mention.get('m_id')) or path + '#' + mention.get('m_id')
            out.append((at[anchors[0]][0], at[anchors[-1]][1], name))
    return out


def graph_spans(path):
    """[(from, to, IRI)] of all annotated spans that stand for an event."""
    parts = collections.defaultdict(dict)
    for line in open(path, encoding='utf-8'):
        s, p, o = line.rstrip(' .\n').split(' ', 2)
        if p[1:-1] in (NIF + 'beginIndex', NIF + 'endIndex', IDENT):
            parts[s][p[1:-1]] = o
    spans = []
    for part in parts.values():
        iri = part.get(IDENT, '')
        if '/event/' in iri and NIF + 'beginIndex' in part:
            ends = [int(re.match(r'"(\d+)"', part[NIF + end])[1]) for end in ('beginIndex', 'endIndex')]
            spans.append((ends[0], ends[1], iri))
    return spans


def align(mentions, spans):
    """{mention: IRI}: the nearest pairs first, each span once, so that "filed for bankruptcy" is not both "filed" and "bankruptcy"."""
    pairs = sorted((abs(s[0] - m[0]) + abs(s[1] - m[1]), i, k) for i, m in enumerate(mentions) for k, s in enumerate(spans) if s[0] < m[1] and m[0] < s[1])
    found, used = {}, set()
    for _, i, k in pairs:
        if i not in found and k not in used:
            found[i] = spans[k][2]
            used.add(k)
    return found


def build(tool, files):
    """For every file the spans of its graph."""
    out = []
    with tempfile.TemporaryDirectory() as tmp:
        for i, path in enumerate(files):
            text, date, _ = read(path)
            name = os.path.join(tmp, f'{i:04}')
            with open(name + '.jsonl', 'w', encoding='utf-8') as f:
                f.write(json.dumps({'id': os.path.basename(path), 'date': date, 'text': text}) + '\n')
            subprocess.run(tool.split() + ['build', '-q', '-f', 'ntriples', '-o', name + '.nt', name + '.jsonl'], check=True)
            out.append(graph_spans(name + '.nt'))
    return out


def b_cubed(gold, said):
    """gold, said: [name of the chain] by mention."""
    by = [collections.defaultdict(set), collections.defaultdict(set)]
    for i, names in enumerate(zip(gold, said)):
        for side, name in zip(by, names):
            side[name].add(i)
    p = r = 0.0
    for g, s in zip(gold, said):
        both = len(by[0][g] & by[1][s])
        p += both / len(by[1][s])
        r += both / len(by[0][g])
    p, r = p / max(1, len(gold)), r / max(1, len(gold))
    return f'P {100 * p:5.1f} R {100 * r:5.1f} F1 {200 * p * r / max(1e-9, p + r):5.1f}'


def pairs(names, docs):
    """Pairs of mentions of one chain in two documents."""
    chains = collections.defaultdict(list)
    for i, name in enumerate(names):
        chains[name].append(i)
    return {(a, b) for chain in chains.values() for n, a in enumerate(chain) for b in chain[n + 1:] if docs[a] != docs[b]}


def report(label, rows, show):
    """rows: [(document, gold name, our name or None, words around)]."""
    docs = [r[0] for r in rows]
    gold, said = [r[1] for r in rows], [r[2] or f'alone {i}' for i, r in enumerate(rows)]
    found = [i for i, r in enumerate(rows) if r[2]]
    pick = lambda names, chosen: [names[i] for i in chosen]
    local = lambda names: [(d, n) for d, n in zip(docs, names)]
    every = range(len(rows))
    print(f'{label}: {len(rows)} mentions, {len(found)} found, {len(set(docs))} documents')
    for title, g, s in (('within a document', local(gold), local(said)), ('across documents', gold, said)):
        for what, chosen in (('all', every), ('found', found)):
            print(f'  B³ {title:18} {what:6} {b_cubed(pick(g, chosen), pick(s, chosen))}')
    print(f'  B³ across documents, each mention alone    {b_cubed(gold, list(every))}')
    want, got = pairs(gold, docs), pairs(said, docs)
    in_found = {p for p in want if rows[p[0]][2] and rows[p[1]][2]}
    print(f'  pairs across documents: {len(want)} in gold, {len(in_found)} of them with both found, {len(got)} said, {len(want & got)} right')
    if show:
        for mark, some in (('+', got - want), ('=', got & want), ('-', in_found - got)):
            for a, b in sorted(some):
                print(mark, rows[a][3], '|', rows[b][3], '|', rows[a][2])


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--tool', default='build/tidings')
    ap.add_argument('--show', action='store_true')
    ap.add_argument('dirs', nargs='+')
    args = ap.parse_args()
    files = sorted(f for d in args.dirs for f in glob.glob(os.path.join(d, '**', '*.xml'), recursive=True))
    if not files:
        sys.exit('no XML files there')
    topics = collections.defaultdict(list)
    for path, spans in zip(files, build(args.tool, files)):
        text = read(path)[0]
        mentions = gold_mentions(path)
        found = align(mentions, spans)
        for i, (lo, hi, name) in enumerate(mentions):
            around = f'{os.path.basename(path)[:12]} {text[max(0, lo - 30):lo]}[{text[lo:hi]}]{text[hi:hi + 30]}'.replace('\n', ' ')
            topics[os.path.basename(os.path.dirname(path))].append((path, name, found.get(i), around))
    for topic, rows in sorted(topics.items()):
        report(topic, rows, args.show)
    if len(topics) > 1:
        report('all', [row for rows in topics.values() for row in rows], False)


if __name__ == '__main__':
    main()
