#!/usr/bin/env bats
# tidings query: SPARQL over files.
load helper

P='PREFIX tid: <https://w3id.org/tidings/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX schema: <http://schema.org/>'
CLASSES="$P SELECT ?class (COUNT(?e) AS ?n) { ?e a ?class ; tid:factuality ?f } GROUP BY ?class ORDER BY ?class"

@test "the same answer from every format" {
	for f in ttl trig nt nq rdf; do
		"$TIDINGS" -o g.$f --url http://example.org/a a.txt
		"$TIDINGS" query -f csv "$CLASSES" g.$f >answer.$f
		cmp answer.ttl answer.$f
	done
	grep -q 'ns#Meeting' answer.ttl
}

@test "several files are asked together" {
	"$TIDINGS" -o a.nq a.txt
	"$TIDINGS" -o b.ttl b.txt
	tidings query -f csv "$CLASSES" a.nq b.ttl
	exits 0
	prints Meeting
	prints Arrest
}

@test "table, CSV, JSON and XML" {
	"$TIDINGS" -o g.nq a.txt
	tidings query "$CLASSES" g.nq
	exits 0
	prints class
	"$TIDINGS" query -f json "$CLASSES" g.nq | jq -e '.head.vars == ["class", "n"] and (.results.bindings | length) > 0' >/dev/null
	"$TIDINGS" query -f xml "$CLASSES" g.nq | $PYTHON -c 'import sys, xml.etree.ElementTree as E; assert E.parse(sys.stdin).getroot().tag.endswith("sparql")'
	"$TIDINGS" query -f csv "$CLASSES" g.nq | $PYTHON -c 'import sys, csv; rows = list(csv.reader(sys.stdin)); assert rows[0] == ["class", "n"] and len(rows) > 1, rows'
}

@test "--file, and -o" {
	"$TIDINGS" -o g.nq --date 2019-03-14 "$DATA"/*.txt "$DATA"/*.jsonl "$DATA"/*.html
	for q in "$DATA"/queries/*.rq; do
		tidings query --file "$q" -f csv -o out.csv g.nq
		exits 0
		[ "$(wc -l <out.csv)" -gt 1 ] || fail "$q finds nothing"
	done
}

@test "what it cannot do is said" {
	"$TIDINGS" -o g.nq a.txt
	for q in 'SELECT * { ?s <http://p>+ ?o }' 'SELECT * { ?s ?p ?o FILTER EXISTS { ?s ?q ?r } }' 'SELECT * { ?s ?p ?o MINUS { ?s a ?c } }' 'DESCRIBE <http://x>'; do
		tidings query "$q" g.nq
		exits 1
		[ -n "$stderr" ] || fail 'no message'
		prints_nothing
	done
}

@test "mistakes: a query that is none, a file that is none" {
	"$TIDINGS" -o g.nq a.txt
	tidings query 'SELEC * {' g.nq
	exits 1
	[ -n "$stderr" ] || fail 'no message'
	tidings query 'SELECT * { ?s ?p ?o }' missing.nq
	exits 1
	says missing.nq
	tidings query 'SELECT * { ?s ?p ?o }' a.txt
	exits 1
	prints_nothing
	tidings query '' g.nq
	exits 2
	: >empty.rq
	tidings query --file empty.rq g.nq
	exits 2
	tidings query "$(printf 'SELECT \xff')" g.nq
	exits 1
	says 'UTF-8'
}
