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
	said=$("$tidings" upload -q "${load_args[@]}" --verify --parallel 8 --resume "$scratch/load.journal" --endpoint "$url$path" "$scratch/load.nq" 2>&1)
	is "$path: a load killed again and again ends well" "$? $said" '0 '
	echo "# killed $((runs - 1)) times"
	if difference=$(diff "$scratch/load.wanted" <(load_held "$ask") | head -n 5) && [ -z "$difference" ]; then ok "$path: exactly its triples are there"
	else not_ok "$path: exactly its triples are there" "$difference"; fi
	is "$path: each graph is noted once" "$(cut -d ' ' -f 4 "$scratch/load.journal" | sort -u | wc -l) $(wc -l <"$scratch/load.journal")" "$many $many"

	# tampered with between confirmation and count
	rm -f "$scratch/proxy"
	/usr/bin/python3 tests/store/tamper.py "$url" "$scratch/proxy" 'load.example/g77>' "$@" \
		'DELETE DATA { GRAPH <http://load.example/g77> { <http://load.example/s3> <http://load.example/p> "value 3 of 77" } }' &
	proxy=$!
	for _ in $(seq 100); do [ -e "$scratch/proxy" ] && break; sleep 0.05; done
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
