#!/usr/bin/env bash
# usage: run.sh SECONDS    Each target for that long, seeded from the cases and stories; a crash fails. The same inputs each time, unless
# FUZZ_SEED is another (0: by chance).
set -euo pipefail
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build-fuzz}
export TIDINGS_DATA=${TIDINGS_DATA:-$(realpath build/share)} UBSAN_OPTIONS=print_stacktrace=1
seconds=${1:-10}
work=$BUILD/work
for program in "$BUILD"/fuzz_*; do
	name=$(basename "$program")
	mkdir -p "$work/$name"
	case $name in
	fuzz_road) sed -n 's/^text: //p' tests/cases/*.txt | split -l 3 - "$work/$name/case-"; cp tests/data/*.txt "$work/$name/" ;;
	fuzz_html) cp tests/data/*.html "$work/$name/" ;;
	fuzz_json) cat tests/data/*.jsonl | split -l 1 - "$work/$name/line-" ;;
	fuzz_conllu) build/tidings annotate tests/data/*.txt | sed '1s/^/1/' >"$work/$name/story" ;;
	fuzz_files) { printf '\2'; head -200 build/share/lexicon.tsv; } >"$work/$name/lexicon" ;;
	fuzz_ntriples) cp tests/data/*.nt "$work/$name/" ;;
	esac
	"$program" -max_total_time="$seconds" -seed="${FUZZ_SEED:-1}" -max_len=20000 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
		-artifact_prefix="$work/" "$work/$name" >"$work/$name.log" 2>&1 || { tail -40 "$work/$name.log"; echo "not ok - $name"; exit 1; }
	echo "ok - $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$name.log") executions"
done
