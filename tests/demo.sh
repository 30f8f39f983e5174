#!/usr/bin/env bash
# From three stories to a graph and answers: what `make demo` shows.
set -euo pipefail
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build}
graph=$(mktemp --suffix=.nt)
trap 'rm -f "$graph"' EXIT
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
run() { printf '$ %s\n' "$*"; }

say "The graph of one story, as Turtle"
run tidings build tests/data/harbour-visit.txt
"$BUILD/tidings" build --date 2019-03-14 tests/data/harbour-visit.txt
say "All stories into one graph"
run tidings build -f ntriples -o graph.nt tests/data
"$BUILD/tidings" build --date 2019-03-14 -f ntriples -o "$graph" tests/data/*.txt tests/data/*.jsonl tests/data/*.html
printf '%s triples\n' "$(wc -l <"$graph")"
for name in who-met-whom who-claims-what who-holds-which-office; do
	query=tests/data/queries/$name.rq
	say "$(sed -n '1s/^# *//p' "$query")"
	run tidings query --file "$query" graph.nt
	"$BUILD/tidings" query --file "$query" "$graph"
done
printf '\nMore questions: %s\n' "$(cd tests/data/queries && echo *.rq)"
