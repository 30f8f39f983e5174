#!/usr/bin/env bash
# usage: batch.sh [DOCUMENTS]    Bounded memory over a large load: the news corpus, each article varied in its names, days and numbers to so many
# documents (20,000 by default), goes through `tidings build -j 2` to N-Quads; prints words a second and memory at twenty points on the way.
# Fails when the peak is above 400 MB, or memory in the last quarter is a tenth above that of the second.
set -euo pipefail
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
news=../shared/corpora/news/wikinews-2019-2020.jsonl
[ -r "$news" ] || { echo "skipped: no news corpus"; exit 0; }
exec /usr/bin/python3 - "$BUILD/tidings" "$news" "${1:-20000}" <<'PY'
import json, re, subprocess, sys, tempfile, threading, time
PEAK_MB, GROWTH, POINTS = 400, 1.1, 20
program, corpus, wanted = sys.argv[1], sys.argv[2], int(sys.argv[3])
articles = [json.loads(line) for line in open(corpus, encoding='utf-8')]
SYLLABLES = ['ba', 'ce', 'dor', 'fin', 'gal', 'hu', 'jan', 'kos', 'lem', 'mar', 'nov', 'pel', 'rus', 'san', 'tov', 'vel', 'wan', 'zor']
MONTHS = 'January February March April May June July August September October November December'.split()


def name_for(word, turn):
    """Another name for each name and turn, the same throughout a document."""
    h = hash_of(word, turn)
    return ''.join(SYLLABLES[h // 18 ** k % 18] for k in range(2 + h % 2)).capitalize()


def hash_of(word, turn):
    h = turn * 2654435761 % 2 ** 32
    for c in word:
        h = (h * 31 + ord(c)) % 2 ** 32
    return h


def vary(i):
    """Article i modulo their number; from the second round on two thirds of its surnames, its days and its numbers are others."""
    article, turn = dict(articles[i % len(articles)]), i // len(articles)
    text = article['text']
    if turn:
        # a word behind a capitalised one is mostly a surname or the latter part of a name
        text = re.sub(r'(?<=[a-z] )([A-Z][a-z]+ )([A-Z][a-z]{2,})\b',
                      lambda m: m[1] + (name_for(m[2], turn) if hash_of(m[2], turn) % 3 else m[2]), text)
        text = re.sub(r'\b(\d{1,3})\b(?![,.:]\d)', lambda m: str((int(m[1]) + turn) % 997 + 2), text)
        text = re.sub('|'.join(MONTHS), lambda m: MONTHS[(MONTHS.index(m[0]) + turn) % 12], text)
        article['date'] = '%d-%02d-%02d' % (2000 + turn % 20, 1 + turn % 12, 1 + i % 28)
    article['text'] = text
    article['id'], article['url'] = f'varied-{i}', f'http://news.example.org/{i}'
    return article


report = tempfile.NamedTemporaryFile(suffix='.json')
run = subprocess.Popen([program, 'build', '-v', '-j', '2', '-f', 'nquads', '-o', '/dev/null', '--report', report.name, '-'],
                       stdin=subprocess.PIPE, stderr=subprocess.PIPE)


def feed():
    for i in range(wanted):
        run.stdin.write((json.dumps(vary(i)) + '\n').encode())
    run.stdin.close()


def memory(key):
    for line in open(f'/proc/{run.pid}/status'):
        if line.startswith(key):
            return int(line.split()[1]) / 1024
    return 0


threading.Thread(target=feed, daemon=True).start()
done, start, step, samples, peak = 0, time.time(), max(1, wanted // POINTS), [], 0
print('documents  seconds  memory now  peak')
for line in run.stderr:
    if b' triples, <' not in line:
        print(line.decode(), end='')
        continue
    done += 1
    if done % step == 0 and run.poll() is None:
        samples.append(memory('VmRSS'))
        peak = max(peak, memory('VmHWM'))
        print(f'{done:9} {time.time() - start:8.0f} {samples[-1]:8.0f} MB {peak:4.0f} MB', flush=True)
code = run.wait()
said = json.load(open(report.name))
quarter = len(samples) // 4
early, late = max(samples[quarter:2 * quarter], default=0), max(samples[-quarter:], default=0)
print(f"{said['documents']} documents, {said['failed']} failed, {said['words']} words, {said['triples']} triples in {said['seconds']:.0f} s: "
      f"{said['words_per_second']:.0f} words a second; peak {peak:.0f} MB; second quarter {early:.0f} MB, last {late:.0f} MB")
if code == 0 and (peak > PEAK_MB or (quarter > 1 and late > GROWTH * early)):
    print('the memory is not bounded as it should be')
    code = 1
sys.exit(code)
PY
