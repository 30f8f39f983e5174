#!/usr/bin/env bash
# usage: upload.sh [DOCUMENTS [PARALLEL]]    Uploads to Oxigraph and Virtuoso: the news corpus, varied to so many documents (20,000 by default),
# is built once, without the places of the text, and sent with --verify, so many graphs at once (4 by default). Before that 1,000 of them ($SAMPLE) are
# sent by us and by curl, in turns, each time to a fresh store: the same bodies, as many at once, connections kept. Fails when we take more
# than 1.2 times as long as curl, the best of three rounds ($ROUNDS) of each. $STORES: "oxigraph virtuoso"; $MINUTES (19): what does not fit into them is left out, and said.
set -euo pipefail
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
news=../shared/corpora/news/wikinews-2019-2020.jsonl
[ -r "$news" ] || { echo "skipped: no news corpus"; exit 0; }
documents=${1:-20000} parallel=${2:-4}
sample=${SAMPLE:-1000}
[ "$sample" -le "$documents" ] || sample=$documents
tidings=$BUILD/tidings
. tests/store/oxigraph.sh
. tests/store/virtuoso.sh
unset TIDINGS_USER TIDINGS_PASSWORD TIDINGS_TOKEN http_proxy
work=$(mktemp -d) memory=$(mktemp -d -p /dev/shm) # a store on a disk would measure the disk
trap 'oxigraph_stop; virtuoso_stop KILL; rm -rf "$work" "$memory"' EXIT
deadline=$((SECONDS + ${MINUTES:-19} * 60))
now() { date +%s.%N; }
calc() { awk "BEGIN { printf \"$1\", $2 }"; }

# ---- what is sent: files of 500 graphs each, and the bodies of the sample for curl ----------------------------------
/usr/bin/python3 - "$news" "$documents" "$work" <<'PY'
import json, sys
corpus, wanted, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
articles = [json.loads(line) for line in open(corpus, encoding='utf-8')]
for i in range(wanted):
    article, turn = dict(articles[i % len(articles)]), i // len(articles)
    parts = article['text'].split('\n')
    at = turn % len(parts)
    article['text'] = '\n'.join(parts[at:] + parts[:at]) + f'\nReport number {i}.'
    article['id'], article['url'] = f'varied-{i}', f'http://news.example.org/{i}'
    with open(f'{folder}/{i // 500:05}.jsonl', 'a') as out:
        out.write(json.dumps(article) + '\n')
PY
started=$(now)
for part in "$work"/*.jsonl; do
	"$tidings" build -q -f nquads --provenance none -o "${part%.jsonl}.nq" "$part"
	rm "$part"
done
parts=("$work"/*.nq)
echo "built $documents documents, $(cat "${parts[@]}" | wc -l) triples, in $(calc %.0f "$(now) - $started") s"

# curl_config URL: one request a graph
mkdir "$work/bodies"
awk -v dir="$work/bodies" '{ g = $(NF - 1); if (g != last) { close(file); file = sprintf("%s/%05d", dir, n++); print substr(g, 2, length(g) - 2) > (dir ".names"); last = g }
	sub(/ <[^>]*> \.$/, " ."); print > file }' < <(cat "${parts[@]:0:$(((sample + 499) / 500))}")
curl_config() {
	awk -v url="$1" -v dir="$work/bodies" -v n="$sample" 'NR <= n { if (NR > 1) print "next"
		gsub(/:/, "%3A"); gsub(/\//, "%2F")
		printf "url = \"%s?graph=%s\"\nupload-file = \"%s/%05d\"\nheader = \"Content-Type: application/n-triples\"\noutput = \"/dev/null\"\n", url, $0, dir, NR - 1
		print "silent\nfail\nrequest = PUT\n" extra }' extra="$2" "$work/bodies.names"
}
# the first so many graphs, for us
head_of() { awk -v n="$1" '{ g = $(NF - 1); if (g != last) { last = g; if (++seen > n) exit } print }' < <(cat "${parts[@]}" 2>/dev/null); }
head_of "$sample" >"$work/sample"
mv "$work/sample" "$work/sample.nq"

# ---- stores -----------------------------------------------------------------------------------------------------------
oxigraph_fresh() {

	rm -rf "$memory"/oxigraph
	oxigraph_start "$(realpath "$BUILD")/oxigraph" --location "$memory/oxigraph" || return 1
	gsp=$OXIGRAPH_URL/store pid=$OXIGRAPH_PID we=() curl=''
}
virtuoso_fresh() {
	rm -rf "$memory/virtuoso"
	mkdir "$memory/virtuoso"
	VIRTUOSO_PORT=$(free_port)
	virtuoso_ini "$memory/virtuoso" "$(free_port)" "$VIRTUOSO_PORT" |
		sed 's/^NumberOfBuffers .*/NumberOfBuffers = 40000/; s/^MaxDirtyBuffers .*/MaxDirtyBuffers = 30000/' >"$memory/virtuoso/virtuoso.ini"
	virtuoso_start "$memory/virtuoso" || return 1
	echo dba:dba >"$work/auth"
	gsp=$VIRTUOSO_URL/sparql-graph-crud-auth pid=$VIRTUOSO_PID we=(--auth-file "$work/auth") curl=$'digest\nuser = "dba:dba"'
}
oxigraph_ready() { oxigraph_install "$(realpath "$BUILD")/oxigraph"; }
virtuoso_ready() { virtuoso_install; }
# User and system time of a process so far, in seconds.
cpu() { awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / hz }' "/proc/$1/stat"; }

# timed NAME DOCUMENTS COMMAND...: prints a row, sets $took
timed() {
	local name=$1 n=$2 from before own
	shift 2
	before=$(cpu "$pid") from=$(now)
	TIMEFORMAT='%U %S'
	own=$({ time "$@" >"$work/said" 2>&1; } 2>&1) || { cat "$work/said"; return 1; }
	took=$(calc %.3f "$(now) - $from")
	awk -v s="$store" -v name="$name" -v n="$n" -v t="$took" -v own="$own" -v b="$before" -v a="$(cpu "$pid")" 'BEGIN {
		split(own, c, " ")
		printf "%-9s %-8s %9d %8.1f %8.0f %9.1f %9.1f %10.0f %%\n", s, name, n, t, n / t, c[1] + c[2], a - b, 100 * (1 - (c[1] + c[2]) / t) }'
}
less() { awk "BEGIN { exit !($1 < $2) }"; }
by_us() { "$tidings" upload --verify --parallel "$parallel" --gsp "$gsp" "${we[@]}" "$@"; }
by_curl() { command curl -s --parallel --parallel-immediate --parallel-max "$parallel" -K "$work/config"; }

# The store's share: of the time, how much the sender did not work itself but waited for the store.
printf '%-9s %-8s %9s %8s %8s %9s %9s %12s\n' store sender documents seconds a-second own-CPU store-CPU store-share
slow=0
for store in ${STORES:-oxigraph virtuoso}; do
	"${store}_ready" || { echo "$store: skipped, it is not here and cannot be downloaded"; continue; }
	ours=1e9 theirs=1e9
	for _ in $(seq "${ROUNDS:-3}"); do
		"${store}_fresh"
		timed tidings "$sample" by_us "$work/sample.nq"
		less "$took" "$ours" && ours=$took
		"${store}_stop" || true
		"${store}_fresh"
		curl_config "$gsp" "$curl" >"$work/config"
		timed curl "$sample" by_curl
		less "$took" "$theirs" && theirs=$took
		"${store}_stop" || true
	done
	echo "$store: $(calc %.2f "$ours / $theirs") times the time of curl"
	less "$ours" "1.2 * $theirs" || slow=1
	[ "$documents" -gt "$sample" ] || continue
	# the rest of the time, the last store may use all of it
	fit=$(calc %d "($deadline - $SECONDS) * $sample / $ours / (\"$store\" == \"oxigraph\" ? 1.9 : 1.1)")
	n=$documents
	if [ "$fit" -lt "$n" ]; then n=$((fit / 500 * 500)); echo "$store: no time for more than $n documents"; fi
	[ "$n" -gt 0 ] || continue
	"${store}_fresh"
	timed tidings "$n" by_us "${parts[@]:0:$(((n + 499) / 500))}"
	"${store}_stop" || true
done
[ $slow -eq 0 ] || { echo 'slower than 1.2 times curl'; exit 1; }
