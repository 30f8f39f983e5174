#!/usr/bin/env python3
"""Time expressions against MEANTIME's TIMEX3 and GUM's dates: how many are found, and how many of those have the right value.

    times.py [--tool 'build/tidings'] [--show] DIR…        (DIR: folders of CAT XML files, or a GUM file in CoNLL-U)

Counted are dates and times of day that stand in the text, but for the creation time. A value is right when it names the same days;
times of day count by their day, references to no particular time (PAST_REF…) only for finding.
"""
import argparse, glob, json, os, re, subprocess, sys, tempfile
import xml.etree.ElementTree as ET

SEASONS = {'SP': (3, 5), 'SU': (6, 8), 'FA': (9, 11)}


def read(path):
    """(text, date, [(from, to, type, value)]) of one file; offsets in characters."""
    root = ET.parse(path).getroot()
    text, at, sentence = '', {}, None
    for token in root.iter('token'):
        if sentence is not None:
            text += '\n\n' if token.get('sentence') != sentence else ' '
        sentence = token.get('sentence')
        at[token.get('t_id')] = (len(text), len(text) + len(token.text))
        text += token.text
    date, times = '', []
    for timex in root.iter('TIMEX3'):
        spans = [at[a.get('t_id')] for a in timex.findall('token_anchor')]
        if timex.get('functionInDocument') == 'CREATION_TIME':
            date = re.sub(r'^(\d\d)-(\d\d)-(\d{4})$', r'\3-\2-\1', timex.get('value')[:10])
        elif spans and timex.get('type') in ('DATE', 'TIME'):
            times.append((spans[0][0], spans[-1][1], timex.get('type'), timex.get('value')))
    # Only the headline and the first five sentences are annotated throughout.
    last = max((at[t.get('t_id')][1] for t in root.iter('token') if int(t.get('sentence')) <= 5), default=0)
    times = [t for t in times if t[1] <= last]
    stop = text.find('\n\n', last)
    return text[:stop] if stop >= 0 else text, date, times


def read_gum(path):
    """The same of each document of a CoNLL-U file with <date when=…> or <date from=… to=…> in MISC."""
    out, text, date, times, open_at, word_last = [], '', '', [], None, 0
    for line in open(path, encoding='utf-8'):
        if line.startswith('# newdoc id'):
            if text:
                out.append((text, date, times))
            text, times, open_at = '', [], None
        elif m := re.match(r'# meta::dateCreated = (\S+)', line):
            date = m[1]
        elif line == '\n':
            text, word_last = text + '\n', 0
        f = line.split('\t')
        if len(f) != 10 or not (f[0].isdigit() or '-' in f[0]):
            continue
        last = int(f[0].split('-')[-1])
        if last > word_last:  # a word within a multi-word token brings no text of its own
            word_from, word_last = len(text), last
            text += f[1] + ('' if 'SpaceAfter=No' in f[9] else ' ')
        for m in re.finditer(r'<(/?)date([^>]*)>', f[9]):
            if m[1] and open_at:
                v = open_at[1]
                times.append((open_at[0], len(text.rstrip()), 'DATE', (v.get('when') or v.get('from') or v.get('notBefore') or '',
                                                                       v.get('when') or v.get('to') or v.get('notAfter') or '')))
                open_at = None
            elif not m[1]:
                open_at = (word_from, dict(re.findall(r'(\w+):::"([^"]*)"', m[2])))
    return out + [(text, date, times)]


def ends(value):
    """First and last of what a TIMEX3 value names, as precise as it is; None for no particular time."""
    if isinstance(value, tuple):
        if re.fullmatch(r'\d{4}-01-01', value[0]) and re.fullmatch(r'\d{4}-12-31', value[1]):
            value = (value[0][:4], value[1][:4])
        return value if all(re.fullmatch(r'\d{4}(-\d\d){0,2}', v) for v in value) else None
    value = re.sub(r'T.*', '', value)
    if m := re.fullmatch(r'(\d{4})-Q(\d)', value):
        return tuple(f'{m[1]}-{3 * int(m[2]) - 2 + i:02}' for i in (0, 2))
    if m := re.fullmatch(r'(\d{4})-(SP|SU|FA)', value):
        return tuple(f'{m[1]}-{month:02}' for month in SEASONS[m[2]])
    if m := re.fullmatch(r'(\d{4})-W(\d+)', value):
        import datetime
        monday = datetime.date.fromisocalendar(int(m[1]), int(m[2]), 1)
        return str(monday), str(monday + datetime.timedelta(6))
    if m := re.fullmatch(r'(\d{3})X?', value):
        return m[1] + '0', m[1] + '9'
    return (value, value) if re.fullmatch(r'\d{4}(-\d\d){0,2}', value) else None


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--tool', default='build/tidings')
    ap.add_argument('--show', action='store_true')
    ap.add_argument('dirs', nargs='+')
    args = ap.parse_args()
    gold_n = got_n = hit_gold = hit_got = right = valued = particular = 0
    files = sorted(f for d in args.dirs for f in glob.glob(os.path.join(d, '**', '*.xml'), recursive=True))
    articles = [read(f) for f in files] + [a for d in args.dirs if d.endswith('.conllu') for a in read_gum(d)]
    if not articles:
        sys.exit('no XML files there')
    with tempfile.NamedTemporaryFile('w', suffix='.jsonl', encoding='utf-8') as feed:
        for i, (text, date, _) in enumerate(articles):
            feed.write(json.dumps({'id': str(i), 'date': date, 'text': text}) + '\n')
        feed.flush()
        out = subprocess.run(args.tool.split() + ['annotate', '-q', '--until', 'time', '-f', 'json', feed.name], stdout=subprocess.PIPE,
                             check=True).stdout.decode('utf-8')
    decoder, docs, at = json.JSONDecoder(), [], 0
    while at < len(out):
        doc, at = decoder.raw_decode(out, at)
        docs.append(doc)
        at = re.compile(r'\s*').match(out, at).end()
    for (text, date, gold), doc in zip(articles, docs):
        got = [t for t in doc['times'] if t['kind'] in ('date', 'span')]
        overlap = lambda g, t: g[0] < t['chars'][1] and t['chars'][0] < g[1]
        gold_n += len(gold)
        got_n += len(got)
        hit_got += sum(any(overlap(g, t) for g in gold) for t in got)
        for t in got:
            if args.show and not any(overlap(g, t) for g in gold):
                print(f"+ {t['text']!r} {t.get('begin')}/{t.get('end')}   {text[max(0, t['chars'][0] - 40):t['chars'][1] + 30]!r}")
        for g in gold:
            match = [t for t in got if overlap(g, t)]
            hit_gold += bool(match)
            want = ends(g[3])
            particular += want is not None
            where = f'{text[g[0]:g[1]]!r} {g[3]} (written {date})   {text[max(0, g[0] - 60):g[1] + 30]!r}'
            if not match and args.show:
                print('-', where)
            if not match or not want:
                continue
            valued += 1
            values = [(t.get('begin'), t.get('end')) for t in match]
            # Ours may be one span where the corpus has its two ends, and is open behind "since".
            good = want in values or any(want[0] in v and (v[1] is None or want[0] == want[1]) for v in values)
            right += good
            if not good and args.show:
                print('~', where, values)
    p, r = hit_got / max(1, got_n), hit_gold / max(1, gold_n)
    print(f'{len(articles)} articles: found P {100 * p:.1f} R {100 * r:.1f} F1 {200 * p * r / max(1e-9, p + r):.1f} of {gold_n}; '
          f'of {particular} particular dates {valued} found, {right} with the right value ({100 * right / max(1, valued):.1f})')


if __name__ == '__main__':
    main()
