#!/usr/bin/env bash
# Uploads to a Virtuoso of our own, counted back over HTTP by curl. Needs the package virtuoso-opensource-7 (installed when missing, as
# root). Uses $TIDINGS, default $BUILD/tidings.
cd "$(dirname "$0")/../.." || exit 1
. tests/store/virtuoso.sh
. tests/store/queries.sh
. tests/store/loads.sh
tidings=${TIDINGS:-${BUILD:-build}/tidings}
virtuoso_install || { echo '1..0 # SKIP virtuoso-opensource-7 is not installed and cannot be'; exit 0; }
scratch=$(mktemp -d)
trap 'virtuoso_stop KILL; rm -rf "$scratch"' EXIT
unset TIDINGS_USER TIDINGS_PASSWORD TIDINGS_TOKEN http_proxy

n=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
not_ok() { n=$((n + 1)); echo "not ok $n - $1"; sed 's/^/# /' <<<"$2"; }
# is NAME GOT WANTED
is() { if [ "$2" = "$3" ]; then ok "$1 ($2)"; else not_ok "$1" "got $2, wanted $3"; fi; }

echo dba:dba >"$scratch/auth"
echo dba:hunter2 >"$scratch/wrong"
# send METHOD ARGUMENT...: sets $code and $said
send() {
	local method=$1 path=sparql-auth
	[ "$method" = gsp ] && path=sparql-graph-crud-auth
	shift
	said=$("$tidings" upload --endpoint "${endpoint:-$VIRTUOSO_URL/$path}" --method "$method" --auth-file "${auth:-$scratch/auth}" "$@" 2>&1)
	code=$?
}
# fails NAME WORD...: the last send failed, said each of these words, and not the password
fails() {
	local name=$1 missing= word
	shift
	[ "$code" -ne 0 ] || missing+="exit status 0; "
	for word; do [[ $said == *"$word"* ]] || missing+="\"$word\" is not in it; "; done
	[[ $said != *hunter2* ]] || missing+="it shows the password; "
	if [ -z "$missing" ]; then ok "$name"; else not_ok "$name" "$missing$said"; fi
}
claims_nothing() { if [[ $said == *'confirmed by the store: '[1-9]* ]]; then not_ok "$1" "$said"; else ok "$1"; fi; }

# ---- what is sent: articles as the program makes them, and graphs made here -----------------------------------------
lists=("$scratch/made.nq")
{
	for i in 1 2 3; do for k in $(seq $((i * 700))); do
		printf '<http://made.example/s%d> <http://made.example/p> "value %d of \\"%d\\" \\u00E9\\n"@en <http://made.example/g?%d&x> .\n' $((k / 3)) "$k" "$i" "$i"
	done; done
} >"$scratch/made.nq"
articles=(tests/data/*.txt)
for f in "${articles[@]}"; do
	[ -r "$f" ] || continue
	name=$scratch/$(basename "$f" .txt).nq
	"$tidings" build -q -f nquads --date 2017-04-12 -o "$name" "$f" 2>/dev/null && [ -s "$name" ] && lists+=("$name")
done
echo "# ${#lists[@]} files to send, $(cat "${lists[@]}" | wc -l) quads"
graphs_of() { sed 's/.* <\([^>]*\)> \.$/\1/' "$@" | sort -u; }
quads_of() { cat "${lists[@]}" | grep -cF " <$1> ." ; }

# ---- the checks -----------------------------------------------------------------------------------------------------
virtuoso_start "$scratch/db" || { echo 'Bail out! Virtuoso does not start'; exit 1; }
ok 'Virtuoso answers'

counts() { while read -r g; do echo "$(virtuoso_count "$g") $g"; done < <(graphs_of "${lists[@]}"); }
wanted() { while read -r g; do echo "$(quads_of "$g") $g"; done < <(graphs_of "${lists[@]}"); }
wanted >"$scratch/wanted"
for method in gsp update; do
	for time in 'once' 'twice'; do
		send $method "${lists[@]}"
		is "$method: sent $time" "$code" 0
		counts >"$scratch/counts"
		if difference=$(diff "$scratch/wanted" "$scratch/counts"); then ok "$method: every graph has its triples, sent $time"
		else not_ok "$method: every graph has its triples, sent $time" "$difference"; fi
	done
	grep 'g?1&x' "$scratch/made.nq" | head -n 10 >"$scratch/less.nq"
	send $method "$scratch/less.nq"
	is "$method: a smaller graph replaces the larger one" "$(virtuoso_count 'http://made.example/g?1&x')" 10
	is "$method: the other graphs stay" "$(virtuoso_count 'http://made.example/g?2&x')" 1400
	curl -s -G "$VIRTUOSO_URL/sparql" -H 'Accept: text/plain' \
		--data-urlencode 'query=CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <http://made.example/g?1&x> { ?s ?p ?o } }' >"$scratch/back"
	is "$method: the text comes back as it was" "$(/usr/bin/python3 - "$scratch/less.nq" "$scratch/back" <<'PY'
import rdflib, rdflib.compare, sys
sent, back = rdflib.ConjunctiveGraph(), rdflib.Graph()
sent.parse(sys.argv[1], format="nquads")
back.parse(sys.argv[2], format="nt")
merged = rdflib.Graph()
for triple in sent.triples((None, None, None)): merged.add(triple)
print("same" if rdflib.compare.isomorphic(merged, back) else "different")
PY
)" same
	curl -s -o /dev/null --digest -u dba:dba -X DELETE "$VIRTUOSO_URL/sparql-graph-crud-auth?graph=http%3A%2F%2Fmade.example%2Fg%3F2%26x"

	auth=$scratch/wrong send $method "$scratch/less.nq"
	fails "$method: wrong password" 401
	claims_nothing "$method: nothing claimed"
	is "$method: nothing changed" "$(virtuoso_count 'http://made.example/g?1&x')" 10
	endpoint=$VIRTUOSO_URL/no/such/place send $method "$scratch/less.nq"
	fails "$method: wrong URL" HTTP /no/such/place
	claims_nothing "$method: nothing claimed"
	endpoint=http://127.0.0.1:$(free_port)/x send $method "$scratch/less.nq"
	fails "$method: dead port" running
	claims_nothing "$method: nothing claimed"
done

# ---- the store dies in the middle of it -----------------------------------------------------------------------------
awk 'BEGIN { for (i = 0; i < 300000; i++) printf "<http://big.example/s%d> <http://big.example/p> \"value number %d\" <http://big.example/g> .\n", i, i }' >"$scratch/big.nq"
for method in update gsp; do
	path=sparql-auth
	[ $method = gsp ] && path=sparql-graph-crud-auth
	"$tidings" upload --endpoint "$VIRTUOSO_URL/$path" --method $method --auth-file "$scratch/auth" "$scratch/big.nq" >"$scratch/said" 2>&1 &
	sender=$!
	# until it has begun: the first batches are in, or the connection stands
	for _ in $(seq 200); do
		if [ $method = update ]; then [ "$(virtuoso_count http://big.example/g)" -gt 0 ] && break
		else grep -q ":$(printf %04X "${VIRTUOSO_URL##*:}") 01" <(awk '{ print $3, $4 }' /proc/net/tcp) && break; fi
		sleep 0.1
	done
	virtuoso_stop KILL
	wait $sender
	code=$? said=$(cat "$scratch/said")
	fails "$method: the store dies" "127.0.0.1"
	claims_nothing "$method: nothing claimed"
	[ $method = gsp ] || fails "$method: says that the graph is incomplete" incomplete
	virtuoso_start "$scratch/db" || { echo 'Bail out! Virtuoso does not start again'; exit 1; }
done
send gsp "$scratch/big.nq"
is 'a later upload repairs it' "$code $(virtuoso_count http://big.example/g)" '0 300000'

# ---- straight from the text -----------------------------------------------------------------------------------------
if [ ${#lists[@]} -gt 1 ]; then
	g=$(graphs_of "${lists[1]}")
	said=$("$tidings" build -q --date 2017-04-12 --upload "$VIRTUOSO_URL/sparql-graph-crud-auth" --auth-file "$scratch/auth" "${articles[0]}" 2>&1)
	is 'build --upload' "$?" 0
	is 'build --upload: triples' "$(virtuoso_count "$g")" "$(quads_of "$g")"
else
	ok 'build --upload # SKIP the program does not build articles here'
	ok 'build --upload: triples # SKIP the same'
fi

# ---- large loads, killed and tampered with --------------------------------------------------------------------------
# A query may fall to a deadlock with what the store still writes; then it is asked again, as any client does.
virtuoso_all() { curl -sf -m 60 --retry 4 --retry-all-errors -G "$VIRTUOSO_URL/sparql" -H 'Accept: text/csv' --data-urlencode "query=$1"; }
load_n=200
load_args=(--auth-file "$scratch/auth")
for path in /sparql-graph-crud-auth /sparql-auth; do
	rm -f "$scratch/load.journal"
	store_loads "$scratch" "$VIRTUOSO_URL" $path /sparql-auth virtuoso_all \
		curl -sf --digest -u dba:dba -X POST "$VIRTUOSO_URL/sparql-auth" -H 'Content-Type: application/sparql-update' --data
	store_changes "$scratch" "$VIRTUOSO_URL" $path virtuoso_count
done
# packed bodies are refused by PUT and by update alike, in other words each
for path in /sparql-graph-crud-auth /sparql-auth; do
	said=$("$tidings" upload "${load_args[@]}" --gzip --verify --parallel 4 --endpoint "$VIRTUOSO_URL$path" "$scratch/load.nq" 2>&1)
	is "$path: without gzip, in the end" "$? ${said%%;*}" '0 tidings: the store takes no gzip'
done

# ---- queries: as many rows from here as from there ------------------------------------------------------------------
# Of a store that holds nothing else: one that is to replace a graph has been seen to keep some of the old one when it is busy.
virtuoso_stop TERM
virtuoso_start "$scratch/stories" || { echo 'Bail out! Virtuoso does not start with an empty store'; exit 1; }
virtuoso_ask() {
	local graphs=(--data-urlencode default-graph-uri=http://merge.example/world) g
	while read -r g; do graphs+=(--data-urlencode "default-graph-uri=$g"); done < <(graphs_of "$scratch/stories.nq")
	curl -sf -m 60 --retry 4 --retry-all-errors -G "$VIRTUOSO_URL/sparql" -H 'Accept: text/csv' "${graphs[@]}" --data-urlencode "query=$1"
}
stories_to_store "$tidings" "$scratch" "$VIRTUOSO_URL/sparql-graph-crud-auth" --auth-file "$scratch/auth"
is 'stories and other data are sent' "$?" 0
is 'queries: as many rows as tidings query gives' "$(store_queries "$tidings" "$scratch" rows virtuoso_ask)" ''
virtuoso_stop TERM
echo "1..$n"
