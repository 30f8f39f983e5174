#!/usr/bin/env python3
"""Scores CoNLL-U output against gold on the same tokens:  conll18.py GOLD SYSTEM [--names GOLD.iob2] [--json]

UPOS, XPOS, lemma: share of equal words. UAS, LAS: share of words with the right head (and relation, with its subtype; CLAS
leaves out function words and punctuation, as the CoNLL 2018 shared task does). Names: exact spans with class, read from the
system's MISC column (Name=B-PER…) and from GOLD.iob2 (Universal NER: id, word, tag), PER, ORG and LOC only.
Both files must have the same words; nothing is aligned.
"""
import json, sys

FUNCTION = {'aux', 'case', 'cc', 'clf', 'cop', 'det', 'mark', 'punct'}


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


def words(block):
    return [row for row in (l.split('\t') for l in block if l[0] != '#') if row[0].isdigit()]


def misc(row, key):
    return next((p[len(key) + 1:] for p in row[9].split('|') if p.startswith(key + '=')), None)


def spans(tags):
    """BIO tags → set of (from, to, class)."""
    out, start = set(), None
    for i, tag in enumerate(tags + ['O']):
        if start is not None and tag != 'I-' + tags[start][2:]:
            out.add((start, i, tags[start][2:]))
            start = None
        if tag[0] == 'B':
            start = i
    return {s for s in out if s[2] in ('PER', 'ORG', 'LOC')}


def tree_counts(gold, system, n):
    for g, s in zip(gold, system):
        base = g[7].split(':')[0]
        head, both = g[6] == s[6], g[6] == s[6] and g[7] == s[7]
        n['words'] += 1
        n['UPOS'] += g[3] == s[3]
        n['XPOS'] += g[4] == s[4]
        n['lemma'] += g[2] == s[2] or g[2] == '_'
        n['UAS'] += head
        n['LAS'] += both
        n['content'] += base not in FUNCTION
        n['CLAS'] += base not in FUNCTION and both


def name_counts(tags, system, n):
    g, s = spans(tags), spans([misc(r, 'Name') or 'O' for r in system])
    n['gold names'] += len(g)
    n['names'] += len(s)
    n['right'] += len(g & s)


def main(argv):
    files = [a for a in argv if not a.startswith('--')]
    n = dict.fromkeys(('words', 'content', 'UPOS', 'XPOS', 'lemma', 'UAS', 'LAS', 'CLAS', 'gold names', 'names', 'right'), 0)
    gold, system = list(blocks(files[0])), list(blocks(files[1]))
    if len(gold) != len(system):
        sys.exit('%s has %d sentences, %s has %d' % (files[0], len(gold), files[1], len(system)))
    tags = {}
    if '--names' in argv:
        for b in blocks(files[2]):
            ident = next((l for l in b if l.startswith('# sent_id')), None)
            tags[ident] = [l.split('\t')[2] for l in b if l[0] != '#']
    for g, s in zip(gold, system):
        gw, sw = words(g), words(s)
        if [r[1] for r in gw] != [r[1] for r in sw]:
            sys.exit('different words: %s' % ' '.join(r[1] for r in gw))
        tree_counts(gw, sw, n)
        ident = next((l for l in g if l.startswith('# sent_id')), None)
        if len(tags.get(ident, ())) == len(sw):
            name_counts(tags[ident], sw, n)
    result = {k: round(100 * n[k] / max(n['words'], 1), 2) for k in ('UPOS', 'XPOS', 'lemma', 'UAS', 'LAS')}
    result['CLAS'] = round(100 * n['CLAS'] / max(n['content'], 1), 2)
    if tags:
        result['names P'] = round(100 * n['right'] / max(n['names'], 1), 2)
        result['names R'] = round(100 * n['right'] / max(n['gold names'], 1), 2)
        result['names F1'] = round(200 * n['right'] / max(n['names'] + n['gold names'], 1), 2)
    print(json.dumps(result) if '--json' in argv else '  '.join('%s %.2f' % kv for kv in result.items()))


if __name__ == '__main__':
    main(sys.argv[1:])
