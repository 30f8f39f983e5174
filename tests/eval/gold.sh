#!/usr/bin/env bash
# usage: gold.sh [train|dev]… [-- SCORER OPTIONS]    Builds the annotated articles' graphs, each with its own date, and scores them.
set -euo pipefail
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
gold=../shared/gold
[ -d "$gold" ] || { echo "no annotated articles here: skipped"; exit 0; }
parts=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do parts+=("$1"); shift; done
[ "${1:-}" = -- ] && shift
for part in "${parts[@]:-dev}"; do
	out=${GOLD_OUT:-$(mktemp -d)}
	for text in "$gold/$part"/*.txt; do
		name=$(basename "$text" .txt)
		"$BUILD/tidings" build -q -f ntriples --date "$(jq -r .date "${text%.txt}.meta.json")" -o "$out/$name.nt" "$text"
	done
	echo "== $part"
	/usr/bin/python3 "$gold/score.py" "$gold/$part" "$out" "$@"
	[ -n "${GOLD_OUT:-}" ] || rm -rf "$out"
done
