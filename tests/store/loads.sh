# Loads of many graphs to a real store, to be sourced by its test, which has ok, not_ok, is and $tidings.
# store_loads SCRATCH STORE-URL PATH QUERY ASK TAMPER...: PATH and QUERY are where the store takes graphs (or updates) and queries; ASK is a
# function, query in, CSV out; TAMPER... followed by an update changes the store. $load_args: more arguments for the program.

load_graphs() { # N: as many small graphs
	awk -v n="$1" 'BEGIN { for (g = 1; g <= n; g++) for (i = 0; i <= g % 29; i++)
		printf "<http://load.example/s%d> <http://load.example/p> \"value %d of %d\" <http://load.example/g%d> .\n", i, i, g, g }'
}
# What the store holds of them, and what it should hold, a line a statement.
load_held() { $1 'SELECT ?g ?s ?o { GRAPH ?g { ?s <http://load.example/p> ?o } }' | tail -n +2 | tr -d '\r"' | tr , ' ' | LC_ALL=C sort; }
load_wanted() { sed 's|<\([^>]*\)> <[^>]*> "\([^"]*\)" <\([^>]*\)> \.|\3 \1 \2|' "$1" | LC_ALL=C sort; }

# A store goes on with the last requests of a program that was killed, which it notices only when it answers: until then their connections
# are half closed (CLOSE_WAIT, 08). What a run finds to be right before that may be undone behind it.
load_settled() { # STORE-URL
	local port
	port=$(printf ':%04X' "${1##*:}")
	for _ in $(seq 1200); do
		cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
			awk -v port="$port" '$4 == "08" && substr($2, length($2) - 4) == port { found = 1 } END { exit found }' && return 0
		sleep 0.05
	done
	echo '# the store does not come to an end with what was killed'
	return 1
}
# How many graphs the journal holds to be done, and by how many lines that no later one takes back.
load_noted() { awk '$1 == "gone" { delete n[$2]; next } { n[$4]++ } END { for (g in n) { graphs++; lines += n[g] } print graphs + 0, lines + 0 }' "$1"; }

store_loads() {
	local scratch=$1 url=$2 path=$3 query=$4 ask=$5 many=${load_n:-300} runs=0 pid proxy
	shift 5
	load_graphs "$many" >"$scratch/load.nq"
	load_wanted "$scratch/load.nq" >"$scratch/load.wanted"

	# killed again and again
	until [ "$runs" -ge 25 ]; do
		runs=$((runs + 1))
		"$tidings" upload -q "${load_args[@]}" --parallel 8 --resume "$scratch/load.journal" --endpoint "$url$path" "$scratch/load.nq" 2>/dev/null &
		pid=$!
		sleep "0.0$((10 + RANDOM % 60))"
		kill -9 $pid 2>/dev/null
		wait $pid 2>/dev/null && break
	done
	load_settled "$url"
	said=$("$tidings" upload -q "${load_args[@]}" --verify --parallel 8 --resume "$scratch/load.journal" --endpoint "$url$path" "$scratch/load.nq" 2>&1)
	is "$path: a load killed again and again ends well" "$? $said" '0 '
	echo "# killed $((runs - 1)) times"
	if difference=$(diff "$scratch/load.wanted" <(load_held "$ask") | head -n 5) && [ -z "$difference" ]; then ok "$path: exactly its triples are there"
	else not_ok "$path: exactly its triples are there" "$difference"; fi
	is "$path: each graph is noted once" "$(load_noted "$scratch/load.journal")" "$many $many"

	# emptied behind the journal's back, as a late request of a killed run may do it
	"$@" 'DELETE WHERE { GRAPH <http://load.example/g33> { ?s ?p ?o } }' >/dev/null
	said=$("$tidings" upload "${load_args[@]}" --verify --parallel 8 --resume "$scratch/load.journal" --endpoint "$url$path" "$scratch/load.nq" 2>&1)
	code=$?
	if [ $code -eq 0 ] && [[ $said == *'g33>: the store held 0 triples of it instead of 5; it was sent again'* ]] &&
		[[ $said == *'confirmed by the store: 1' ]]; then ok "$path: a noted graph that the store has lost is sent again, and no other"
	else not_ok "$path: a noted graph that the store has lost is sent again, and no other" "$code: $said"; fi
	if difference=$(diff "$scratch/load.wanted" <(load_held "$ask") | head -n 5) && [ -z "$difference" ]; then ok "$path: it is there again"
	else not_ok "$path: it is there again" "$difference"; fi
	is "$path: each graph is still noted once" "$(load_noted "$scratch/load.journal")" "$many $many"

	# tampered with between confirmation and count
	rm -f "$scratch/proxy"
	/usr/bin/python3 tests/store/tamper.py "$url" "$scratch/proxy" 'load.example/g77>' "$@" \
		'DELETE DATA { GRAPH <http://load.example/g77> { <http://load.example/s3> <http://load.example/p> "value 3 of 77" } }' &
	proxy=$!
	for _ in $(seq 1200); do [ -e "$scratch/proxy" ] && break; sleep 0.05; done
	said=$("$tidings" upload "${load_args[@]}" --verify --parallel 8 --endpoint "http://127.0.0.1:$(cat "$scratch/proxy")$path" \
		--query "http://127.0.0.1:$(cat "$scratch/proxy")$query" "$scratch/load.nq" 2>&1)
	code=$?
	kill $proxy
	wait $proxy 2>/dev/null
	if [ $code -eq 1 ] && [[ $said == *'g77>: the store has confirmed the graph, but holds 19 triples of it where 20 were sent'* ]] &&
		[[ $said == *"confirmed by the store: $((many - 1))"* ]]; then ok "$path: a graph that was tampered with is found out"
	else not_ok "$path: a graph that was tampered with is found out" "$code: $said"; fi
}

# store_changes SCRATCH STORE-URL PATH COUNT: a collection that changes, and what has left it leaves the store. COUNT is a function: how many
# triples a graph has there.
store_changes() {
	local scratch=$1 url=$2 path=$3 count=$4 named=https://w3id.org/tidings/id/doc
	rm -rf "$scratch/state"
	printf '{"id":"%s","date":"2020-01-02","text":"%s"}\n' kept 'Ann Bell met Tom Hill in Paris on Monday.' gone 'Police arrested a man in Rome.' >"$scratch/changes.jsonl"
	"$tidings" build -q "${load_args[@]}" --state "$scratch/state" --upload "$url$path" "$scratch/changes.jsonl"
	is "$path: a collection is sent" "$? $(($($count $named/kept) > 0)) $(($($count $named/gone) > 0))" '0 1 1'
	sed -i 2d "$scratch/changes.jsonl"
	"$tidings" build -q "${load_args[@]}" --state "$scratch/state" --drop-vanished --upload "$url$path" "$scratch/changes.jsonl"
	is "$path: what has left it is dropped, the rest stays" "$? $(($($count $named/kept) > 0)) $($count $named/gone)" '0 1 0'
}
