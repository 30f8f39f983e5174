#!/usr/bin/env bats
# Uploads to stores that misbehave, one graph after the other and eight at once: what is said, noted and stored is the same.
load helper
load scripted

# Sends 24 graphs through a fault with --parallel 1 and 8, and leaves what the first run said.
both() { # EXIT FAULT [OPTION…] [-- KEY=VALUE…]
	local exit=$1 fault=$2 options=() n timeout=60
	[ "$fault" != silent ] || timeout=4 # time enough for the others, whatever else the machine does
	shift 2
	while [ $# -gt 0 ] && [ "$1" != -- ]; do options+=("$1"); shift; done
	shift || true
	graphs 24 >all.nq
	for n in 1 8; do
		start_store "fault=$fault" graphs=5 "$@"
		rm -f "journal.$n"
		tidings upload --timeout "$timeout" --gsp "$STORE" --parallel $n --resume "journal.$n" "${options[@]}" all.nq
		exits "$exit"
		heard >"said.$n"
		cut -d ' ' -f 4 "journal.$n" >"noted.$n"
	done
	diff said.1 said.8
	[ "$exit" -eq 4 ] || diff noted.1 noted.8
}

@test "what passes by itself is tried again: nobody notices" {
	for fault in cut half none busy later continue; do
		both 0 $fault -- times=1
		says 'confirmed by the store: 24'
		stored all.nq
	done
}

@test "a request that the store gave up for another one is sent again as it was" {
	for fault in deadlock deadlock_page; do
		both 0 $fault -- times=2
		says 'confirmed by the store: 24'
		stored all.nq
		[ "$(grep -c ' PUT 5 .* 500' store/log)" -eq 2 ]
	done
	graphs 24 >all.nq
	for n in 1 8; do
		start_store fault=deadlock graphs=5,6 times=2
		tidings upload --verify --update "$HOST/update" --query "$HOST/query" --parallel $n all.nq
		exits 0
		says 'confirmed by the store: 24'
		stored all.nq
		# the same bytes three times, not a smaller batch, and no smaller ones behind it
		for g in 5 6; do
			[ "$(grep -c " POST $g " store/log)" -eq 3 ]
			[ "$(grep " POST $g " store/log | cut -d ' ' -f 4 | sort -u | wc -l)" -eq 1 ]
		done
		[ "$(grep -c ' POST [0-9]' store/log)" -eq 28 ]
	done
	# not for ever, and not halved in the end
	for to in --gsp "--update"; do
		start_store fault=deadlock graphs=5
		tidings upload $to "$HOST/$([ $to = --gsp ] && echo store || echo update)" --parallel 8 all.nq
		exits 1
		says 'graphs/5>: '
		says 'HTTP 500: Virtuoso 40001 Error SR172: Transaction deadlocked'
		says 'confirmed by the store: 23'
		stored all.nq 5
		[ "$(cut -d ' ' -f 2-4 store/log | grep -E '^(PUT|POST) 5 ' | sort -u | wc -l)" -eq 1 ]
	done
}

@test "graphs that fail are named, the others arrive" {
	for fault in page type refuse circle elsewhere headers huge endless early; do
		both 1 $fault
		says 'all.nq: <http://made.example/graphs/5>: '
		says 'confirmed by the store: 23'
		[[ $fault == type ]] || stored all.nq 5
	done
}

@test "the store's own words are shown, without what they do to a terminal" {
	both 1 refuse
	says 'HTTP 400: line 1:  [31mno such thing (the store did not'
	both 1 huge
	says 'HTTP 500: The disk is full'
	both 1 page
	says 'web page'
	both 1 early
	says 'HTTP 413: no more than that'
	both 1 circle
	says 'in circles'
	both 1 elsewhere
	says 'http://other.invalid/store'
	both 1 headers
	says 'longer than'
}

@test "what answers no HTTP, or nothing, ends the run at once" {
	for fault in silent garbage status header; do
		both 4 $fault
		says 'all.nq: <http://made.example/graphs/5>: '
		says 'confirmed by the store: 4'
		[ "$(wc -l <said.1)" -eq 2 ]
	done
}

@test "an answer that drips for ever ends some time" {
	SECONDS=0
	graphs 24 >all.nq
	start_store fault=drip graphs=5
	tidings upload --timeout 2 --gsp "$STORE" --parallel 8 all.nq
	exits 4
	says 'confirmed by the store: 4'
	[ "$SECONDS" -lt 100 ] # it would drip for twenty minutes
}

@test "a busy store is given up after some tries, an impatient one at once" {
	both 1 busy
	says 'HTTP 503'
	says 'asks for 1 seconds of patience'
	[ "$(grep -c ' PUT 5 ' store/log)" -eq 4 ]
	stored all.nq 5
}

@test "what was done and what is left is the same whatever the order of answers" {
	graphs 60 >all.nq
	for n in 1 3 16; do
		start_store delay=0.01 fault=refuse graphs=7,8,30
		tidings upload -v --gsp "$STORE" --parallel $n --resume "journal.$n" all.nq
		exits 1
		heard >"said.$n"
		stored all.nq 7 8 30
		cut -d ' ' -f 4 "journal.$n" >"noted.$n"
	done
	cmp said.1 said.3
	cmp said.1 said.16
	cmp noted.1 noted.3
	cmp noted.1 noted.16
	[ "$(wc -l <noted.1)" -eq 57 ]
}

@test "a store that refuses all is not asked for ever" {
	graphs 100 >all.nq
	for n in 1 8; do
		start_store fault=refuse
		tidings upload --gsp "$STORE" --parallel $n all.nq
		exits 6
		heard >"said.$n"
		says 'refused the last 20 graphs; given up'
	done
	cmp said.1 said.8
}

@test "connections are kept" {
	graphs 50 >all.nq
	for n in 1 8; do
		start_store
		tidings upload --verify --gsp "$STORE" --parallel $n all.nq
		exits 0
		stored all.nq
		[ "$(grep -c ' PUT ' store/log)" -eq 50 ]
		[ "$(cut -d ' ' -f 1 store/log | sort -u | wc -l)" -le $((n + 1)) ]
	done
}

@test "Digest and Basic: no body goes twice once the store has said what it wants" {
	echo user:secret >auth
	graphs 120 >all.nq
	for auth in digest basic; do
		for n in 1 8; do
			start_store auth=$auth
			tidings upload --gsp "$STORE" --auth-file auth --parallel $n all.nq
			exits 0
			stored all.nq
			[ "$(grep -c ' PUT ' store/log)" -le $((120 + n + 6)) ]
			[ "$(cut -d ' ' -f 1 store/log | sort -u | wc -l)" -le $((2 * n)) ]
		done
	done
	echo 'Bearer s3cret' >auth
	start_store auth=bearer
	tidings upload --gsp "$STORE" --auth-file auth --parallel 8 all.nq
	exits 0
	[ "$(wc -l <store/log)" -eq 120 ]
	echo user:hunter2 >auth
	start_store auth=digest
	tidings upload --gsp "$STORE" --auth-file auth --parallel 8 all.nq
	exits 5
	[[ $stderr != *hunter2* ]]
	says 'confirmed by the store: 0'
	[ "$(wc -l <<<"$stderr")" -eq 2 ]
}

@test "a large graph waits for 100 Continue, and goes once" {
	awk 'BEGIN { for (i = 0; i < 30000; i++) printf "<http://made.example/s%d> <http://made.example/p> \"value %d\" <http://made.example/graphs/1> .\n", i, i }' >all.nq
	echo user:secret >auth
	for auth in basic digest; do
		start_store auth=$auth
		for n in 1 2; do
			tidings upload --gsp "$STORE" --auth-file auth all.nq
			exits 0
			stored all.nq
		done
	done
	start_store fault=cut times=1
	tidings upload --gsp "$STORE" --parallel 4 all.nq
	exits 0
	stored all.nq
}

@test "user and password out of netrc" {
	graphs 3 >all.nq
	start_store auth=basic
	mkdir home
	echo 'machine 127.0.0.1 login user password secret' >home/.netrc
	chmod 600 home/.netrc
	HOME=$PWD/home tidings upload --gsp "$STORE" all.nq
	exits 0
	stored all.nq
}

@test "a proxy, as curl has it" {
	graphs 3 >all.nq
	start_store
	http_proxy=$HOST tidings upload --gsp http://store.invalid:7878/store all.nq
	exits 0
	stored all.nq
	says 'without TLS'
	http_proxy=http://127.0.0.1:9 no_proxy=127.0.0.1 tidings upload --gsp "$STORE" all.nq
	exits 0
	[[ $stderr != *TLS* ]] || fail 'it warns of loopback'
	http_proxy=http://127.0.0.1:9 tidings upload -q --timeout 1 --gsp http://store.invalid:7878/store all.nq
	exits 4
	[[ $stderr != *TLS* ]]
}

@test "--gzip: packed where the store takes it, plain where it answers 415" {
	graphs 30 >all.nq
	start_store
	tidings upload --gzip --verify --gsp "$STORE" --parallel 4 all.nq
	exits 0
	stored all.nq
	[ "$(grep -c ' PUT .* gzip' store/log)" -eq 30 ]
	start_store gzip=no
	tidings upload --gzip --verify --gsp "$STORE" --parallel 4 all.nq
	exits 0
	says 'takes no gzip'
	stored all.nq
	[ "$(grep -c ' PUT .* gzip' store/log)" -le 4 ]
	start_store fault=refuse graphs=5
	tidings upload --gzip --gsp "$STORE" all.nq
	exits 1
	says 'confirmed by the store: 29'
	stored all.nq 5
}

@test "--verify: many graphs in one query, one by one where the store cannot" {
	graphs 1000 >all.nq
	start_store
	tidings upload --verify --gsp "$STORE" --parallel 8 all.nq
	exits 0
	says 'confirmed by the store: 1000'
	stored all.nq
	[ "$(grep -c 'POST' store/log)" -le 14 ]
	graphs 40 >all.nq
	start_store query=single
	tidings upload --verify --gsp "$STORE" --parallel 8 all.nq
	exits 0
	says 'confirmed by the store: 40'
	[ "$(grep -c 'POST' store/log)" -eq 41 ]
	start_store query=html
	tidings upload --verify --gsp "$STORE" --parallel 8 all.nq
	exits 6
	says 'web page'
}

@test "--verify: each graph that is not as it was sent is named" {
	graphs 600 >all.nq
	for n in 1 8; do
		start_store query=lies graphs=5,300,600
		tidings upload --verify --gsp "$STORE" --parallel $n --resume "journal.$n" all.nq
		exits 1
		says 'confirmed by the store: 597'
		[ "$(grep -c 'holds .* triples of it where' <<<"$stderr")" -eq 3 ]
		says 'graphs/300>: the store has confirmed the graph, but holds 6 triples of it where 7 were sent'
		[ "$(wc -l <"journal.$n")" -eq 597 ]
		! grep -qE 'graphs/(5|300|600)$' "journal.$n"
		heard >"said.$n"
	done
	cmp said.1 said.8
}

@test "killed at any moment, upload --parallel 8 ends with each graph whole and noted once" {
	graphs 400 >all.nq
	start_store delay=0.004
	runs=0
	until [ "$runs" -ge 80 ]; do
		runs=$((runs + 1))
		"$TIDINGS" upload -q --gsp "$STORE" --parallel 8 --resume journal all.nq 2>/dev/null 3>&- &
		pid=$!
		sleep "0.0$((20 + RANDOM % 79))"
		kill -9 "$pid" 2>/dev/null || true
		wait "$pid" && break
	done
	[ "$runs" -gt 3 ] || fail "it was never killed: $runs"
	tidings upload --gsp "$STORE" --parallel 8 --resume journal all.nq
	exits 0
	stored all.nq
	[ "$(ls store/graphs | grep -vc part)" -eq 400 ]
	[ "$(cut -d ' ' -f 4 journal | sort -u | wc -l)" -eq 400 ]
	[ "$(wc -l <journal)" -eq 400 ]
	# at most as many graphs as were on their way, or waited for their turn, went again behind each kill
	[ "$(grep -c ' PUT ' store/log)" -le $((400 + 64 * runs)) ]
	# a changed graph is sent again, alone
	sed -i 's|value 0 of 33"|value new of 33"|' all.nq
	: >store/log
	tidings upload --gsp "$STORE" --parallel 8 --resume journal all.nq
	exits 0
	says 'confirmed by the store: 1'
	stored all.nq
}

@test "build: killed at any moment with --parallel 8, and each document arrives" {
	for i in $(seq 60); do
		printf '{"id": "d%d", "date": "2019-03-14", "text": "Police arrested %d men in Paris on Monday."}\n' "$i" "$i"
	done >feed.jsonl
	start_store delay=0.01
	runs=0
	until [ "$runs" -ge 60 ]; do
		runs=$((runs + 1))
		"$TIDINGS" -q -j 2 --gsp "$STORE" --verify --parallel 8 --resume journal feed.jsonl 2>/dev/null 3>&- &
		pid=$!
		sleep "0.$((20 + RANDOM % 50))"
		kill -9 "$pid" 2>/dev/null || true
		wait "$pid" && break
	done
	tidings --gsp "$STORE" --verify --parallel 8 --resume journal feed.jsonl
	exits 0
	[ "$(cut -d ' ' -f 4 journal | sort -u | wc -l)" -eq 60 ]
	for i in $(seq 60); do
		sed -n "${i}p" feed.jsonl | "$TIDINGS" -q -f ntriples - | cmp - "store/graphs/d$i" || fail "document $i"
	done
}

@test "build: what fails and what is passed over is told in input order" {
	{
		for i in 1 2 3 4 5 6; do printf '{"id": "d%d", "text": "Police arrested %d men in Paris."}\n' "$i" "$i"; done
		echo '{"id": "d1", "text": "Police arrested 1 men in Paris."}'
		echo '{"broken'
		echo '{"id": "d2", "text": "Another text."}'
		for i in 7 8 9; do printf '{"id": "d%d", "text": "Police arrested %d men in Paris."}\n' "$i" "$i"; done
	} >feed.jsonl
	for n in 1 8; do
		start_store delay=0.03 fault=refuse graphs=d3,d8
		tidings -v --gsp "$STORE" --parallel $n -o "out.$n.nq" feed.jsonl
		exits 1
		heard | sed 's/ in [0-9.]* s, .*//' >"said.$n"
		says 'confirmed by the store: 7'
	done
	diff said.1 said.8
	cmp out.1.nq out.8.nq
	[ "$(grep -cE 'd8>.*HTTP 400|HTTP 400' said.8)" -eq 2 ]
	# --strict: nothing behind the first bad document is told of
	for n in 1 8; do
		start_store delay=0.03
		tidings -v --strict --gsp "$STORE" --parallel $n feed.jsonl
		exits 1
		heard | sed 's/ in [0-9.]* s, .*//' >"said.$n"
	done
	diff said.1 said.8
}

@test "upload reads standard input" {
	graphs 5 >all.nq
	start_store
	run --separate-stderr "$TIDINGS" upload --gsp "$STORE" - <all.nq
	exits 0
	stored all.nq
	"$TIDINGS" --url http://example.org/news/a -f turtle a.txt >a.ttl
	"$TIDINGS" --url http://example.org/news/a -f rdfxml a.txt >a.rdf
	"$TIDINGS" --url http://example.org/news/a -f ntriples a.txt >a.nt
	for f in ttl rdf nt; do
		rm -f store/graphs/a
		run --separate-stderr "$TIDINGS" upload --gsp "$STORE" - <a.$f
		exits 0
		LC_ALL=C sort store/graphs/a | cmp - <(LC_ALL=C sort a.nt)
	done
}

@test "N-Quads with a bad line at the end: nothing of them leaves" {
	graphs 30 >all.nq
	cp all.nq bad.nq
	echo '<http://made.example/s> <http://made.example/p> "cut off' >>bad.nq
	start_store
	tidings upload --gsp "$STORE" --parallel 4 bad.nq
	exits 3
	says "bad.nq: line $(wc -l <bad.nq): byte 56: "
	[ ! -s store/log ]
	printf '<http://made.example/s> <http://made.example/p> "bad \xff" <http://made.example/graphs/1> .\n' >>all.nq
	tidings upload --gsp "$STORE" all.nq
	exits 3
	says 'invalid UTF-8'
	[ ! -s store/log ]
}

@test "N-Quads in one piece a graph, interleaved, with doubles, with triples of no graph" {
	graphs 12 >all.nq
	start_store
	tac all.nq | sort -s -t '"' -k 2 >mixed.nq
	cat mixed.nq all.nq >doubled.nq
	tidings upload --verify --gsp "$STORE" --parallel 4 doubled.nq
	exits 0
	says 'confirmed by the store: 12'
	stored all.nq
	start_store
	{ cat all.nq; echo '<http://made.example/s> <http://made.example/p> <http://made.example/o> .'; } >part.nq
	tidings upload --gsp "$STORE" part.nq
	exits 1
	says '--graph'
	stored all.nq
	echo '_:b <http://made.example/p> "x" <http://made.example/graphs/b> .' >blank.nq
	tidings upload --gsp "$STORE" blank.nq
	exits 3
	[ ! -e store/graphs/b ]
}

@test "N-Quads of any size are sent in little memory" {
	[ -z "${TIDINGS_SANITIZED:-}" ] || skip 'a sanitizer takes what it likes'
	awk 'BEGIN { for (g = 1; g <= 3000; g++) for (i = 0; i < 150; i++)
		printf "<http://made.example/s%d> <http://made.example/p> \"value %d of %d\" <http://made.example/graphs/%d> .\n", i, i, g, g }' >large.nq
	start_store
	$PYTHON - "$TIDINGS" "$STORE" <<-'PY' >kilobytes
		import resource, subprocess, sys
		subprocess.run([sys.argv[1], 'upload', '-q', '--gsp', sys.argv[2], '--parallel', '8', 'large.nq'], check=True)
		print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
	PY
	[ "$(ls store/graphs | wc -l)" -eq 3000 ]
	# the file itself is mapped, and counts
	[ "$(cat kilobytes)" -lt $(($(stat -c %s large.nq) / 1024 + 40000)) ] || fail "$(cat kilobytes) KB"
}

@test "the store is named once" {
	graphs 1 >all.nq
	tidings upload --gsp http://127.0.0.1:9/a --endpoint http://127.0.0.1:9/b all.nq
	exits 2
	says 'choose one'
	tidings upload --update http://127.0.0.1:9/a --method gsp all.nq
	exits 2
	says 'leave --method out'
	tidings --gzip a.txt
	exits 2
	tidings --upload http://127.0.0.1:9/a --gsp http://127.0.0.1:9/b a.txt
	exits 2
	tidings upload --parallel 65 --gsp http://127.0.0.1:9/a all.nq
	exits 2
}
