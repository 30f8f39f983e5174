#!/usr/bin/env bash
# usage: nquads.sh [INPUT…]    The writer of N-Quads alone (graphs in memory to bytes) beside serdi, which has to read the same triples as N-Quads
# before it writes them; triples a second of processor time, the best of five.
set -euo pipefail
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
news=../shared/corpora/news/wikinews-2019-2020.jsonl
command -v serdi >/dev/null || { echo "skipped: no serdi"; exit 0; }
if [ $# -gt 0 ]; then inputs=("$@")
elif [ -r "$news" ]; then inputs=("$news")
else inputs=(tests/data/*.txt tests/data/*.jsonl tests/data/*.html)
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$BUILD/tidings" -q -f nquads -o "$scratch/all.nq" "${inputs[@]}"
ours=$(for _ in 1 2 3; do "$BUILD/bench" "${inputs[@]}"; done | awk '$1 == "write" && $2 == "nquads" && $3 > best { best = $3 } END { print best }')
/usr/bin/python3 - "$scratch/all.nq" "$ours" <<'PY'
import resource, subprocess, sys
path, ours = sys.argv[1], float(sys.argv[2])
triples, best, before = sum(1 for _ in open(path, 'rb')), 9e9, 0
for _ in range(5):
    subprocess.run(['serdi', '-i', 'nquads', '-o', 'nquads', path], stdout=subprocess.DEVNULL, check=True)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    best, before = min(best, usage.ru_utime + usage.ru_stime - before), usage.ru_utime + usage.ru_stime
theirs = triples / best
print(f'N-Quads, {triples} triples: tidings writes {ours:.0f} a second, serdi reads and writes {theirs:.0f}: {ours / theirs:.2f} times as fast')
PY
