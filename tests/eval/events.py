#!/usr/bin/env python3
"""How many of the events that people have marked are found, whatever their class, and how far tid:confidence can be believed.

    events.py [--tool 'build/tidings'] [--missed N] DIR…        folders of MEANTIME's CAT XML files
    events.py --confidence GOLD_DIR GRAPH_DIR                   annotated articles, and their graphs as N-Triples (gold.sh with GOLD_OUT)

MEANTIME marks all that happens in the headline and the first five sentences, also what no class of ours is for, so that recall is low by its nature and
tells of breadth; a trigger that touches no mark is one too many. Confidence: the share of right ones (detected, class right) in steps of it, and
the expected calibration error over ten bins (Guo et al. 2017)."""
import argparse, collections, glob, json, os, re, sys
import meantime
from times import read

TID, NIF = 'https://w3id.org/tidings/ns#', meantime.NIF


def detection(tool, dirs, missed):
    files = sorted(f for d in dirs for f in glob.glob(os.path.join(d, '**', '*.xml'), recursive=True))
    if not files:
        sys.exit('no XML files there')
    right = said = gold = 0
    lost = collections.Counter()
    for path, spans in zip(files, meantime.build(tool, files)):
        text, marks = read(path)[0], meantime.gold_mentions(path)
        end = max((m[1] for m in marks), default=0)
        spans = [s[:2] for s in spans if s[0] < end]
        hits = [m for m in marks if any(s[0] < m[1] and m[0] < s[1] for s in spans)]
        lost.update(text[m[0]:m[1]].lower() for m in marks if m not in hits)
        right += len(hits)
        gold += len(marks)
        said += sum(not any(s[0] < m[1] and m[0] < s[1] for m in marks) for s in spans)
    precision, recall = right / max(right + said, 1), right / max(gold, 1)
    print('%d documents: %d marks, %d found, %d triggers beside them; P %.1f R %.1f F1 %.1f' % (
        len(files), gold, right, said, 100 * precision, 100 * recall, 200 * precision * recall / max(precision + recall, 1e-9)))
    for word, n in lost.most_common(missed):
        print('%5d %s' % (n, word))


def graph_events(path):
    """{IRI: (classes, confidence, spans)}"""
    out = collections.defaultdict(lambda: [set(), None, [], False])
    spans = collections.defaultdict(dict)
    for line in open(path, encoding='utf-8'):
        s, p, o = line.rstrip(' .\n').split(' ', 2)
        p = p[1:-1]
        if p == 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' and o.startswith('<' + TID):
            out[s][0].add(o[len(TID) + 1:-1])
        elif p == TID + 'confidence':
            out[s][1] = float(re.match(r'"([0-9.]+)"', o)[1])
        elif p == TID + 'factuality':
            out[s][3] = True
        elif p in (NIF + 'beginIndex', NIF + 'endIndex', meantime.IDENT):
            spans[s][p] = o
    for parts in spans.values():
        if meantime.IDENT in parts:
            out[parts[meantime.IDENT]][2].append(tuple(int(re.match(r'"(\d+)"', parts[NIF + e])[1]) for e in ('beginIndex', 'endIndex')))
    return {s: v[:3] for s, v in out.items() if v[1] is not None and v[3]}


def believed(gold_dir, graph_dir):
    rows = []
    for path in sorted(glob.glob(os.path.join(gold_dir, '*.spans.json'))):
        marks = [(tuple(s), v['class']) for v in json.load(open(path, encoding='utf-8'))['events'] for s in v['spans']]
        graph = os.path.join(graph_dir, os.path.basename(path)[:-len('.spans.json')] + '.nt')
        for classes, confidence, spans in graph_events(graph).values():
            rows.append((confidence, any(c in classes for s, c in marks if any(t[0] < s[1] and s[0] < t[1] for t in spans))))
    bins = collections.defaultdict(list)
    for p, right in rows:
        bins[min(int(p * 10), 9)].append((p, right))
    error = 0
    for b in sorted(bins):
        p, r = (sum(x) / len(bins[b]) for x in zip(*bins[b]))
        error += abs(p - r) * len(bins[b]) / len(rows)
        print('%.1f-%.1f: %4d events, confidence %.2f, right %.2f' % (b / 10, b / 10 + 0.1, len(bins[b]), p, r))
    print('%d events, expected calibration error %.3f' % (len(rows), error))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--tool', default='build/tidings')
    ap.add_argument('--missed', type=int, default=0, help='print so many of the words that are not found, the most frequent first')
    ap.add_argument('--confidence', action='store_true')
    ap.add_argument('dirs', nargs='+')
    args = ap.parse_args()
    if args.confidence:
        believed(*args.dirs)
    else:
        detection(args.tool, args.dirs, args.missed)


if __name__ == '__main__':
    main()
