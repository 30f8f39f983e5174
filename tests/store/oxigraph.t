#!/usr/bin/env bash
# Uploads to an Oxigraph of our own, counted back over HTTP by curl. Uses $TIDINGS, default $BUILD/tidings.
cd "$(dirname "$0")/../.." || exit 1
. tests/store/oxigraph.sh
. tests/store/queries.sh
. tests/store/loads.sh
BUILD=${BUILD:-build}
tidings=${TIDINGS:-$BUILD/tidings}
home=$(realpath "$BUILD")/oxigraph
oxigraph_install "$home" || { echo '1..0 # SKIP Oxigraph is not here and cannot be downloaded'; exit 0; }
scratch=$(mktemp -d)
trap 'oxigraph_stop; rm -rf "$scratch"' EXIT
unset TIDINGS_USER TIDINGS_PASSWORD TIDINGS_TOKEN http_proxy

n=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
not_ok() { n=$((n + 1)); echo "not ok $n - $1"; sed 's/^/# /' <<<"$2"; }
# is NAME GOT WANTED
is() { if [ "$2" = "$3" ]; then ok "$1 ($2)"; else not_ok "$1" "got $2, wanted $3"; fi; }
# send METHOD ARGUMENT...: sets $code and $said
send() {
	local method=$1 path=update
	[ "$method" = gsp ] && path=store
	shift
	said=$("$tidings" upload --endpoint "${endpoint:-$OXIGRAPH_URL/$path}" --method "$method" "$@" 2>&1)
	code=$?
}
# fails NAME STATUS WORD: the last send failed with that exit status, said the word, and claimed nothing
fails() {
	if [ "$code" -eq "$2" ] && [[ $said == *"$3"* ]] && [[ $said != *'confirmed by the store: '[1-9]* ]]; then ok "$1"; else not_ok "$1" "$code: $said"; fi
}

lists=("$scratch/made.nq")
for i in 1 2 3; do for k in $(seq $((i * 700))); do
	printf '<http://made.example/s%d> <http://made.example/p> "value %d of \\"%d\\" \\u00E9\\n"@en <http://made.example/g?%d&x> .\n' $((k / 3)) "$k" "$i" "$i"
done; done >"$scratch/made.nq"
for f in tests/data/*.txt tests/data/*.html tests/data/*.jsonl; do
	name=$scratch/$(basename "$f").nq
	"$tidings" build -q -f nquads --date 2019-03-14 -o "$name" "$f" && lists+=("$name")
done
is 'graphs of all stories' "${#lists[@]}" "$((1 + $(ls tests/data/*.txt tests/data/*.html tests/data/*.jsonl | wc -l)))"
sed 's/.* <\([^>]*\)> \.$/\1/' "${lists[@]}" | sort | uniq -c | sed 's/^ *//' >"$scratch/wanted"
counts() { while read -r _ g; do echo "$(oxigraph_count "$g") $g"; done <"$scratch/wanted"; }

for method in gsp update; do
	oxigraph_start "$home" || { echo 'Bail out! Oxigraph does not start'; exit 1; }
	for time in once twice; do
		send $method "${lists[@]}"
		is "$method: sent $time" "$code" 0
		if difference=$(diff "$scratch/wanted" <(counts)); then ok "$method: every graph has its triples, sent $time"
		else not_ok "$method: every graph has its triples, sent $time" "$difference"; fi
	done
	grep 'g?1&x' "$scratch/made.nq" | head -n 10 >"$scratch/less.nq"
	send $method "$scratch/less.nq"
	is "$method: a smaller graph replaces the larger one" "$(oxigraph_count 'http://made.example/g?1&x')" 10
	is "$method: the other graphs stay" "$(oxigraph_count 'http://made.example/g?2&x')" 1400
	is "$method: the text comes back as it was" "$(oxigraph_ask 'SELECT ?o { GRAPH <http://made.example/g?1&x> { ?s ?p ?o } }' | grep -cF 'of ""1"" é')" 10
	endpoint=$OXIGRAPH_URL/no/such/place send $method "$scratch/less.nq"
	fails "$method: wrong URL" 6 HTTP
	dead=$OXIGRAPH_URL
	oxigraph_stop
	endpoint=$dead/$method send $method "$scratch/less.nq"
	fails "$method: dead port" 4 running
done

# ---- straight from the text, into a store on disk --------------------------------------------------------------------
oxigraph_start "$home" --location "$scratch/db" || { echo 'Bail out! Oxigraph does not start'; exit 1; }
"$tidings" build -q --upload "$OXIGRAPH_URL/store" tests/data/*.html
is 'build --upload' "$?" 0
g=$(cut -d' ' -f2- "$scratch/wanted" | grep port-bill)
is 'build --upload: triples' "$(oxigraph_count "$g") $g" "$(grep port-bill "$scratch/wanted")"
oxigraph_stop

# ---- large loads, killed and tampered with ---------------------------------------------------------------------------
for path in /store /update; do
	oxigraph_start "$home" --location "$scratch/load.db" || { echo 'Bail out! Oxigraph does not start'; exit 1; }
	rm -f "$scratch/load.journal"
	store_loads "$scratch" "$OXIGRAPH_URL" $path /query oxigraph_ask \
		curl -sf -X POST "$OXIGRAPH_URL/update" -H 'Content-Type: application/sparql-update' --data
	store_changes "$scratch" "$OXIGRAPH_URL" $path oxigraph_count
	oxigraph_stop
	rm -rf "$scratch/load.db"
done

# ---- queries: the same rows from here and from there ----------------------------------------------------------------
oxigraph_start "$home" || { echo 'Bail out! Oxigraph does not start'; exit 1; }
stories_to_store "$tidings" "$scratch" "$OXIGRAPH_URL/store"
is 'stories and other data are sent' "$?" 0
difference=$(store_queries "$tidings" "$scratch" all oxigraph_ask)
is 'queries: the same rows as tidings query' "$difference" ''
oxigraph_stop
echo "1..$n"
