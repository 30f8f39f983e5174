#!/usr/bin/env python3
"""Sentence, token and word F1 of the splitter on raw text, as the CoNLL 2018 shared task counts them: a unit is right when its first
and last character, white space left out, are.

    split_f1.py [--tool 'build/tidings annotate --until split'] [--show N] FILE.conllu|FILE.sents…

The tool is given text files and prints CoNLL-U, a "# newdoc" comment before each. The raw text of a treebank is made of its
"# text" comments, with a blank line before each "# newpar"; DOC.sents has DOC.txt beside it.
"""
import argparse, os, subprocess, sys, tempfile


def blocks(lines):
    block = []
    for line in lines:
        line = line.rstrip('\n')
        if line:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def char_range(miscs):
    """Where a token stands in the text, by our Chars in MISC; None in a treebank."""
    ranges = [item[6:].split(':') for misc in miscs for item in misc.split('|') if item.startswith('Chars=')]
    return (int(ranges[0][0]), int(ranges[-1][1])) if ranges else None


def read_conllu(lines):
    """[document] of [(starts paragraph, text, [surface tokens], [words], glued, [characters of each token])]."""
    docs = []
    for block in blocks(lines):
        text, new_par, new_doc, tokens, words, end, glued, chars = None, False, False, [], [], 0, False, []
        for line in block:
            if line.startswith('#'):
                new_doc |= line.startswith('# newdoc')
                new_par |= line.startswith('# newpar') or line.startswith('# newdoc')
                if line.startswith('# text = '):
                    text = line[9:]
                continue
            col = line.split('\t')
            if '.' in col[0]:
                continue
            if '-' in col[0]:
                tokens.append(col[1])
                words.append([])
                chars.append([])
                end = int(col[0].split('-')[1])
                glued = 'SpaceAfter=No' in col[9].split('|')
            elif int(col[0]) <= end:
                words[-1].append(col[1])
                chars[-1].append(col[9])
            else:
                tokens.append(col[1])
                words.append([col[1]])
                chars.append([col[9]])
                glued = 'SpaceAfter=No' in col[9].split('|')
        if new_doc or not docs:
            docs.append([])
        docs[-1].append((new_par, text, tokens, words, glued, [char_range(c) for c in chars]))
    return docs


def raw_text(doc):
    out = ''
    for i, (new_par, text, *_) in enumerate(doc):
        if i:
            out += '\n\n' if new_par else '' if doc[i - 1][4] else ' '
        out += text
    return out + '\n'


def squeeze(s):
    return ''.join(c for c in s if not c.isspace() and c not in '\ufeff\u200b')


def units(doc, text=None):
    """Sets of (from, to) without white space: sentences, surface tokens; words as (from, to of the token, n-th, form). With the text
    they stand where the tool says, so that what it skipped moves nothing."""
    sents, toks, words, at = set(), set(), set(), 0
    before = [0]
    for c in text or '':
        before.append(before[-1] + (not c.isspace() and c not in '\ufeff\u200b'))
    for _, _, tokens, parts, _, chars in doc:
        start = None
        for token, ws, where in zip(tokens, parts, chars):
            if where and text:
                at = before[where[0]]
            start = at if start is None else start
            n = len(squeeze(token))
            toks.add((at, at + n))
            for i, w in enumerate(ws):
                words.add((at, at + n, i, w))
            at += n
        sents.add((start, at))
    return sents, toks, words


def run(tool, texts):
    with tempfile.TemporaryDirectory() as tmp:
        names = []
        for i, text in enumerate(texts):
            names.append(os.path.join(tmp, f'{i:05}.txt'))
            with open(names[-1], 'w', encoding='utf-8', newline='') as f:
                f.write(text)
        out = subprocess.run(tool.split() + names, stdout=subprocess.PIPE, check=True).stdout.decode('utf-8')
    return read_conllu(out.split('\n'))


def read_sents(path):
    text = open(path[:-len('sents')] + 'txt', encoding='utf-8', newline='').read()
    sents, at = set(), 0
    for line in open(path, encoding='utf-8'):
        n = len(squeeze(line.split(': ', 1)[1]))
        sents.add((at, at + n))
        at += n
    return text, sents


def f1(gold, got):
    right = len(gold & got)
    p, r = right / max(1, len(got)), right / max(1, len(gold))
    return 200 * p * r / max(1e-9, p + r)


def show(text, gold, got, label, limit):
    flat = squeeze(text)
    for mark, part in (('-', gold - got), ('+', got - gold)):
        for u in sorted(part)[:limit]:
            lo, hi = max(0, u[0] - 15), u[1] + 15
            print(f'{label} {mark} {flat[lo:u[0]]}[{flat[u[0]:u[1]]}]{flat[u[1]:hi]}')


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--tool', default='build/tidings annotate --until split')
    ap.add_argument('--show', type=int, default=0)
    ap.add_argument('files', nargs='+')
    args = ap.parse_args()
    totals = {}
    for path in args.files:
        if path.endswith('.sents'):
            text, sents = read_sents(path)
            texts, golds, key = [text], [(sents, set(), set())], 'gold .sents'
        else:
            docs = read_conllu(open(path, encoding='utf-8'))
            texts, golds, key = [raw_text(d) for d in docs], [units(d) for d in docs], os.path.basename(path)
        gots = run(args.tool, texts)
        if len(gots) != len(texts):
            sys.exit(f'{path}: {len(texts)} documents in, {len(gots)} out')
        for i, (text, gold, doc) in enumerate(zip(texts, golds, gots)):
            got = units(doc, text)
            for level in range(3):
                acc = totals.setdefault(key, [[set(), set()] for _ in range(3)])[level]
                acc[0] |= {(path, i) + u for u in gold[level]}
                acc[1] |= {(path, i) + u for u in got[level]}
                if args.show and gold[level] and level < 2:
                    show(text, gold[level], got[level], f'{"ST"[level]}{i}', args.show)
    for key, levels in totals.items():
        named = [f'{name} F1 {f1(*acc):6.2f}' for name, acc in zip(('sentence', 'token', 'word'), levels) if acc[0]]
        print(f'{key:20} ' + '   '.join(named))


if __name__ == '__main__':
    main()
