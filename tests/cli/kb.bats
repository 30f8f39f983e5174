#!/usr/bin/env bats
# kb build out of RDF, and what a knowledge base of one's own does to a graph.
load helper

company() { "$TIDINGS" kb build -q -o company.tdk "$DATA/company.nt"; }
story() { printf 'Grandport Harbour Trust bought a port in Berlin on Monday.\nZoltana Quistberg visited Paris.\n' >story.txt; }

@test "kb build: a thesaurus in N-Triples, and what became of it" {
	tidings kb build -o company.tdk "$DATA/company.nt"
	exits 0
	prints_nothing
	says '8 triples: 3 entries with 5 names'
	tidings kb build -q -o quiet.tdk "$DATA/company.nt"
	exits 0
	silent
	cmp company.tdk quiet.tdk
}

@test "kb build: plain, packed and from standard input, the same bytes" {
	company
	gzip -c "$DATA/company.nt" >packed.nt.gz
	"$TIDINGS" kb build -q -o packed.tdk packed.nt.gz
	cmp company.tdk packed.tdk
	zstd -qc "$DATA/company.nt" >packed.nt.zst
	"$TIDINGS" kb build -q -o packed.tdk packed.nt.zst
	cmp company.tdk packed.tdk
	"$TIDINGS" kb build -q -o piped.tdk - <"$DATA/company.nt"
	cmp company.tdk piped.tdk
	"$PYTHON" -c "import rdflib, sys; rdflib.Graph().parse(sys.argv[1], format=\"nt\").serialize(\"company.ttl\", format=\"turtle\")" "$DATA/company.nt"
	"$TIDINGS" kb build -q -o turtle.tdk company.ttl
	cmp company.tdk turtle.tdk
}

@test "kb build: a bad line is named, counted and left out" {
	{ cat "$DATA/company.nt"; echo 'no statement'; } >bad.nt
	tidings kb build -q -o bad.tdk bad.nt
	exits 0
	says 'bad.nt:10: no subject'
	says '1 of 10 lines could not be read'
	company
	cmp company.tdk bad.tdk
}

@test "kb build: nothing of use, and the old file stays" {
	company
	cp company.tdk before.tdk
	echo 'nonsense' >bad.nt
	tidings kb build -o company.tdk bad.nt
	exits 1
	says 'none of its 1 lines'
	tidings kb build -o company.tdk --language fr "$DATA/company.nt"
	exits 1
	says 'in these languages'
	: >empty.nt
	tidings kb build -o company.tdk empty.nt
	exits 1
	says 'no knowledge base was written'
	cmp company.tdk before.tdk
	tidings kb build -o company.tdk nowhere.nt
	exits 1
	says nowhere.nt
	[ "$(ls -A | grep -c tdk)" -eq 2 ] || fail "something was left: $(ls -A)"
}

@test "kb build: wrong options" {
	tidings kb build -o x.tdk --memory 0 "$DATA/company.nt"
	exits 2
	tidings kb build -o x.tdk --popularity people "$DATA/company.nt"
	exits 2
	tidings kb build -o x.tdk --language 'x y' "$DATA/company.nt"
	exits 2
	tidings kb build "$DATA/company.nt"
	exits 2
	says '-o FILE'
	tidings kb build -o x.tdk
	exits 2
	[ ! -e x.tdk ]
}

@test "kb build into a folder that is not there, and onto what is no file" {
	mkfifo pipe
	for out in pipe "$BATS_TEST_TMPDIR"; do
		tidings kb build -o "$out" "$DATA/company.nt"
		exits 1
		says 'not a regular file'
	done
	[ -p pipe ]
	tidings kb build -o /nowhere/x.tdk "$DATA/company.nt"
	exits 1
	says /nowhere
}

@test "--kb adds to what is known: its own IRIs come out as owl:sameAs" {
	company
	story
	tidings -f ntriples --kb company.tdk story.txt
	exits 0
	prints '<http://www.w3.org/2002/07/owl#sameAs> <https://example.org/names/1>'
	prints '<http://www.w3.org/2002/07/owl#sameAs> <https://example.org/names/2>'
	prints '<http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q64>'
	printf '%s\n' "$output" >out.nt
	sound ntriples out.nt
	tidings -f ntriples story.txt
	[[ $output != *example.org/names* ]] || fail 'it is known without --kb'
}

@test "--no-default-kb leaves the installed one out, with and without --kb" {
	company
	story
	tidings -f ntriples --no-default-kb --kb company.tdk story.txt
	exits 0
	prints '<https://example.org/names/1>'
	[[ $output != *wikidata* ]] || fail 'the installed one was used'
	tidings -f ntriples --no-default-kb story.txt
	exits 0
	[[ $output != *sameAs* ]] || fail 'something was linked'
}

@test "--kb several times: a thing of Wikidata is one thing, with all its names" {
	company
	printf '<http://two.example/x> <http://www.w3.org/2000/01/rdf-schema#label> "Grandport Port Police"@en .\n' >two.nt
	"$TIDINGS" kb build -q -o two.tdk two.nt
	printf 'Grandport Port Police praised Grandport Harbour Trust.\nAngela Merkel visited Paris.\n' >both.txt
	tidings -f ntriples --kb company.tdk --kb two.tdk both.txt
	exits 0
	prints '<https://example.org/names/1>'
	prints '<http://two.example/x>'
	prints '<http://www.wikidata.org/entity/Q567>'
	prints '<https://example.org/names/3>'
	[ "$(grep -c 'entity/Q567> <http://www.w3.org/2002/07/owl#sameAs> <https://example.org/names/3>' <<<"$output")" -eq 1 ]
}

@test "--kb with a file that is damaged or none" {
	company
	story
	printf 'x' | dd of=company.tdk bs=1 seek=100 conv=notrunc status=none
	tidings --kb company.tdk story.txt
	exits 1
	says checksum
	tidings --kb nowhere.tdk story.txt
	exits 1
	says nowhere.tdk
}
