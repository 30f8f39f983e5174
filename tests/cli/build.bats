#!/usr/bin/env bats
# tidings build: formats, inputs, order, threads, what the command line adds.
load helper

@test "the command may be left out" {
	"$TIDINGS" build a.txt >one
	"$TIDINGS" a.txt >two
	cmp one two
	grep -q 'a tid:Meeting' one
}

@test "every format holds the same statements" {
	for f in turtle trig ntriples nquads rdfxml; do "$TIDINGS" --url http://example.org/a -f $f -o out.$f a.txt; done
	rapper -q -i ntriples out.ntriples | LC_ALL=C sort >expected
	[ "$(wc -l <expected)" -gt 20 ]
	for pair in turtle:turtle trig:trig nquads:nquads rdfxml:rdfxml; do
		rapper -q -i "${pair#*:}" -o ntriples "out.${pair%:*}" http://base.example.org/ | LC_ALL=C sort >got
		diff expected got
	done
	"$TIDINGS" -f dot a.txt | grep -q '^digraph'
}

@test "N-Quads and TriG name the document's graph" {
	"$TIDINGS" --url http://example.org/a -f nquads a.txt >out.nq
	[ "$(grep -c '<http://example.org/a> \.$' out.nq)" -eq "$(wc -l <out.nq)" ]
	"$TIDINGS" --url http://example.org/a -f trig a.txt | grep -qE '^(GRAPH )?<http://example.org/a> \{'
}

@test "several documents in one Turtle file: each prefix once" {
	"$TIDINGS" a.txt b.txt c.txt >out.ttl
	rapper -q -c -i turtle out.ttl
	[ "$(grep -c '@prefix rdfs:' out.ttl)" -eq 1 ]
	[ "$(grep -c 'a schema:NewsArticle' out.ttl)" -eq 3 ]
}

@test "the output is the same for any number of threads, and for each run" {
	for i in $(seq 40); do cat "$DATA/harbour-visit.txt" | sed "s/dockers/dockers $i/" >"n$i.txt"; done
	"$TIDINGS" -j 1 -f nquads n*.txt >one
	for j in 1 2 3 8; do "$TIDINGS" -j $j -f nquads n*.txt | cmp one -; done
	"$TIDINGS" -j 1 n*.txt >one.ttl
	"$TIDINGS" -j 4 n*.txt | cmp one.ttl -
	[ "$(grep -c NewsArticle one)" -eq 40 ]
}

@test "documents leave in the order in which they came" {
	"$TIDINGS" -v -j 4 c.txt a.txt b.txt 2>&1 >/dev/null | grep -oE '[abc]\.txt:' >order
	[ "$(tr -d '\n' <order)" = c.txt:a.txt:b.txt: ]
}

@test "the order of the inputs changes no statement" {
	"$TIDINGS" -f nquads a.txt b.txt c.txt "$DATA/harbour-visit.txt" | LC_ALL=C sort >one
	"$TIDINGS" -f nquads "$DATA/harbour-visit.txt" c.txt b.txt a.txt | LC_ALL=C sort >two
	cmp one two
	for f in a b c; do "$TIDINGS" -f nquads $f.txt; done >alone
	"$TIDINGS" -f nquads "$DATA/harbour-visit.txt" >>alone
	LC_ALL=C sort alone | cmp one -
}

@test "standard input is the same document as the file, but for its name" {
	"$TIDINGS" -f ntriples --url http://example.org/a a.txt >file
	"$TIDINGS" -f ntriples --url http://example.org/a - <a.txt >stdin
	cmp file stdin
}

@test "a directory is read by name, recursively" {
	mkdir -p news/deep
	cp a.txt news/2.txt
	cp b.txt news/1.txt
	cp c.txt news/deep/3.txt
	tidings -v -f nquads news
	exits 0
	[ "$(grep -c NewsArticle <<<"$output")" -eq 3 ]
	[ "$(grep -oE 'news/[a-z0-9/]+\.txt' <<<"$stderr" | tr '\n' ' ')" = 'news/1.txt news/2.txt news/deep/3.txt ' ]
}

@test "JSONL: one document a line, with what it says of itself" {
	tidings -f ntriples "$DATA/harbour-strike.jsonl"
	exits 0
	prints '<https://news.example.org/2019/harbour-strike> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/NewsArticle>'
	prints '"2019-03-15"^^<http://www.w3.org/2001/XMLSchema#date>'
	prints 'Quayside Herald'
}

@test "HTML: title, date and address come from the page" {
	tidings -f ntriples "$DATA/harbour-vote.html"
	exits 0
	prints '<http://purl.org/dc/terms/title>'
	prints '<http://purl.org/dc/terms/issued>'
	[[ $output != *'<script'* ]]
}

@test "--date, --url and --title fill in what is missing" {
	tidings -f ntriples --date 2013-06-20 --url http://example.org/berlin --title 'Two leaders meet' a.txt
	exits 0
	prints '<http://example.org/berlin> <http://purl.org/dc/terms/title> "Two leaders meet"'
	prints '"2013-06-20"^^<http://www.w3.org/2001/XMLSchema#date>'
	prints '"2013-06-19"^^<http://www.w3.org/2001/XMLSchema#date>'
}

@test "what a document says of itself wins over the command line" {
	head -1 "$DATA/harbour-strike.jsonl" >one.jsonl
	tidings -f ntriples --date 1999-01-01 --title Other one.jsonl
	exits 0
	prints '"2019-03-15"^^'
	[[ $output != *1999-01-01* && $output != *Other* ]]
}

@test "--url and --title for several documents are a usage error, and nothing is written" {
	tidings --url http://example.org/ a.txt b.txt
	exits 2
	prints_nothing
	mkdir two
	cp a.txt b.txt two
	tidings --title T -o out.ttl two
	exits 2
	says 'one document'
	[ -z "$(ls -A | grep out.ttl)" ]
}

@test "a document that comes twice is written once; two of one name are not mixed up" {
	cp a.txt again.txt
	"$TIDINGS" -f nquads a.txt b.txt >expected
	tidings -v -f nquads a.txt again.txt a.txt b.txt
	exits 0
	says 'again.txt: the same document'
	diff expected - <<<"$output"
	printf '%s\n' '{"id": "x", "text": "Obama met Merkel in Berlin."}' '{"id": "x", "text": "Police arrested three men."}' >twins.jsonl
	tidings -f nquads twins.jsonl
	exits 1
	says 'twins.jsonl:2'
	says 'the same name'
	[ "$(grep -c NewsArticle <<<"$output")" -eq 1 ]
}

@test "--base names everything that is ours" {
	tidings -f ntriples --base https://data.example.net/kg/ b.txt
	exits 0
	prints '<https://data.example.net/kg/'
	[[ $output != *w3id.org/tidings/id/* ]] || fail 'the default base is still there'
}

@test "--provenance: less, more" {
	for level in none document mention full; do "$TIDINGS" -f ntriples --provenance $level a.txt >$level; done
	! grep -q 'nif-core#anchorOf' none
	! grep -q 'nif-core#anchorOf' document
	grep -q 'nif-core#anchorOf' mention
	"$TIDINGS" -f ntriples a.txt | cmp mention -
	[ "$(wc -l <none)" -lt "$(wc -l <mention)" ]
	[ "$(wc -l <mention)" -lt "$(wc -l <full)" ]
}

@test "--with-text puts the text in, and only then" {
	"$TIDINGS" -f ntriples --with-text a.txt | grep -q 'nif-core#isString> "Barack Obama met Angela Merkel in Berlin on Wednesday\.\\n"'
	! "$TIDINGS" -f ntriples a.txt | grep -q 'nif-core#isString'
}

@test "mentions are where they say in the text" {
	"$TIDINGS" -f ntriples "$DATA/harbour-visit.txt" >out.nt
	$PYTHON - "$DATA/harbour-visit.txt" <<-'END'
		import re, sys, rdflib
		text = open(sys.argv[1], encoding='utf-8', newline='').read()
		g = rdflib.Graph().parse('out.nt', format='nt')
		nif = rdflib.Namespace('http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#')
		n = 0
		for s, anchor in g.subject_objects(nif.anchorOf):
		    begin, end = int(g.value(s, nif.beginIndex)), int(g.value(s, nif.endIndex))
		    assert text[begin:end] == str(anchor), (begin, end, anchor)
		    n += 1
		assert n > 20, n
	END
}

@test "--model, --lexicon and --kb that are not there, or are something else" {
	for option in --model --lexicon --kb; do
		tidings $option missing.bin a.txt
		exits 1
		says missing.bin
		tidings $option a.txt a.txt
		exits 1
		prints_nothing
	done
}

@test "without its data files the program says where it looked" {
	TIDINGS_DATA=/nowhere run --separate-stderr "$TIDINGS" a.txt
	exits 1
	says /nowhere
}

@test "--timing names the stages" {
	tidings --timing a.txt
	exits 0
	says tag
	says '1 documents'
}

@test "events say how likely it is that the text tells of them" {
	printf 'Angela Merkel met Emmanuel Macron in Berlin on Monday.\n' >met.txt
	"$TIDINGS" build -q -f ntriples --date 2019-05-08 met.txt >out.nt
	grep -qE '/event/[^>]*> <https://w3id.org/tidings/ns#confidence> "0\.[0-9]{1,2}"\^\^<http://www.w3.org/2001/XMLSchema#decimal>' out.nt
	! "$TIDINGS" build -q -f ntriples --provenance document met.txt | grep -qE '/event/[^>]*> <[^>]*#confidence>'
}
