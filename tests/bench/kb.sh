#!/usr/bin/env bash
# usage: kb.sh [N]    A knowledge base of N labels (10 million by default) made by kbgen: build time, peak memory, file size, look-ups
# a second, and how long the program takes to start with it. Needs some 600 bytes of disk a label in $TMPDIR.
set -euo pipefail
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
n=${1:-10000000}
make -s BUILD="$BUILD" all "$BUILD/kbgen" "$BUILD/kblook"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

measure() { # COMMAND…: its time and peak memory
	/usr/bin/python3 - "$@" <<'PY'
import resource, subprocess, sys, time
t = time.time(); code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL); t = time.time() - t
use = resource.getrusage(resource.RUSAGE_CHILDREN)
print("%.2f s (%.2f s of a processor), peak memory %.0f MB" % (t, use.ru_utime + use.ru_stime, use.ru_maxrss / 1024))
sys.exit(code)
PY
}
echo "== $n labels"
"$BUILD/kbgen" "$n" >"$scratch/dump.nt" 2>"$scratch/names"
ls -l "$scratch/dump.nt" | awk '{ printf "N-Triples: %.0f MB\n", $5 / 1e6 }'
for memory in 256 32; do
	echo "== tidings kb build --memory $memory"
	measure "$BUILD/tidings" kb build --memory "$memory" -o "$scratch/$memory.tdk" "$scratch/dump.nt"
done
cmp "$scratch/256.tdk" "$scratch/32.tdk"
ls -l "$scratch/256.tdk" | awk '{ printf "the same file: %.0f MB\n", $5 / 1e6 }'
echo "== look-ups"
"$BUILD/kblook" "$scratch/256.tdk" "$scratch/names"
echo "== one article without it, then with it"
for _ in 1 2 3; do measure "$BUILD/tidings" -f ntriples tests/data/harbour-visit.txt; done | sort | head -1
for _ in 1 2 3; do measure "$BUILD/tidings" -f ntriples --kb "$scratch/256.tdk" tests/data/harbour-visit.txt; done | sort | head -1
