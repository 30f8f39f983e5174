#!/usr/bin/env bash
# usage: gold.sh [train|dev|learn|wire|test]… [-- SCORER OPTIONS]    Builds the annotated articles' graphs, each with its own date, and scores them.
# train and dev are the gold collection; learn, wire and test are the articles of news/.
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
	texts=$gold/$part
	if [ -f "tests/eval/news/$part.jsonl" ]; then
		texts=$(mktemp -d)
		/usr/bin/python3 tests/eval/news.py "$part" "$texts"
	fi
	for text in "$texts"/*.txt; do
		name=$(basename "$text" .txt)
		"$BUILD/tidings" build -q -f ntriples --date "$(jq -r .date "${text%.txt}.meta.json")" -o "$out/$name.nt" "$text"
	done
	echo "== $part"
	/usr/bin/python3 "$gold/score.py" "$texts" "$out" "$@"
	[ -n "${GOLD_OUT:-}" ] || rm -rf "$out"
	[ "$texts" = "$gold/$part" ] || rm -rf "$texts"
done
