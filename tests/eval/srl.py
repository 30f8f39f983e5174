#!/usr/bin/env python3
"""Semantic roles with gold predicates and gold tokens over our own trees, against PropBank on EWT.

    srl.py [--tool 'build/tidings'] [--part dev] [--gold-trees] [--roles]

An argument is right when its predicate, its role and the head of its span are: the token of the span that hangs, in the gold tree, on
one outside of it (the highest one when there are several). Counted are ARG0 to ARG5 and ARGM-*; references (R-), continued spans (C-)
and parts of the predicate (C-V) are not. Every predicate of PropBank counts, auxiliaries too, which have no arguments.
"""
import argparse, collections, os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.environ.get('TIDINGS_SHARED', os.path.join(HERE, '..', '..', '..', 'shared'))
ROLES = ['_'] + ['ARG%d' % i for i in range(6)] + ['ARGM-' + r for r in
    'ADJ ADV CAU COM CXN DIR DIS EXT GOL LOC LVB MNR MOD NEG PRD PRP PRR REC TMP'.split()]


def sentences(file):
    """(sent_id, lines, rows of words) of each sentence."""
    lines = []
    for line in open(file, encoding='utf-8'):
        line = line.rstrip('\n')
        if line:
            lines.append(line)
        elif lines:
            name = next((l[12:] for l in lines if l.startswith('# sent_id = ')), None)
            yield name, lines, [c for c in (l.split('\t') for l in lines if l[0] != '#') if c[0].isdigit()]
            lines = []


def propbank(file):
    """sent_id → [(predicate, [(role, from, to)])], tokens from 1."""
    out, here = {}, None
    for line in open(file, encoding='utf-8'):
        col = line.rstrip('\n').split('\t')
        if line.startswith('# sent_id = '):
            here = out.setdefault(line[12:].rstrip('\n'), [])
        elif col[0].isdigit():
            args = [a.rsplit(':', 1) for a in col[3:]]
            here.append((int(col[0]), [(r, *map(int, span.split('-'))) for r, span in args]))
    return out


def head(rows, start, end):
    def depth(i):
        n = 0
        while i and n < len(rows):
            i, n = int(rows[i - 1][6]), n + 1
        return n
    tops = [i for i in range(start, end + 1) if not start <= int(rows[i - 1][6]) <= end]
    return min(tops, key=depth)


def arguments(rows, spans):
    """{(role, head)} of one predicate."""
    return {(r, head(rows, start, end)) for r, start, end in spans if r in ROLES}


def asked(lines, predicates):
    """The sentence with Pred=Yes at its predicates."""
    for line in lines:
        col = line.split('\t')
        if line[0] != '#' and col[0].isdigit() and int(col[0]) in predicates:
            col[9] = 'Pred=Yes' + ('' if col[9] == '_' else '|' + col[9])
        yield '\t'.join(col)


def answers(row):
    misc = next((m[4:] for m in row[9].split('|') if m.startswith('SRL=')), '')
    return {(a.rsplit(':', 1)[0], int(a.rsplit(':', 1)[1])) for a in misc.split(',') if a}


def figures(right, gold, system):
    p, r = right / max(system, 1), right / max(gold, 1)
    return 'P %.2f  R %.2f  F1 %.2f' % (100 * p, 100 * r, 200 * right / max(gold + system, 1))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--tool', default='build/tidings')
    ap.add_argument('--part', default='dev')
    ap.add_argument('--gold-trees', action='store_true')
    ap.add_argument('--roles', action='store_true')
    args = ap.parse_args()
    tree = os.path.join(SHARED, 'corpora/syntax/ewt-%s.conllu' % args.part)
    bank = os.path.join(SHARED, 'corpora/events/propbank-ewt-%s.tsv' % args.part)
    if not os.path.exists(tree) or not os.path.exists(bank):
        print('no PropBank here: skipped')
        return
    gold = propbank(bank)
    sents = [s for s in sentences(tree) if gold.get(s[0])]
    with tempfile.NamedTemporaryFile('w', suffix='.conllu', encoding='utf-8') as f:
        for name, lines, _ in sents:
            f.write('\n'.join(asked(lines, {p for p, _ in gold[name]})) + '\n\n')
        f.flush()
        keep = ['--keep'] if args.gold_trees else []
        command = args.tool.split() + ['annotate', '-q', '--from', 'conllu', '--until', 'tag', *keep, f.name]
        out = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
        with open(f.name + '.out', 'wb') as o:
            o.write(out)
    system = list(sentences(f.name + '.out'))
    os.unlink(f.name + '.out')
    assert len(system) == len(sents)
    n = collections.Counter()
    for (name, _, rows), (_, _, ours) in zip(sents, system):
        assert [r[1] for r in rows] == [r[1] for r in ours]
        for pred, spans in gold[name]:
            g, s = arguments(rows, spans), answers(ours[pred - 1])
            for role, at in g | s:
                for key in ('all', role):
                    n[key, 'gold'] += (role, at) in g
                    n[key, 'system'] += (role, at) in s
                    n[key, 'right'] += (role, at) in g and (role, at) in s
    for key in ['all'] + (ROLES[1:] if args.roles else []):
        print('%-9s' % ('SRL' if key == 'all' else key), figures(n[key, 'right'], n[key, 'gold'], n[key, 'system']),
              ' arguments %d' % n[key, 'gold'])


if __name__ == '__main__':
    main()
