#!/usr/bin/env bats
# Uploading, as the command line sees it; what real stores do is tested in tests/store.
load helper

# The statements of a file, sorted.
statements() { rapper -q -i "$1" -o ntriples "$2" | LC_ALL=C sort -u; }

@test "build --upload sends what it would have written" {
	start_store ok
	"$TIDINGS" -f ntriples --url http://example.org/a -o expected.nt a.txt
	tidings --method gsp --url http://example.org/a --upload "$STORE" a.txt
	exits 0
	prints_nothing
	says 'confirmed by the store: 1'
	[ "$(cat store/1.name)" = http://example.org/a ]
	diff <(statements ntriples expected.nt) <(statements turtle store/1.nt)
}

@test "build --upload -o does both, -v says which" {
	start_store ok
	tidings -v --method gsp --upload "$STORE" -o out.nq a.txt b.txt
	exits 0
	says 'a.txt: '
	says 'confirmed by the store: 2'
	[ "$(grep -c NewsArticle out.nq)" -eq 2 ]
	[ -e store/2.nt ]
}

@test "what the store refuses is not counted as sent" {
	start_store second
	tidings -v --method gsp --upload "$STORE" a.txt b.txt c.txt
	exits 1
	says 'tidings: b.txt: '
	says 'confirmed by the store: 2'
	[[ $stderr == *'a.txt: '*' confirmed'* ]]
	[ ! -e store/2.nt ]
	[ -e store/3.nt ]
}

@test "a store that does not let us in ends the run at once" {
	start_store login
	tidings --method gsp --upload "$STORE" a.txt b.txt c.txt
	exits 1
	says 'a.txt'
	says 'confirmed by the store: 0'
	[[ $stderr != *c.txt* ]] || fail 'it went on'
}

@test "a store that is not there; the file is written nevertheless" {
	tidings --timeout 2 --upload http://127.0.0.1:9/ -o out.nq a.txt
	exits 1
	says '127.0.0.1'
	grep -q NewsArticle out.nq
}

@test "upload sends N-Quads, TriG and Turtle as the same graphs" {
	start_store ok
	for f in nq trig ttl nt; do "$TIDINGS" --url http://example.org/a -o a.$f a.txt; done
	for f in nq trig ttl nt; do
		tidings upload --method gsp --endpoint "$STORE" a.$f
		exits 0
		says 'confirmed by the store: 1'
	done
	for i in 1 2 3 4; do
		[ "$(cat store/$i.name)" = http://example.org/a ]
		diff <(statements ntriples a.nt) <(statements turtle store/$i.nt)
	done
}

@test "upload: each graph of a file, to its own name" {
	start_store ok
	"$TIDINGS" -o all.nq a.txt b.txt c.txt
	tidings upload --method gsp --endpoint "$STORE" all.nq
	exits 0
	says 'confirmed by the store: 3'
	[ "$(cat store/*.name | sort -u | wc -w)" -ge 1 ]
	[ "$(ls store/*.nt | wc -l)" -eq 3 ]
}

@test "upload: interleaved graphs come together again" {
	start_store ok
	"$TIDINGS" -o all.nq a.txt b.txt
	LC_ALL=C sort all.nq >mixed.nq
	tidings upload --method gsp --endpoint "$STORE" mixed.nq
	exits 0
	says 'confirmed by the store: 2'
	[ "$(cat store/1.nt store/2.nt | rapper -q -i turtle - http://base.example.org/ | wc -l)" -eq "$(wc -l <all.nq)" ]
}

@test "upload: several documents without graph names need --graph" {
	start_store ok
	"$TIDINGS" -o two.ttl a.txt b.txt
	tidings upload --method gsp --endpoint "$STORE" two.ttl
	exits 3
	says '--graph'
	tidings upload --method gsp --endpoint "$STORE" --graph http://example.org/all two.ttl
	exits 0
	[ "$(cat store/1.name)" = http://example.org/all ]
	tidings upload --endpoint "$STORE" --graph http://example.org/all two.ttl two.ttl
	exits 2
}

@test "upload: a graph that comes in two files is not replaced by its second half" {
	start_store ok
	"$TIDINGS" --url http://example.org/a -o a.nq a.txt
	cp a.nq again.nq
	tidings upload --method gsp --endpoint "$STORE" a.nq again.nq
	exits 1
	says 'again.nq'
	says 'earlier file'
	[ "$(ls store/*.nt | wc -l)" -eq 1 ]
}

@test "upload: bad files are reported, the others are sent" {
	start_store ok
	"$TIDINGS" -o a.nq a.txt
	echo 'this is no RDF' >bad.nq
	: >empty.nq
	tidings upload --method gsp --endpoint "$STORE" bad.nq empty.nq missing.nq a.nq
	exits 1
	says bad.nq
	says empty.nq
	says missing.nq
	says 'confirmed by the store: 1'
}

@test "--verify: what the store holds is counted" {
	start_store ok
	"$TIDINGS" -o two.nq a.txt b.txt
	tidings upload --verify --endpoint "$STORE" two.nq
	exits 0
	says 'confirmed by the store: 2'
	tidings --verify --method gsp --upload "$STORE" --query "${STORE%store}other/query" a.txt
	exits 0
	tidings --verify --upload "$STORE/" c.txt
	exits 0
	tidings upload --verify --endpoint "${STORE%store}elsewhere" two.nq
	exits 2
	says '--query URL'
	tidings upload --query "${STORE%store}query" --endpoint "$STORE" two.nq
	exits 2
}

@test "--verify: a store that confirms and loses is found out" {
	start_store lossy
	"$TIDINGS" -f nquads -o two.nq a.txt b.txt
	n=$("$TIDINGS" -f nquads a.txt | wc -l)
	tidings upload --verify --endpoint "$STORE" two.nq
	exits 6
	says "holds $((n - 1)) triples of it where $n were sent"
	tidings --resume journal --verify --upload "$STORE" a.txt b.txt
	exits 1
	says 'confirmed by the store: 0'
	[ ! -s journal ]
}

@test "upload: the exit status says what to do next" {
	"$TIDINGS" -o a.nq a.txt
	tidings upload --timeout 2 --endpoint http://127.0.0.1:9/store a.nq
	exits 4
	tidings upload --endpoint http://127.0.0.1:9/store missing.nq
	exits 3
	start_store login
	tidings upload --endpoint "$STORE" a.nq
	exits 5
	kill "$STORE_PID"
	rm -r store
	start_store refuse
	tidings upload --endpoint "$STORE" a.nq
	exits 6
}
