#!/usr/bin/env bats
# Where data goes: standard output, files that are never left half written, full disks, closed pipes.
load helper

@test "data goes to standard output, messages to standard error" {
	tidings a.txt missing.txt b.txt
	exits 1
	says 'missing.txt'
	[[ $output == *'a schema:NewsArticle'* ]] || fail 'no graph'
	[[ $output != *'tidings:'* ]] || fail 'a message on standard output'
}

@test "a good run says nothing" {
	tidings a.txt
	exits 0
	silent
}

@test "-v names each document, -q not even the summary" {
	tidings -v a.txt b.txt
	exits 0
	says 'a.txt'
	says 'b.txt'
	tidings -q a.txt missing.txt
	exits 1
	[ "$(wc -l <<<"$stderr")" -eq 1 ] || fail 'more than the error'
}

@test "-o writes the same bytes as standard output, with the ordinary mode" {
	"$TIDINGS" -f nquads a.txt >expected
	umask 022
	tidings -f nquads -o out.nq a.txt
	exits 0
	prints_nothing
	cmp expected out.nq
	[ "$(stat -c %a out.nq)" = 644 ]
	[ "$(ls -A | grep -c 'out.nq')" -eq 1 ]
}

@test "-o chooses the format by the name" {
	for pair in ttl:turtle trig:trig nt:ntriples nq:nquads rdf:rdfxml dot:dot; do
		"$TIDINGS" -f "${pair#*:}" a.txt >expected
		"$TIDINGS" -o "out.${pair%:*}" a.txt
		cmp expected "out.${pair%:*}"
	done
}

@test "-o replaces a file, keeps its mode, and follows a link to it" {
	echo old >real.nt
	chmod 600 real.nt
	ln -s real.nt link.nt
	tidings -o link.nt a.txt
	exits 0
	[ -L link.nt ]
	grep -q NewsArticle real.nt
	[ "$(stat -c %a real.nt)" = 600 ]
}

@test "a run that fails leaves the old file as it was, and nothing beside it" {
	echo old >out.ttl
	: >empty.txt
	tidings -o out.ttl empty.txt
	exits 1
	[ "$(cat out.ttl)" = old ]
	[ "$(ls -A | grep -v separate-stderr | tr '\n' ' ')" = 'a.txt b.txt c.txt empty.txt out.ttl ' ] || fail "in the folder: $(ls -A)"
	tidings -o new.ttl missing.txt
	exits 1
	[ ! -e new.ttl ]
}

@test "a run with some bad documents writes the good ones" {
	tidings -f nquads -o out.nq a.txt missing.txt b.txt
	exits 1
	[ "$(grep -c NewsArticle out.nq)" -eq 2 ]
}

@test "a signal removes the unfinished file" {
	for signal in INT TERM HUP; do
		# bash starts background jobs with SIGINT ignored; python does not
		$PYTHON - "$TIDINGS" "$signal" <<-'END'
			import os, signal, subprocess, sys, time
			p = subprocess.Popen([sys.argv[1], '-o', 'out.ttl', '-'], stdin=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
			for _ in range(1000):
			    if [f for f in os.listdir('.') if f.startswith('out.ttl.')]:
			        break
			    time.sleep(0.01)
			number = getattr(signal, 'SIG' + sys.argv[2])
			p.send_signal(number)
			sys.exit(0 if p.wait(10) == -number else 1)
		END
		[ -z "$(ls -A | grep out.ttl)" ]
	done
}

@test "a folder that cannot be written, a folder as the file" {
	tidings -o nowhere/out.ttl a.txt
	exits 1
	says 'nowhere/out.ttl'
	mkdir folder
	tidings -o folder a.txt
	exits 1
	says 'is a directory'
}

@test "a full disk is an error, however little was written" {
	for command in 'a.txt' 'annotate a.txt' '--help' '--man' 'ontology'; do
		run --separate-stderr bash -c "'$TIDINGS' $command >/dev/full"
		exits 1
		says 'No space left'
	done
	tidings -o /dev/full a.txt
	exits 1
	says 'No space left'
	"$TIDINGS" -o g.nq a.txt
	run --separate-stderr bash -c "'$TIDINGS' query 'SELECT * { ?s ?p ?o }' g.nq >/dev/full"
	exits 1
	says 'No space left'
}

@test "a closed pipe ends the program at once, quietly, with 1" {
	for i in $(seq 300); do echo '{"id": "d'$i'", "text": "Barack Obama met Angela Merkel in Berlin."}'; done >many.jsonl
	run --separate-stderr bash -c "'$TIDINGS' -f nquads many.jsonl | head -1 >/dev/null; exit \${PIPESTATUS[0]}"
	exits 1
	silent
}

@test "progress on a terminal: documents, words, triples, errors, time left; nothing of it in a pipe" {
	$PYTHON -c "
import json, sys
for n in range(250):
    print(json.dumps({'id': 'd%d' % n, 'text': open(sys.argv[1]).read() + ' Report %d.' % n}))" "$DATA/harbour-visit.txt" >long.jsonl
	: >empty.txt
	script -qec "'$TIDINGS' -j 1 -f nquads -o out.nq empty.txt long.jsonl" /dev/null </dev/null | tr '\r' '\n' >seen || true
	grep -qE '[0-9]+ documents, [0-9]+ words/s, [0-9]+ triples, 1 errors, [0-9]+:[0-9][0-9]:[0-9][0-9] left' seen
	grep -q 'tidings: 1 of 251 documents failed' seen
	tidings -j 1 -f nquads -o out.nq empty.txt long.jsonl
	[[ $stderr != *left* && $stderr != *$'\r'* ]]
	[ "$(wc -l <<<"$stderr")" -eq 2 ]
}

# a feed: what was written so far is read, and the input stays open
feed() { # PYTHON: p is the running program, line(n) a document
	$PYTHON - "$TIDINGS" <<-END
		import json, select, subprocess, sys
		p = subprocess.Popen([sys.argv[1], '-f', 'nquads', '-j', '2', '-'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
		def line(n):
		    p.stdin.write(json.dumps({'id': 'd%d' % n, 'text': 'Barack Obama met Angela Merkel in Berlin.'}).encode() + b'\n')
		    p.stdin.flush()
		${1//$'\n\t\t'/$'\n'}
	END
}

@test "a feed is answered document by document" {
	feed '
		for n in range(5):
		    line(n)
		    assert select.select([p.stdout], [], [], 20)[0], n
		    while select.select([p.stdout], [], [], 0.2)[0]:
		        assert b"/doc/d%d" % n in p.stdout.read1(1 << 20)
		p.stdin.close()
		assert p.wait(20) == 0'
}

@test "a closed pipe ends a program that waits for input" {
	feed '
		line(1)
		p.stdout.read(100)
		p.stdout.close()
		line(2)
		assert p.wait(20) == 1'
}

@test "closed standard streams" {
	run --separate-stderr bash -c "'$TIDINGS' a.txt >&-"
	exits 1
	run --separate-stderr bash -c "'$TIDINGS' -o out.ttl a.txt <&- >&-"
	exits 0
	grep -q NewsArticle out.ttl
}
