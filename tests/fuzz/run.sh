#!/usr/bin/env bash
# usage: run.sh SECONDS [TARGET…]    Each target (or those named) for that long, seeded from the cases and stories; a crash fails. The same
# inputs each time, unless FUZZ_SEED is another (0: by chance).
set -euo pipefail
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build-fuzz}
export TIDINGS_DATA=${TIDINGS_DATA:-$(realpath build/share)} UBSAN_OPTIONS=print_stacktrace=1
seconds=${1:-10}
work=$BUILD/work
tidings=${TIDINGS:-$(dirname "$TIDINGS_DATA")/tidings}
shift || true
[ $# -gt 0 ] || set -- $(ls tests/fuzz/fuzz_*.c | xargs -n 1 basename -s .c)
for name in "$@"; do
	program=$BUILD/$name
	mkdir -p "$work/$name"
	case $name in
	fuzz_road) sed -n 's/^text: //p' tests/cases/*.txt | split -l 3 - "$work/$name/case-"; cp tests/data/*.txt "$work/$name/" ;;
	fuzz_html) cp tests/data/*.html "$work/$name/" ;;
	fuzz_json) cat tests/data/*.jsonl | split -l 1 - "$work/$name/line-" ;;
	fuzz_conllu) "$tidings" annotate tests/data/*.txt | sed '1s/^/1/' >"$work/$name/story" ;;
	fuzz_files)
		{ printf '\2'; head -200 "$TIDINGS_DATA/lexicon.tsv"; } >"$work/$name/lexicon"
		{ printf '\0'; head -c 8000 "$TIDINGS_DATA/srl.tdm"; } >"$work/$name/model"
		"$tidings" kb build -o "$work/company.tdk" tests/data/company.nt 2>/dev/null
		{ printf '\1'; cat "$work/company.tdk"; } >"$work/$name/kb"
		;;
	fuzz_model) printf 'a%.0s' $(seq 61) >"$work/$name/net"; printf 'b%.0s' $(seq 61) >"$work/$name/srl" ;;
	fuzz_split) cat tests/cases/split_*.txt | split -l 5 - "$work/$name/case-" ;;
	fuzz_source)
		{ printf '\0'; cat tests/data/harbour-visit.txt; } >"$work/$name/text"
		{ printf '\1'; head -c 3000 tests/data/moscow-talks.jsonl; } >"$work/$name/feed"
		{ printf '\1'; head -c 3000 tests/data/moscow-talks.jsonl | gzip; } >"$work/$name/feed-gz"
		{ printf '\1'; head -c 3000 tests/data/moscow-talks.jsonl | zstd -qc; } >"$work/$name/feed-zst"
		{ printf '\3'; cat tests/data/*.html; } >"$work/$name/page"
		for kind in plain chunked gzip chunked+gzip deflate lying brotli image missing; do
			/usr/bin/python3 tests/cli/make-warc.py "$work/made.warc" $kind
			{ printf '\4'; cat "$work/made.warc"; } >"$work/$name/warc-$kind"
		done
		;;
	fuzz_response)
		printf 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok' >"$work/$name/ok"
		printf 'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="x", nonce="y", qop="auth"\r\nContent-Length: 0\r\n\r\n' >"$work/$name/digest"
		printf 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 307 Go\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n' >"$work/$name/moved"
		printf 'HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n5\r\n<html\r\n0\r\n\r\n' >"$work/$name/page"
		printf '{"results":{"bindings":[{"g":{"value":"http://x.org/g"},"n":{"value":"12"}}]}}' >"$work/$name/counts"
		printf 'HTTP/1.1 200 OK\r\nContent-Length: 57\r\n\r\n{"results":{"bindings":[{"n":{"value":"0","type":"x"}}]}}' >"$work/$name/count"
		;;
	fuzz_ntriples) cp tests/data/*.nt "$work/$name/" ;;
	esac
	"$program" -max_total_time="$seconds" -seed="${FUZZ_SEED:-1}" -max_len=20000 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
		-artifact_prefix="$work/" "$work/$name" >"$work/$name.log" 2>&1 || { tail -40 "$work/$name.log"; echo "not ok - $name"; exit 1; }
	echo "ok - $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$name.log") executions"
done
