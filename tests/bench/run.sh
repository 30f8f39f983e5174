#!/usr/bin/env bash
# Prints what `make bench` promises: words a second for the whole road and each stage, peak memory, start-up time, triples a
# second. On the news corpus when it is there, else on the test stories repeated.
set -euo pipefail
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
news=../shared/corpora/news/wikinews-2019-2020.jsonl
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
stories=(tests/data/*.txt tests/data/*.jsonl tests/data/*.html)

if [ -r "$news" ]; then
	input=("$news") repeat=2
else
	echo "no news corpus: the test stories, repeated"
	input=("${stories[@]}") repeat=200
fi
echo "== road, one thread"
"$BUILD/bench" --repeat "$repeat" "${input[@]}"

# /usr/bin/time is not everywhere; python's resource module is, as the tests need python3 anyway.
measure() {
	/usr/bin/python3 - "$@" <<'PY'
import resource, subprocess, sys, time
best = 9e9
for _ in range(5):
    t = time.time(); r = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); best = min(best, time.time() - t)
    if r.returncode: sys.exit(f"failed: {' '.join(sys.argv[1:])}")
print("best of 5: %.3f s, peak memory %.0f MB" % (best, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024))
PY
}
echo "== one article, process start to last byte"
measure "$BUILD/tidings" build -f ntriples --date 2019-03-14 tests/data/harbour-visit.txt
echo "== the whole corpus to N-Quads, -j 1 and -j 2"
measure "$BUILD/tidings" build -q -j 1 -f nquads -o "$scratch/1.nq" "${input[@]}"
measure "$BUILD/tidings" build -q -j 2 -f nquads -o "$scratch/2.nq" "${input[@]}"
cmp "$scratch/1.nq" "$scratch/2.nq" && echo "the same bytes: $(wc -l <"$scratch/1.nq") quads"
ls -l "$BUILD/tidings" "$BUILD"/share/* | awk '{ printf "%10d %s\n", $5, $9 }'
