#!/usr/bin/env python3
"""Names of annotated news that the network finds:  names.py GOLD_DIR SYSTEM_DIR

GOLD_DIR holds DOC.spans.json and DOC.txt, SYSTEM_DIR holds DOC.conllu (annotate --until tag). A gold name is a mention of a person,
organization or place that begins with a capital and shares such a word with the entity's label; only entities that take part in
something are annotated, so there is no precision. Counted: the name's span with its class, the span, and any overlap.
"""
import collections, glob, json, os, re, sys

CLASS = {'Person': 'PER', 'Organization': 'ORG', 'Place': 'LOC'}


def capitals(text):
    return {w for w in re.findall(r'\w+', text) if w[0].isupper()}


def gold_names(folder, doc):
    text = open(os.path.join(folder, doc + '.txt'), encoding='utf-8', newline='').read()
    for e in json.load(open(os.path.join(folder, doc + '.spans.json'), encoding='utf-8'))['entities']:
        for start, end in e['spans'] if e['class'] in CLASS else ():
            if text[start].isupper() and capitals(text[start:end]) & capitals(e['label']):
                yield start, end, CLASS[e['class']]


def our_names(file):
    """(from, to, class) by the Chars= and Name= of MISC; a name goes on to the next word that is I-."""
    out = []
    for line in open(file, encoding='utf-8'):
        misc = dict(m.split('=', 1) for m in line.rstrip('\n').split('\t')[-1].split('|') if '=' in m) if line[0].isdigit() else {}
        if 'Name' not in misc or 'Chars' not in misc:
            continue
        mark, cls = misc['Name'].split('-')
        start, end = map(int, misc['Chars'].split(':'))
        if mark == 'B' or not out:
            out.append((start, end, cls))
        else:
            out[-1] = (out[-1][0], end, cls)
    return out


def main(gold, system):
    n = collections.Counter()
    for path in sorted(glob.glob(os.path.join(gold, '*.spans.json'))):
        doc = os.path.basename(path)[:-len('.spans.json')]
        ours = our_names(os.path.join(system, doc + '.conllu'))
        for start, end, cls in gold_names(gold, doc):
            n['all'] += 1
            n['span and class'] += (start, end, cls) in ours
            n['span'] += any(o[:2] == (start, end) for o in ours)
            n['overlap'] += any(o[0] < end and start < o[1] for o in ours)
    print('%s: %d names; found ' % (os.path.basename(gold), n['all']) +
          ', '.join('%s %.2f %%' % (k, 100 * n[k] / max(n['all'], 1)) for k in ('span and class', 'span', 'overlap')))


if __name__ == '__main__':
    main(*sys.argv[1:3])
