#!/usr/bin/env bats
# Uploads with a journal whose graphs are counted: what the store has lost is sent once more, and told.
load helper
load scripted

# The graphs that the journal's last words hold to be done; none of them is noted twice.
noted() { # JOURNAL
	awk '$1 == "gone" { delete n[$2]; next } { n[$4]++ } END { for (g in n) { print g; if (n[g] > 1) print "twice" } }' "$1" | LC_ALL=C sort
}

@test "--resume --verify: what the store has lost of noted graphs is sent again" {
	graphs 600 >all.nq
	for n in 1 8; do
		rm -f journal
		start_store
		tidings upload --gsp "$STORE" --resume journal --parallel 8 all.nq
		exits 0
		noted journal >noted.before
		[ "$(wc -l <noted.before)" -eq 600 ]
		: >store/log
		tidings upload --verify --gsp "$STORE" --resume journal --parallel $n all.nq
		exits 0
		says 'confirmed by the store: 0'
		! grep -q ' PUT ' store/log || fail 'a graph that is right was sent again'
		[ "$(wc -l <journal)" -eq 600 ]
		# one is gone, one is another one, one has got more
		curl -sf -X DELETE "$STORE?graph=http://made.example/graphs/20"
		head -n 2 all.nq >less
		head -n 30 all.nq >more
		curl -sf -T less "$STORE?graph=http://made.example/graphs/300"
		curl -sf -T more "$STORE?graph=http://made.example/graphs/600"
		: >store/log
		tidings upload --gsp "$STORE" --resume journal all.nq
		exits 0
		[ ! -s store/log ] # without --verify the journal is believed
		tidings upload --verify --gsp "$STORE" --resume journal --parallel $n all.nq
		exits 0
		says 'all.nq: <http://made.example/graphs/20>: the store held 0 triples of it instead of 7; it was sent again, and is right now'
		says 'graphs/300>: the store held 2 triples of it instead of 7;'
		says 'graphs/600>: the store held 30 triples of it instead of 6;'
		says 'confirmed by the store: 3'
		[ "$(grep -c ' PUT ' store/log)" -eq 3 ]
		stored all.nq
		noted journal | cmp - noted.before
		heard >"said.$n"
	done
	cmp said.1 said.8
}

@test "--resume --verify: a graph that is wrong a second time fails, and is noted no more" {
	graphs 40 >all.nq
	for n in 1 8; do
		start_store fault=lossy graphs=6,13
		tidings upload --gsp "$STORE" --resume "journal.$n" --parallel 8 all.nq
		exits 0
		: >store/log
		tidings upload --verify --gsp "$STORE" --resume "journal.$n" --parallel $n all.nq
		exits 1
		says 'graphs/6>: the store has confirmed the graph, but holds 6 triples of it where 7 were sent, twice'
		says 'graphs/13>: the store has confirmed the graph, but holds 6 triples of it where 7 were sent, twice'
		[[ $stderr != *'right now'* ]]
		says 'confirmed by the store: 0'
		[ "$(grep -c ' PUT ' store/log)" -eq 2 ]
		[ "$(noted "journal.$n" | grep -vcE 'graphs/(6|13)$')" -eq 38 ]
		[ "$(noted "journal.$n" | wc -l)" -eq 38 ]
		heard >"said.$n"
	done
	cmp said.1 said.8
}

@test "--resume --verify: what a run has sent is sent once more, too; without --resume a wrong count fails" {
	graphs 40 >all.nq
	for n in 1 8; do
		start_store fault=lossy graphs=6,13 times=1
		tidings upload --verify --gsp "$STORE" --resume "journal.$n" --parallel $n all.nq
		exits 0
		says 'graphs/6>: the store held 6 triples of it instead of 7; it was sent again, and is right now'
		says 'graphs/13>: the store held 6 triples'
		says 'confirmed by the store: 40'
		stored all.nq
		[ "$(grep -c ' PUT ' store/log)" -eq 42 ]
		[ "$(wc -l <"journal.$n")" -eq 40 ]
		start_store fault=lossy graphs=6,13 times=1
		tidings upload --verify --gsp "$STORE" --parallel $n all.nq
		exits 1
		says 'graphs/6>: the store has confirmed the graph, but holds 6 triples of it where 7 were sent'
		[[ $stderr != *twice* ]]
		says 'confirmed by the store: 38'
		[ "$(grep -c ' PUT ' store/log)" -eq 40 ]
	done
	# by updates in several batches; and documents that are built
	start_store
	awk 'BEGIN { for (i = 0; i < 25; i++) printf "<http://made.example/s%d> <http://made.example/p> \"value %d\" <http://made.example/graphs/1> .\n", i, i }' >one.nq
	tidings upload --update "$HOST/update" --batch 10 --resume journal one.nq
	exits 0
	curl -sf -X DELETE "$STORE?graph=http://made.example/graphs/1"
	tidings upload --verify --update "$HOST/update" --query "$HOST/query" --batch 10 --resume journal one.nq
	exits 0
	says 'held 0 triples of it instead of 25'
	stored one.nq
	for i in 1 2 3; do printf '{"id": "d%d", "date": "2019-03-14", "text": "Police arrested %d men in Paris on Monday."}\n' "$i" "$i"; done >feed.jsonl
	for keep in --resume --state; do
		start_store fault=lossy graphs=d2 times=1
		tidings --gsp "$STORE" --verify --parallel 8 $keep "built$keep" feed.jsonl
		exits 0
		says 'd2>: the store held'
		says 'confirmed by the store: 3'
	done
}

# What is kept until it is counted, as it may have to go again, has a bound in bytes, not only in graphs.
@test "--resume --verify takes little memory, however large the graphs are" {
	[ -z "${TIDINGS_SANITIZED:-}" ] || skip 'a sanitizer takes what it likes'
	awk 'BEGIN { for (g = 1; g <= 100; g++) for (i = 0; i < 12000; i++)
		printf "<http://made.example/s%d> <http://made.example/p> \"value %d of %d\" <http://made.example/graphs/%d> .\n", i, i, g, g }' >large.nq
	start_store think=2
	for n in 1 2; do # sent and counted; counted
		$PYTHON - "$TIDINGS" "$STORE" <<-'PY' >kilobytes
			import resource, subprocess, sys
			subprocess.run([sys.argv[1], 'upload', '-q', '--gsp', sys.argv[2], '--parallel', '2', '--verify', '--resume', 'journal', 'large.nq'], check=True)
			print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
		PY
		[ "$(wc -l <journal)" -eq 100 ]
		[ "$(cat kilobytes)" -lt $(($(stat -c %s large.nq) / 1024 + 80000)) ] || fail "$(cat kilobytes) KB"
	done
}
