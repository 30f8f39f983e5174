#!/usr/bin/env bash
# usage: batch.sh [DOCUMENTS]    Bounded memory over a large load: the news corpus, varied to so many documents (20,000 by default), goes
# through `tidings build -j 2` to N-Quads; prints words a second and memory at ten points on the way.
set -euo pipefail
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
news=../shared/corpora/news/wikinews-2019-2020.jsonl
[ -r "$news" ] || { echo "skipped: no news corpus"; exit 0; }
exec /usr/bin/python3 - "$BUILD/tidings" "$news" "${1:-20000}" <<'PY'
import json, subprocess, sys, threading, time
program, corpus, wanted = sys.argv[1], sys.argv[2], int(sys.argv[3])
articles = [json.loads(line) for line in open(corpus, encoding='utf-8')]
words = [0] * wanted


def vary(i):
    """Article i modulo their number, with its sentences turned round and one of them left out: another text each time."""
    article, turn = dict(articles[i % len(articles)]), i // len(articles)
    parts = article['text'].split('\n')
    if turn:
        at = turn % len(parts)
        parts = parts[at:] + parts[:at]
        parts = parts[1:] if len(parts) > 1 and turn // len(parts) % 2 else parts
    article['text'] = '\n'.join(parts) + f'\nReport number {i}.'
    article['id'], article['url'] = f'varied-{i}', f'http://news.example.org/{i}'
    words[i] = len(article['text'].split())
    return article


run = subprocess.Popen([program, 'build', '-v', '-j', '2', '-f', 'nquads', '-o', '/dev/null', '-'], stdin=subprocess.PIPE,
                       stderr=subprocess.PIPE)


def feed():
    for i in range(wanted):
        run.stdin.write((json.dumps(vary(i)) + '\n').encode())
    run.stdin.close()


def memory(key):
    for line in open(f'/proc/{run.pid}/status'):
        if line.startswith(key):
            return int(line.split()[1]) / 1024


threading.Thread(target=feed, daemon=True).start()
done, start, step = 0, time.time(), max(1, wanted // 10)
print('documents    words  words/s  memory now  peak')
for line in run.stderr:
    if b' triples, <' not in line:
        print(line.decode(), end='')
        continue
    done += 1
    if done % step == 0:
        n = sum(words[:done])
        print(f'{done:9} {n:8} {n / (time.time() - start):8.0f} {memory("VmRSS"):8.0f} MB {memory("VmHWM"):4.0f} MB', flush=True)
sys.exit(run.wait())
PY
