#!/usr/bin/env bats
# Inputs that would take for ever if any step were quadratic: four times the input may take some six times as long, not sixteen.
load helper

# seconds COMMAND…: processor time, in hundredths
seconds() {
	$PYTHON - "$@" <<-'END'
		import resource, subprocess, sys
		done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
		used = resource.getrusage(resource.RUSAGE_CHILDREN)
		if done.returncode: sys.exit(done.returncode)
		print(round(100 * (used.ru_utime + used.ru_stime)))
	END
}
# linear NAME SMALL LARGE ARGUMENT…: the LARGE file is four times as long as the SMALL one
linear() {
	local name=$1 small=$2 large=$3 one four
	shift 3
	one=$(seconds "$TIDINGS" "$@" "$small") four=$(seconds "$TIDINGS" "$@" "$large")
	echo "$name: $((one / 100)).$(printf %02d $((one % 100))) s, four times as much: $((four / 100)).$(printf %02d $((four % 100))) s"
	[ "$four" -le $((one * 7 + 100)) ]
}
texts() { # EXPRESSION of n: small and large for n and 4 n
	$PYTHON -c "
import sys
for name, n in (('small', int(sys.argv[1])), ('large', 4 * int(sys.argv[1]))):
    open(name + '.txt', 'w').write($2)" "$1"
}

@test "a sentence of very many words" {
	texts 250000 "'Obama met ' + 'dockers and ' * (n // 2)"
	linear 'a million words in one sentence, split' small.txt large.txt annotate --until split
	texts 25000 "'Obama met ' + 'dockers and ' * (n // 2)"
	linear '100,000 words in one sentence' small.txt large.txt -j 1 -f nt
}

@test "very many entities" {
	texts 2500 "''.join(f'Mr. Zor{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676 % 26)}ek met dockers. ' for i in range(n))"
	linear '10,000 entities' small.txt large.txt -j 1 -f nt
}

@test "very many quotation marks" {
	texts 250000 "'He said ' + '\"' * n + ' yes.'"
	linear 'a million quotation marks, split' small.txt large.txt annotate --until split
	texts 25000 "'He said ' + '\"' * n + ' yes.'"
	linear '100,000 quotation marks' small.txt large.txt -j 1 -f nt
	texts 6000 "'He said “yes ' * (n // 3)"
	linear 'quotations that never end' small.txt large.txt -j 1 -f nt
}

@test "a hundred megabytes in one line" {
	texts 25000000 "('Obama met Merkel in Berlin. ' * (n // 28 + 1))[:n]"
	linear 'a hundred megabytes, read' small.txt large.txt annotate --until source -f json --max-bytes 268435456
	for size in small large; do
		$PYTHON -c "import json; print(json.dumps({'id': 'x', 'text': open('$size.txt').read()}))" >$size.jsonl
	done
	linear 'a hundred megabytes in a line of JSON' small.jsonl large.jsonl annotate --until source -f json --max-bytes 268435456
}

@test "what is larger than the limit is passed over, on the whole road, in little time and memory" {
	$PYTHON -c "
import json
line = 'Obama met Merkel in Berlin. ' * 3600000
open('line.txt', 'w').write(line)
open('feed.jsonl', 'w').write(json.dumps({'id': 'x', 'text': line}) + '\\n' + json.dumps({'id': 'y', 'text': line[:28]}) + '\\n')"
	[ "$(stat -c %s line.txt)" -gt 100000000 ]
	(at_most_kb 600000; timeout 60 "$TIDINGS" -j 1 -f nquads line.txt feed.jsonl >out.nq 2>message) && exit 1
	cat message
	grep -q '^tidings: line.txt: .*more than 16777216 bytes' message
	grep -q '^tidings: feed.jsonl:1: .*more than 16777216 bytes' message
	grep -q '^tidings: 2 of 3 documents failed' message
	[ "$(grep -c NewsArticle out.nq)" -eq 1 ]
	gzip -1 line.txt
	(at_most_kb 600000; timeout 60 "$TIDINGS" -j 1 -f nquads line.txt.gz >out.nq 2>message) && exit 1
	grep -q 'more than 16777216 bytes' message
}
