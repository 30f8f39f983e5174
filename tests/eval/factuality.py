#!/usr/bin/env python3
"""Factuality of events against MEANTIME's certainty, polarity and time.

    factuality.py [--tool 'build/tidings'] [--show] DIR…        (DIR: folders of CAT XML files)

Compared are the event mentions of the headline and the first five sentences where the program finds one, too: negated; else in the
future (Planned); else not certain (Possible); else taken to have happened, as the document or as a source has it (Actual, Reported).
"""
import argparse, collections, glob, json, os, re, subprocess, sys, tempfile
import xml.etree.ElementTree as ET
from meantime import tokens
from times import read

KINDS = ['Happened', 'Planned', 'Possible', 'Negated']


def gold_mentions(path):
    root = ET.parse(path).getroot()
    at, inside = tokens(root)
    for mention in root.iter('EVENT_MENTION'):
        anchors = [a.get('t_id') for a in mention.findall('token_anchor')]
        if not anchors or not set(anchors) <= inside or mention.get('special_cases') == 'GEN':
            continue
        kind = 'Happened'
        if mention.get('polarity') == 'NEG':
            kind = 'Negated'
        elif mention.get('time') == 'FUTURE':
            kind = 'Planned'
        elif mention.get('certainty') in ('POSSIBLE', 'PROBABLE'):
            kind = 'Possible'
        yield at[anchors[0]][0], at[anchors[-1]][1], kind


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--tool', default='build/tidings')
    ap.add_argument('--show', action='store_true')
    ap.add_argument('dirs', nargs='+')
    args = ap.parse_args()
    count = collections.Counter()
    with tempfile.TemporaryDirectory() as tmp:
        for path in sorted(p for d in args.dirs for p in glob.glob(d + '/**/*.xml', recursive=True)):
            text, date, _ = read(path)
            file = os.path.join(tmp, 'text.txt')
            open(file, 'w', encoding='utf-8').write(text)
            command = args.tool.split() + ['annotate', '-f', 'json', '--until', 'factuality'] + (['--date', date] if date else [])
            out = subprocess.run(command + [file], capture_output=True, text=True, check=True).stdout
            doc = json.loads(out)
            found = {}
            for t in doc['triggers']:
                found[t['chars'][0]] = doc['events'][t['event']]['factuality']
            for begin, end, kind in gold_mentions(path):
                said = next((found[b] for b in range(begin, end) if b in found), None)
                if said is None:
                    continue
                said = 'Happened' if said in ('Actual', 'Reported') else said
                count[kind, said] += 1
                if args.show and kind != said:
                    print(f'{kind:9} {said:9} {text[max(0, begin - 70):begin]}[{text[begin:end]}]{text[end:end + 40]}'.replace('\n', ' '))
    total, right = sum(count.values()), sum(n for (k, s), n in count.items() if k == s)
    print(f'{total} events, right {100 * right / max(total, 1):.1f}%')
    for kind in KINDS:
        tp, gold, said = count[kind, kind], sum(n for (k, _), n in count.items() if k == kind), sum(n for (_, s), n in count.items() if s == kind)
        print(f'{kind:9} P {100 * tp / max(said, 1):5.1f}  R {100 * tp / max(gold, 1):5.1f}  F1 {200 * tp / max(said + gold, 1):5.1f}   ({tp}/{gold}/{said})')


if __name__ == '__main__':
    main()
