#!/usr/bin/env bats
# --state: a collection that changes. What is unchanged is not built again, what has vanished can be taken away, whatever kills a run.
load helper

feed() { # FROM TO
	for i in $(seq "$1" "$2"); do
		printf '{"id": "d%d", "date": "2019-03-14", "text": "Police arrested %d men in Paris on Monday. Angela Merkel met Barack Obama in Berlin."}\n' "$i" "$i"
	done
}
kept() { tidings --state state --out-dir out -f nquads --report report.json "$@"; }
reports() { jq -e "$1" report.json || fail "the report does not say: $1; it says $(cat report.json)"; }
# the folder is what a fresh build makes of the same input
fresh() { rm -rf fresh; "$TIDINGS" -q --out-dir fresh -f nquads "$@"; diff -r fresh out; }

@test "what is new and what has changed is built; what is unchanged is not; what has vanished is told" {
	feed 1 6 >feed.jsonl
	kept feed.jsonl
	exits 0
	reports '.documents == 6 and .done_before == 0 and .vanished == 0'
	kept feed.jsonl
	exits 0
	reports '.documents == 6 and .done_before == 6 and .words == 0'
	sed -i '2s/Paris/London/; 5d' feed.jsonl
	feed 7 7 >>feed.jsonl
	kept -v feed.jsonl
	exits 0
	reports '.documents == 6 and .done_before == 4 and .vanished == 1 and .dropped == 0'
	says '1 have vanished (--drop-vanished takes them away)'
	[ "$(ls out | wc -l)" -eq 7 ]
	kept -v --drop-vanished feed.jsonl
	exits 0
	says 'doc/d5>: in the input no more, dropped'
	says '1 have vanished and were dropped'
	reports '.done_before == 6 and .vanished == 1 and .dropped == 1'
	fresh feed.jsonl
	kept --drop-vanished feed.jsonl
	reports '.done_before == 6 and .vanished == 0 and .dropped == 0'
	# it comes back
	feed 5 5 >>feed.jsonl
	kept --drop-vanished feed.jsonl
	reports '.done_before == 6 and .documents == 7 and .vanished == 0'
	fresh feed.jsonl
}

@test "a file that somebody took away is made again" {
	feed 1 3 >feed.jsonl
	kept feed.jsonl
	rm out/d2-*
	kept feed.jsonl
	reports '.done_before == 2'
	fresh feed.jsonl
}

@test "another lexicon, knowledge base, model or option: all is built anew, under whatever name the file stands" {
	feed 1 3 >feed.jsonl
	data=${TIDINGS_DATA:-$BUILD/share}
	cp "$data/lexicon.tsv" my.tsv
	cp "$data/world.tdk" my.tdk
	again() { kept --lexicon my.tsv --no-default-kb --kb my.tdk "$@" feed.jsonl; }
	again
	reports '.done_before == 0'
	again
	reports '.done_before == 3'
	again --provenance full
	reports '.done_before == 0'
	again --provenance full
	reports '.done_before == 3'
	printf '# a remark\n' >>my.tsv
	again --provenance full
	reports '.done_before == 0'
	"$TIDINGS" kb build -q -o my.tdk "$DATA/company.nt"
	again --provenance full
	reports '.done_before == 0'
	again --provenance full
	reports '.done_before == 3'
}

@test "nothing is dropped when documents could not be read, or there are none" {
	mkdir news
	for i in 1 2 3; do echo "Police arrested $i men in Paris on Monday." >news/$i.txt; done
	kept news
	[ "$(ls out | wc -l)" -eq 3 ]
	printf '\xff\xfe' >news/2.txt
	kept --drop-vanished news
	exits 1
	says 'nothing is dropped'
	[ "$(ls out | wc -l)" -eq 3 ]
	reports '.vanished == 1 and .dropped == 0 and .failed == 1'
	rm news/*
	kept --drop-vanished news
	exits 1
	says 'no document'
	[ "$(ls out | wc -l)" -eq 3 ]
	kept --strict --drop-vanished missing.txt
	exits 1
	[ "$(ls out | wc -l)" -eq 3 ]
	echo 'Police arrested 9 men in Paris on Monday.' >news/9.txt
	kept --drop-vanished news
	exits 0
	[ "$(ls out | wc -l)" -eq 1 ]
}

@test "a document that fails, but whose name is known, has not vanished" {
	feed 1 4 >feed.jsonl
	kept feed.jsonl
	sed -i '2s/"text": .*/"text": "{mosads}"}/; 3d' feed.jsonl
	kept --drop-vanished feed.jsonl
	exits 1
	says 'feed.jsonl:2'
	reports '.failed == 1 and .dropped == 1'
	[ "$(ls out | grep -cE '^d[124]-')" -eq 3 ]
}

@test "the state of one place is not taken for that of another; a state has one run at a time" {
	kept a.txt
	exits 0
	tidings --state state --out-dir other -f nquads a.txt
	exits 2
	says 'is the state of another'
	tidings --state state --out-dir out -f turtle a.txt
	exits 2
	(cd out && "$TIDINGS" --state ../state --out-dir ../out -f nquads ../a.txt) # the same place by another name
	tidings --state state a.txt
	exits 2
	tidings --state state --resume journal --out-dir out a.txt
	exits 2
	tidings --drop-vanished --out-dir out a.txt
	exits 2
	$PYTHON - "$PWD/state/documents" <<-'END' 3>&- &
		import fcntl, sys, time
		f = open(sys.argv[1], 'a')
		fcntl.lockf(f, fcntl.LOCK_EX)
		open(sys.argv[1] + '.held', 'w')
		time.sleep(30)
	END
	STORE_PID=$!
	for i in $(seq 100); do [ -e state/documents.held ] && break; sleep 0.05; done
	kept a.txt
	exits 1
	says 'another run'
}

@test "a store: vanished graphs are dropped there" {
	start_store ok
	sent() { tidings --state state --method "${METHOD:-gsp}" --upload "$STORE" --report report.json "$@"; }
	feed 1 4 >feed.jsonl
	sent feed.jsonl
	exits 0
	sed -i 2d feed.jsonl
	rm store/3.nt store/3.name # gone from the store already: its DELETE is answered by 404
	sed -i '/"d3"/d' feed.jsonl
	sent --drop-vanished feed.jsonl
	exits 0
	reports '.done_before == 2 and .dropped == 2'
	[ "$(sort store/deleted | sed 's|.*/||' | tr '\n' ' ')" = 'd2 d3 ' ]
	[ "$(cat store/*.name | grep -oE 'd[0-9]' | tr '\n' ' ')" = 'd1 d4 ' ]
	sent --drop-vanished feed.jsonl
	reports '.dropped == 0'
}

@test "a store that does not answer: nothing is taken for dropped" {
	start_store ok
	feed 1 3 >feed.jsonl
	tidings --state state --method gsp --upload "$STORE" feed.jsonl
	kill "$STORE_PID"
	STORE_PID=
	sed -i 2d feed.jsonl
	tidings --state state --method gsp --upload "$STORE" --drop-vanished feed.jsonl
	exits 1
	[ "$(grep -c '^gone' state/documents)" -eq 0 ]
}

@test "killed at any moment while documents come, change and go: in the end the folder is that of a fresh build" {
	kills=0
	for round in 1 2 3; do
		feed $((round * 50)) $((round * 50 + 200)) | sed "s/Monday/day $((round / 2))/" >feed.jsonl
		for try in $(seq 40); do
			"$TIDINGS" -q -j 2 --state state --out-dir out -f nquads --drop-vanished feed.jsonl 3>&- &
			pid=$!
			sleep "$(printf 0.%02d $((try + RANDOM % 15)))" # longer and longer, so that it ends
			kill -9 "$pid" 2>/dev/null || true
			wait "$pid" && break
			kills=$((kills + 1))
		done
		: >"out/d1-00000000000000000000000000000000.nq.AbC123"
		kept --drop-vanished feed.jsonl
		exits 0
		fresh feed.jsonl
	done
	kept --drop-vanished feed.jsonl
	reports '.done_before == 201 and .vanished == 0'
	[ "$kills" -gt 0 ] || fail 'it was never killed'
}

@test "a state does not grow with the runs, and a torn last line is no harm" {
	feed 1 300 >feed.jsonl
	for day in 1 2 3 4 5 6 7 8; do
		sed "s/Monday/day $day/" feed.jsonl >today.jsonl
		kept -q today.jsonl
	done
	[ "$(wc -l <state/documents)" -le 1300 ]
	truncate -s -10 state/documents
	kept today.jsonl
	reports '.done_before == 299'
	fresh today.jsonl
}
