#!/usr/bin/env bats
# Our graphs joined with somebody else's data through owl:sameAs.
load helper

@test "queries over the stories and a table of countries" {
	"$TIDINGS" -o news.nt --date 2019-03-14 "$DATA"/*.txt "$DATA"/*.jsonl "$DATA"/*.html
	for q in "$DATA"/merge/*.rq; do
		tidings query --file "$q" -f csv news.nt "$DATA/merge/world.ttl"
		exits 0
		[ "${#lines[@]}" -gt 2 ] || fail "$q finds too little"
		tidings query --file "$q" -f csv news.nt
		[ "${#lines[@]}" -eq 1 ] || fail "$q finds something without the other data"
	done
}

@test "a head of state is found by the other data alone" {
	"$TIDINGS" -o news.nt "$DATA/moscow-talks.jsonl"
	tidings query --file "$DATA/merge/heads-of-state.rq" -f csv news.nt "$DATA/merge/world.ttl"
	prints 'Russia,Vladimir Putin,'
	! grep -qi 'head of state' "$DATA/moscow-talks.jsonl"
}
