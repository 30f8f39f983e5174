#!/usr/bin/env bash
# usage: threads.sh    The build in $BUILD is made with -fsanitize=thread: runs it with four threads over texts of the cases, feeds, pages and an
# archive, to a stream, a folder, a store and with a state; any data race fails, and so does another output than that of one thread.
set -euo pipefail
cd "$(dirname "$0")/.."
TIDINGS=$(realpath "${BUILD:-build}/tidings")
export TIDINGS_DATA=${TIDINGS_DATA:-$(realpath "${BUILD:-build}/share")} TSAN_OPTIONS=halt_on_error=0:exitcode=66:report_signal_unsafe=0
work=$(mktemp -d)
store=
trap '[ -z "$store" ] || kill "$store"; rm -rf "$work"' EXIT
/usr/bin/python3 - tests/cases/*.txt >"$work/cases.jsonl" <<'END'
import json, sys
n = 0
for path in sys.argv[1:]:
    texts = [line[6:].strip() for line in open(path, encoding='utf-8') if line.startswith('text: ')]
    for i in range(0, len(texts), 8):  # as many texts as make some documents of different lengths
        n += 1
        print(json.dumps({'id': f'case-{n}', 'date': '2019-03-14', 'text': '\n\n'.join(texts[i:i + 1 + n % 8])}))
END
/usr/bin/python3 tests/cli/make-warc.py --gzip "$work/made.warc.gz" plain chunked gzip missing brotli
printf '\xff\xfe' >"$work/bad.txt"
inputs=("$work/cases.jsonl" tests/data/*.txt tests/data/*.jsonl tests/data/*.html "$work/made.warc.gz" "$work/bad.txt" "$work/none.txt")
mkdir "$work/store"
/usr/bin/python3 tests/cli/fake-store.py "$work/store" ok &
store=$!
for _ in $(seq 100); do [ -e "$work/store/port" ] && break; sleep 0.05; done
url=http://127.0.0.1:$(cat "$work/store/port")/store

n=0
check() { # NAME ARGUMENT…: exit 1, as there are bad documents; 66 is the sanitizer's
	local name=$1 rc=0
	shift
	n=$((n + 1))
	"$TIDINGS" "$@" 2>"$work/said" || rc=$?
	if [ "$rc" -eq 1 ] && ! grep -q ThreadSanitizer "$work/said"; then echo "ok $n - $name"; return; fi
	head -60 "$work/said"
	echo "not ok $n - $name (exit status $rc)"
	exit 1
}
check 'a stream, one thread' -q -j 1 -f nquads -o "$work/1.nq" "${inputs[@]}"
check 'a stream, four threads' -q -j 4 -f nquads -o "$work/4.nq" "${inputs[@]}"
cmp "$work/1.nq" "$work/4.nq"
check 'TriG and a report' -q -j 4 -f trig -o "$work/4.trig" --report "$work/report.json" "${inputs[@]}"
check 'a folder and a store, with a state' -q -j 4 --out-dir "$work/out" -f turtle --method gsp --upload "$url" --state "$work/state" "${inputs[@]}"
check 'the same again' -q -j 4 --out-dir "$work/out" -f turtle --method gsp --upload "$url" --state "$work/state" "${inputs[@]}"
check 'a store, verified, with a journal' -q -j 4 --method gsp --upload "$url" --verify --resume "$work/journal" "${inputs[@]}"
check 'layers as JSON' annotate -q -j 4 -f json -o "$work/4.json" "${inputs[@]}"
script -qec "'$TIDINGS' -j 4 -f nquads -o '$work/tty.nq' ${inputs[*]}" /dev/null >"$work/said" || true
! grep -q ThreadSanitizer "$work/said" || { cat "$work/said"; exit 1; }
cmp "$work/1.nq" "$work/tty.nq"
echo "ok $((n + 1)) - progress on a terminal"
