#!/usr/bin/env bats
# Large loads: a file a document, strictness, reports, going on where a killed run stopped, merging.
load helper

feed() { # N: so many documents
	for i in $(seq "$1"); do
		printf '{"id": "d%d", "date": "2019-03-14", "text": "Police arrested %d men in Paris on Monday. Angela Merkel met Barack Obama in Berlin."}\n' "$i" "$i"
	done
}

@test "--out-dir: one file a document, the same as the stream in pieces" {
	feed 5 >feed.jsonl
	"$TIDINGS" -f nquads feed.jsonl a.txt >expected
	tidings --out-dir out -f nquads feed.jsonl a.txt
	exits 0
	prints_nothing
	[ "$(ls out | wc -l)" -eq 6 ]
	[ "$(ls out | grep -cE '^d[1-5]-[0-9a-f]{32}\.nq$')" -eq 5 ]
	cat out/* | LC_ALL=C sort | cmp <(LC_ALL=C sort expected) -
	for f in out/*; do [ "$(grep -oE '[^ ]+ \.$' "$f" | sort -u | wc -l)" -eq 1 ]; done
	tidings --out-dir out -f nquads -j 3 feed.jsonl a.txt
	[ "$(ls out | wc -l)" -eq 6 ]
	tidings --out-dir ttl feed.jsonl
	for f in ttl/*.ttl; do rapper -q -c -i turtle "$f"; done
}

@test "--out-dir: names that look alike stay apart, and none leads out of the folder" {
	cat >feed.jsonl <<-'END'
		{"url": "http://example.org/a/../../x", "text": "Police arrested two men in Paris."}
		{"url": "http://example.org/b/..", "text": "Police arrested three men in Paris."}
		{"url": "http://example.org/x", "text": "Police arrested four men in Paris."}
		{"url": "http://example.org/x/", "text": "Police arrested five men in Paris."}
		{"url": "http://example.org/x?y=1", "text": "Police arrested six men in Paris."}
		{"url": "http://example.org/X", "text": "Police arrested seven men in Paris."}
	END
	mkdir inner
	tidings --out-dir inner/out -f nt feed.jsonl
	exits 0
	[ "$(ls inner)" = out ]
	[ "$(ls -A inner/out | wc -l)" -eq 6 ]
	[ "$(ls -A inner/out | grep -c '^\.')" -eq 0 ]
}

@test "--out-dir that cannot be: a file, no rights, a full disk; nothing half written stays" {
	: >taken
	tidings --out-dir taken a.txt
	exits 1
	says taken
	tidings --out-dir no/such/place a.txt
	exits 1
	tidings --out-dir out -o x.nq a.txt
	exits 2
	(ulimit -f 1; "$TIDINGS" --out-dir out --with-text --provenance full -f nt "$DATA/harbour-visit.txt" 2>message) && exit 1
	[ -z "$(ls -A out)" ]
}

@test "--strict stops at the first bad document" {
	printf '\xff\xfe' >bad.txt
	tidings --strict -j 1 -f nquads a.txt bad.txt b.txt
	exits 1
	says bad.txt
	[ "$(grep -c NewsArticle <<<"$output")" -eq 1 ]
	tidings --strict -f nquads -o out.nq a.txt bad.txt b.txt
	exits 1
	[ ! -e out.nq ]
	[ -z "$(ls | grep out.nq)" ]
	tidings --strict -f nquads a.txt b.txt
	exits 0
}

@test "--report: what was read, what failed and why, what was made of it" {
	printf '\xff\xfe' >bad.txt
	: >empty.txt
	cp a.txt again.txt
	tidings -f nquads --report report.json a.txt bad.txt empty.txt again.txt b.txt missing.txt
	exits 1
	n=$(wc -l <<<"$output")
	jq -e ".documents == 6 and .failed == 3 and .repeated == 1 and .done_before == 0 and .triples == $n" report.json
	jq -e '.failures == {"invalid UTF-8": 1, "no text": 1, "input/output error": 1}' report.json
	jq -e '.words > 15 and .mentions >= .entities and .entities >= .entities_without_link and .events >= 2 and .seconds > 0' report.json
	jq -e '.words_per_second * .seconds - .words | fabs < 5' report.json
	says '3 of 6 documents failed; '
	tidings --strict -j 1 -f nquads --report report.json bad.txt a.txt
	jq -e '.documents == 1 and .failed == 1' report.json
	tidings -f nquads --report no/such/file a.txt
	exits 1
	tidings -q -f nquads a.txt b.txt
	silent
}

@test "--max-bytes and --max-seconds pass documents over" {
	tidings -f nquads --max-bytes 50 a.txt b.txt
	exits 1
	says 'a.txt'
	[ "$(grep -c NewsArticle <<<"$output")" -eq 1 ]
	for i in $(seq 4000); do cat "$DATA/harbour-visit.txt"; done >long.txt
	tidings -f nquads --max-seconds 1 long.txt a.txt
	exits 1
	says 'long.txt: it took more than 1 seconds'
	[ "$(grep -c NewsArticle <<<"$output")" -eq 1 ]
}

@test "--resume: what is done is not done again; what has changed is" {
	feed 4 >feed.jsonl
	tidings --resume journal --out-dir out -f nquads feed.jsonl
	exits 0
	[ "$(wc -l <journal)" -eq 4 ]
	rm out/d2-*
	tidings -v --resume journal --out-dir out -f nquads feed.jsonl
	exits 0
	says '4 were done before'
	says 'feed.jsonl:1: done before'
	[ "$(ls out | wc -l)" -eq 3 ]
	sed -i '3s/Paris/London/' feed.jsonl
	feed 5 | tail -1 >>feed.jsonl
	tidings --resume journal --out-dir out -f nquads --report report.json feed.jsonl
	exits 0
	jq -e '.done_before == 3 and .documents == 5' report.json
	grep -q London out/d3-*
	[ "$(wc -l <journal)" -eq 6 ]
	# another place, or other settings: all anew
	tidings --resume journal --out-dir other -f nquads --report report.json feed.jsonl
	jq -e '.done_before == 0' report.json
	[ "$(ls other | wc -l)" -eq 5 ]
	# the last line of a journal may be half written
	head -c -30 journal >torn
	tidings --resume torn --out-dir other -f nquads --report report.json feed.jsonl
	exits 0
	jq -e '.done_before == 4' report.json
	[ "$(wc -l <torn)" -eq "$(wc -l <journal)" ]
	tail -1 torn | cmp - <(tail -1 journal)
}

@test "--resume: two documents of one name are told apart although one was done before" {
	printf '%s\n' '{"id": "x", "text": "Obama met Merkel in Berlin."}' '{"id": "x", "text": "Police arrested three men."}' >twins.jsonl
	for i in 1 2; do
		tidings --resume journal --out-dir out -f nquads twins.jsonl
		exits 1
		says 'twins.jsonl:2'
		says 'the same name'
	done
	[ "$(wc -l <journal)" -eq 1 ]
}

@test "--resume needs a place that keeps documents, and a journal of its own" {
	tidings --resume journal a.txt
	exits 2
	tidings --resume journal -o out.nq a.txt
	exits 2
	[ ! -e journal ]
	$PYTHON - "$PWD/journal" <<-'END' 3>&- &
		import fcntl, sys, time
		f = open(sys.argv[1], 'a')
		fcntl.lockf(f, fcntl.LOCK_EX)
		open(sys.argv[1] + '.held', 'w')
		time.sleep(30)
	END
	STORE_PID=$!
	for i in $(seq 100); do [ -e journal.held ] && break; sleep 0.05; done
	tidings --resume journal --out-dir out a.txt
	exits 1
	says 'another run'
}

@test "--resume: what the store refused is sent again, what it has confirmed is not" {
	start_store second
	tidings --method gsp --resume journal --upload "$STORE" a.txt b.txt c.txt
	exits 1
	[ "$(wc -l <journal)" -eq 2 ]
	tidings --method gsp --resume journal --upload "$STORE" a.txt b.txt c.txt
	exits 0
	says 'confirmed by the store: 1'
	[ "$(wc -l <journal)" -eq 3 ]
	[ "$(cat store/*.name | tr -s '\n' | wc -c)" -gt 0 ]
	[ "$(ls store/*.nt | wc -l)" -eq 3 ]
}

@test "killed at any moment, the load ends with every graph sent and noted once" {
	start_store slow
	feed 60 >feed.jsonl
	runs=0
	until [ "$runs" -ge 60 ]; do
		runs=$((runs + 1))
		"$TIDINGS" -q -j 2 --method gsp --resume journal --upload "$STORE" feed.jsonl 2>/dev/null 3>&- &
		pid=$!
		sleep "0.$((20 + RANDOM % 50))"
		kill -9 "$pid" 2>/dev/null || true
		wait "$pid" && break
	done
	[ "$runs" -gt 2 ] || fail "it was never killed: $runs"
	tidings --method gsp --resume journal --upload "$STORE" feed.jsonl
	exits 0
	[ "$(wc -l <journal)" -eq 60 ]
	[ "$(awk '{print $4}' journal | sort -u | wc -l)" -eq 60 ]
	for f in store/*.name; do cat "$f"; echo; done | sort -u >names
	diff names <(awk '{print $4}' journal | sort)
	# at most one graph a kill went twice: confirmed, but not noted any more
	[ "$(ls store/*.name | wc -l)" -le $((60 + runs)) ]
	# and each graph is whole
	"$TIDINGS" -q -f nquads feed.jsonl | sed 's/ <[^>]*> \.$/ ./' | LC_ALL=C sort -u >expected
	cat store/*.nt | rapper -q -i turtle -o ntriples - http://base.example.org/ | LC_ALL=C sort -u >got
	rapper -q -i ntriples -o ntriples expected | LC_ALL=C sort -u | cmp - got
}

@test "killed while it writes files: all are there in the end, whole, and nothing else" {
	feed 40 >feed.jsonl
	"$TIDINGS" -q --out-dir expected -f nquads feed.jsonl
	for runs in $(seq 30); do
		"$TIDINGS" -q -j 2 --resume journal --out-dir out -f nquads feed.jsonl 3>&- &
		pid=$!
		sleep "0.$((15 + RANDOM % 40))"
		kill -9 "$pid" 2>/dev/null || true
		wait "$pid" && break
	done
	: >"out/d1-00000000000000000000000000000000.nq.AbC123"
	tidings --resume journal --out-dir out -f nquads feed.jsonl
	exits 0
	diff -r expected out
	[ "$(wc -l <journal)" -eq 40 ]
}

@test "merge: the same bytes for any split, order, packing and memory" {
	feed 30 >feed.jsonl
	"$TIDINGS" -q -f nquads feed.jsonl >all.nq
	LC_ALL=C sort -u all.nq >expected
	tidings merge all.nq
	exits 0
	diff expected - <<<"$output"
	split -n l/7 all.nq part.
	gzip part.aa
	zstd -q --rm part.ab
	"$TIDINGS" merge -q part.?? part.*.gz part.*.zst all.nq | cmp expected -
	"$TIDINGS" merge -q -o merged.nq part.* all.nq
	cmp expected merged.nq
	shuf all.nq | "$TIDINGS" merge -q - | cmp expected -
	tr ' ' '\t' <expected | sed 's/\t\.$/./; s/$/ # remark\r/' >spaced.nq
	grep -v '"' spaced.nq >s.nq
	grep -v '"' expected >e.nq
	"$TIDINGS" merge -q s.nq | cmp e.nq -
	"$TIDINGS" merge -q s.nq e.nq | cmp e.nq -
}

@test "merge: a corpus built in one piece, in 4 and in 16 gives the same bytes" {
	feed 64 >feed.jsonl
	"$TIDINGS" -q -j 2 -f nquads -o whole.nq feed.jsonl
	"$TIDINGS" merge -q -o expected.nq whole.nq
	for pieces in 4 16; do
		rm -rf parts
		mkdir parts
		split -n r/$pieces feed.jsonl parts/ --additional-suffix=.jsonl
		[ "$(ls parts | wc -l)" -eq "$pieces" ]
		for part in parts/*.jsonl; do "$TIDINGS" -q -j 1 -f nquads -o "${part%.jsonl}.nq" "$part"; done
		"$TIDINGS" merge -q -o merged.nq parts/*.nq
		cmp expected.nq merged.nq
	done
}

@test "merge: more than the memory holds goes through files that vanish" {
	$PYTHON - <<-'END' >big.nt
		for i in range(200000):
		    print(f'<http://example.org/{i * 7919 % 150000}> <http://example.org/p> "value {i * 7919 % 150000}" .')
	END
	LC_ALL=C sort -u big.nt >expected
	[ "$(wc -l <expected)" -eq 150000 ]
	mkdir tmp
	for mb in 1 3 64; do
		TMPDIR=$PWD/tmp run --separate-stderr "$TIDINGS" merge --memory $mb -o out.nt big.nt
		exits 0
		says '200000 statements, 150000 of them different'
		cmp expected out.nt
		[ -z "$(ls -A tmp)" ]
	done
	(at_most_kb 200000; TMPDIR=$PWD/tmp "$TIDINGS" merge -q --memory 1 -o out.nt big.nt)
	cmp expected out.nt
	TMPDIR=$PWD/nowhere run --separate-stderr "$TIDINGS" merge --memory 1 -o new.nt big.nt
	exits 1
	says TMPDIR
	[ ! -e new.nt ]
}

@test "merge: lines of megabytes are sorted, too, in the memory that is allowed" {
	$PYTHON -c "
import random
random.seed(1)
for i in range(60):
    print('<http://example.org/%d> <http://example.org/p> \"%s\" .' % (random.randrange(40), 'xyz'[i % 3] * random.choice([5, 1500000, 100])))" >long.nt
	LC_ALL=C sort -u long.nt >expected
	for mb in 16 256; do
		(at_most_kb 600000; "$TIDINGS" merge -q --memory $mb -o out.nt long.nt)
		cmp expected out.nt
	done
	tidings merge --memory 1 -o out.nt long.nt
	exits 1
	says "a line of more than"
}

@test "merge: bad lines are named and left out" {
	"$TIDINGS" -q -f nquads a.txt b.txt >good.nq
	{
		head -3 good.nq
		echo 'this is no statement'
		echo '<http://x/s> <http://x/p> _:b .'
		printf '<http://x/s> <http://x/p> "\xff" .\n'
		printf '\n# a remark\n'
		tail -n +4 good.nq
	} >mixed.nq
	tidings merge mixed.nq
	exits 1
	says 'mixed.nq:4: '
	says 'mixed.nq:5: '
	says 'blank node'
	says 'mixed.nq:6: '
	[[ $stderr != *mixed.nq:7* && $stderr != *mixed.nq:8* ]]
	diff <(LC_ALL=C sort -u good.nq) - <<<"$output"
	tidings merge missing.nq good.nq
	exits 1
	says missing.nq
	diff <(LC_ALL=C sort -u good.nq) - <<<"$output"
	tidings merge
	exits 2
	: >empty.nq
	tidings merge -o out.nq empty.nq
	exits 1
	[ ! -e out.nq ]
	"$TIDINGS" merge -q good.nq >/dev/full && exit 1
	true
}
