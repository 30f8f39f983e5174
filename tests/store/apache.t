#!/usr/bin/env bash
# Uploads through Debian's apache2, which stands before an Oxigraph as it does before many a store: passwords, tokens, TLS, bad hours and
# limits. Uses $TIDINGS, default $BUILD/tidings.
cd "$(dirname "$0")/../.." || exit 1
. tests/store/oxigraph.sh
. tests/store/apache.sh
BUILD=${BUILD:-build}
tidings=${TIDINGS:-$BUILD/tidings}
home=$(realpath "$BUILD")/oxigraph
apache_install || { echo '1..0 # SKIP apache2-bin is not installed and cannot be'; exit 0; }
oxigraph_install "$home" || { echo '1..0 # SKIP Oxigraph is not here and cannot be downloaded'; exit 0; }
scratch=$(mktemp -d)
chmod 755 "$scratch"
trap 'apache_stop; oxigraph_stop; rm -rf "$scratch"' EXIT
unset TIDINGS_USER TIDINGS_PASSWORD TIDINGS_TOKEN http_proxy
oxigraph_start "$home" || { echo 'Bail out! Oxigraph does not start'; exit 1; }
apache_start "$scratch/apache" "$OXIGRAPH_URL" || { echo "Bail out! apache2 does not start: $(cat "$scratch/apache/out" "$scratch/apache/log")"; exit 1; }

n=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
not_ok() { n=$((n + 1)); echo "not ok $n - $1"; sed 's/^/# /' <<<"$2"; }
is() { if [ "$2" = "$3" ]; then ok "$1 ($2)"; else not_ok "$1" "got $2, wanted $3; ${said:-}"; fi; }
send() { said=$("$tidings" upload --verify "$@" 2>&1); code=$?; }
# all_there NAME: the last send went well, and the store has each graph with all its triples
all_there() {
	if [ "$code" -eq 0 ] && difference=$(diff "$scratch/wanted" <(oxigraph_ask "$counts" | tail -n +2 | tr -d '\r' | tr , ' ' | sort)); then ok "$1"
	else not_ok "$1" "$code: $said $difference"; fi
	curl -s -o /dev/null -X POST "$OXIGRAPH_URL/update" -H 'Content-Type: application/sparql-update' --data 'DROP ALL'
}
# fails NAME STATUS WORD
fails() {
	if [ "$code" -eq "$2" ] && [[ $said == *"$3"* ]] && [[ $said != *hunter2* ]]; then ok "$1"; else not_ok "$1" "$code: $said"; fi
}
counts='SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g'
awk 'BEGIN { for (g = 1; g <= 40; g++) for (i = 0; i < 3 + g * 2; i++)
	printf "<http://made.example/s%d> <http://made.example/p> \"value %d of %d\" <http://made.example/g%d> .\n", i, i, g, g }' >"$scratch/all.nq"
sed 's/.* <\([^>]*\)> \.$/\1/' "$scratch/all.nq" | sort | uniq -c | awk '{ print $2, $1 }' | sort >"$scratch/wanted"
grep 'g7> ' "$scratch/all.nq" >"$scratch/one.nq"
echo user:secret >"$scratch/auth"
echo user:hunter2 >"$scratch/wrong"
echo 'Bearer s3cret' >"$scratch/token"
echo 'Bearer hunter2' >"$scratch/forged"

for parallel in 1 8; do
	p="--parallel $parallel"
	send $p --gsp "$APACHE_URL/open/store" "$scratch/all.nq"
	all_there "as it is, $p"
	send $p --gsp "$APACHE_URL/basic/store" --auth-file "$scratch/auth" "$scratch/all.nq"
	all_there "Basic, $p"
	send $p --update "$APACHE_URL/basic/update" --auth-file "$scratch/auth" --gzip "$scratch/all.nq"
	all_there "Basic, updates, packed, $p"
	send $p --gsp "$APACHE_URL/basic/store" --auth-file "$scratch/wrong" "$scratch/all.nq"
	fails "Basic, wrong password, $p" 5 401
	send $p --gsp "$APACHE_URL/basic/store" "$scratch/all.nq"
	fails "Basic, no password, $p" 5 401
	send $p --gsp "$APACHE_URL/bearer/store" --auth-file "$scratch/token" "$scratch/all.nq"
	all_there "Bearer, $p"
	send $p --gsp "$APACHE_URL/bearer/store" --auth-file "$scratch/forged" "$scratch/all.nq"
	fails "Bearer, wrong token, $p" 5 403

	touch "$scratch/apache/busy"
	(sleep 1; rm "$scratch/apache/busy") &
	send $p --gsp "$APACHE_URL/busy/store" "$scratch/all.nq"
	all_there "503 for a second, $p"
	touch "$scratch/apache/busy"
	send $p --gsp "$APACHE_URL/busy/store" "$scratch/one.nq"
	fails "503 for ever, $p" 6 'HTTP 503'
	rm "$scratch/apache/busy"

	send $p --update "$APACHE_URL/small/update" --query "$APACHE_URL/open/query" "$scratch/all.nq"
	all_there "updates are halved until they fit, $p"
	send $p --gsp "$APACHE_URL/small/store" --query "$APACHE_URL/open/query" "$scratch/all.nq"
	fails "graphs that are too large are named, the others sent, $p" 1 'g14>: http://127.0.0.1'
	curl -s -o /dev/null -X POST "$OXIGRAPH_URL/update" -H 'Content-Type: application/sparql-update' --data 'DROP ALL'

	send $p --gsp "$APACHE_TLS/store" --cacert "$scratch/apache/cert.pem" "$scratch/all.nq"
	all_there "TLS, $p"
	send $p --gsp "$APACHE_TLS/store" "$scratch/all.nq"
	fails "TLS with a certificate that nobody knows, $p" 4 'not trusted'
done

said=$(TIDINGS_USER=user TIDINGS_PASSWORD=secret "$tidings" build -q --date 2019-03-14 --verify --parallel 4 --upload "$APACHE_URL/basic/store" tests/data/*.html 2>&1)
is 'build through Basic, the user out of the environment' "$?" 0
is 'build: its graph is there' "$(oxigraph_ask "$counts" | tail -n +2 | wc -l)" "$(ls tests/data/*.html | wc -l)"

oxigraph_stop
send --parallel 8 --timeout 5 --gsp "$APACHE_URL/open/store" "$scratch/one.nq"
fails 'nothing behind the proxy' 6 'HTTP 503'
apache_stop
send --parallel 8 --timeout 5 --gsp "$APACHE_URL/open/store" "$scratch/one.nq"
fails 'no proxy' 4 'running'
echo "1..$n"
