#!/usr/bin/env bats
# Bad input: each is reported with where and what, the neighbours come out whole, and nothing crashes.
load helper

# `bad` between two good documents: exit 1, the message, and the graphs of the neighbours as if it were not there.
between_neighbours() { # FILE TEXT-OF-MESSAGE
	"$TIDINGS" -f nquads a.txt b.txt >expected
	tidings -f nquads a.txt "$1" b.txt
	exits 1
	says "tidings: $1: "
	says "$2"
	says '1 of 3 documents failed'
	diff expected - <<<"$output"
	tidings "$1"
	exits 1
	prints_nothing
}

@test "an empty file" {
	: >bad.txt
	between_neighbours bad.txt ''
}

@test "white space only, and a text without a letter" {
	printf ' \n\t\n' >bad.txt
	between_neighbours bad.txt ''
	printf '... !!! --- ???\n' >bad.txt
	between_neighbours bad.txt ''
}

@test "a binary file" {
	head -c 5000 "$TIDINGS" >bad.txt
	between_neighbours bad.txt 'byte'
}

@test "invalid UTF-8 is told by its byte" {
	printf 'Ten bytes.\xff and more text.\n' >bad.txt
	between_neighbours bad.txt 'byte 10:'
	printf 'Surrogate \xed\xa0\x80 here.\n' >bad.txt
	between_neighbours bad.txt 'byte 10:'
	printf 'Cut short \xc3' >bad.txt
	between_neighbours bad.txt 'byte 10:'
}

@test "a file that is not there" {
	between_neighbours missing.txt 'No such file'
}

@test "nothing but failures: exit 1 and no output" {
	tidings missing.txt gone.txt
	exits 1
	prints_nothing
}

@test "an empty directory, and empty standard input" {
	mkdir empty
	tidings empty
	exits 1
	says 'no document'
	prints_nothing
	run --separate-stderr bash -c "'$TIDINGS' - </dev/null"
	exits 1
	prints_nothing
}

@test "a directory without rights" {
	mkdir -m 755 open
	mkdir -m 700 open/closed
	cp a.txt open/a.txt
	cp b.txt open/closed/b.txt
	if [ "$(id -u)" -eq 0 ]; then
		chmod 711 "$BATS_TEST_TMPDIR" 2>/dev/null
		# root may read everything: become somebody else, and come with a program and data that nobody can be barred from
		where=$(mktemp -d /tmp/tidings-rights.XXXXXX)
		chmod 755 "$where"
		cp -r "$TIDINGS" open "$where/"
		cp -r "${TIDINGS_DATA:-$BUILD/share}" "$where/share"
		chmod -R a+rX "$where/share" "$where/tidings"
		chown 0:0 "$where/open/closed"
		chmod 700 "$where/open/closed"
		cd "$where"
		TIDINGS_DATA=$where/share run --separate-stderr setpriv --reuid=65534 --regid=65534 --clear-groups "$where/tidings" -f nquads open
		cd /
		rm -rf "$where"
	else
		chmod 000 open/closed
		tidings -f nquads open
		chmod 700 open/closed
	fi
	exits 1
	says 'open/closed'
	says 'Permission denied'
	[ "$(grep -c NewsArticle <<<"$output")" -eq 1 ]
}

@test "JSONL with a broken line in the middle" {
	{
		echo '{"id": "one", "text": "Barack Obama met Angela Merkel in Berlin."}'
		echo '{"id": "two", "text": "Police arrested'
		echo '{"id": "three", "text": "Police arrested three men in Paris."}'
	} >feed.jsonl
	sed 2d feed.jsonl >good.jsonl
	"$TIDINGS" -f nquads good.jsonl >expected
	tidings -f nquads feed.jsonl
	exits 1
	says 'feed.jsonl:2'
	diff expected - <<<"$output"
}

@test "JSONL: lines that are no object, or have no text" {
	printf '%s\n' '[]' '42' '"text"' 'null' '{}' '{"text": 7}' '{"text": ""}' '{"text": "Obama met Merkel in Berlin."}' >feed.jsonl
	tidings -f nquads feed.jsonl
	exits 1
	for line in 1 2 3 4 5 6 7; do says "feed.jsonl:$line"; done
	[ "$(grep -c NewsArticle <<<"$output")" -eq 1 ]
}

@test "JSON nested a hundred thousand deep" {
	$PYTHON -c 'print("{\"text\":" * 100000)' >deep.jsonl
	tidings deep.jsonl
	exits 1
	prints_nothing
}

@test "one line of ten megabytes" {
	$PYTHON -c 'print("Obama met Merkel in Berlin and " * 350000, end="")' >long.txt
	[ "$(stat -c %s long.txt)" -gt 10000000 ]
	run --separate-stderr timeout 300 bash -c "'$TIDINGS' annotate --until split long.txt | tail -c 200"
	exits 0
	[ -n "$output" ]
}

@test "ten megabytes without a space" {
	head -c 10000000 /dev/zero | tr '\0' x >word.txt
	run --separate-stderr timeout 120 bash -c "'$TIDINGS' -o out.nt word.txt"
	[ "$status" -le 1 ] || fail 'a crash'
}

@test "HTML that is none, and HTML without text" {
	printf '<html><head><title>x</title></head><body></body></html>' >bad.html
	tidings bad.html
	exits 1
	head -c 3000 /dev/urandom >noise.html
	tidings noise.html
	[ "$status" -le 1 ] || fail 'a crash'
}

@test "control characters of names do not reach the terminal" {
	name=$(printf 'bad\033[31m.txt')
	: >"$name"
	tidings "$name"
	exits 1
	[[ $stderr != *$'\033'* ]] || fail 'an escape sequence'
}

@test "texts with everything that RDF must escape" {
	printf 'He said "a\\b" to <Obama> & {Merkel} in `Berlin` | today^^.\r\nTab\there. \xe2\x80\xa8 \xf0\x9f\x98\x80 Obama met Merkel.\n' >odd.txt
	for f in turtle trig ntriples nquads rdfxml; do
		"$TIDINGS" -f $f --with-text -o odd.$f odd.txt
		rapper -q -c -i $f odd.$f http://base.example.org/
	done
}

# lacking OUTPUT INPUT…: counts in $failed how often a failing allocation was an error
lacking() {
	local n out=$1
	shift
	failed=0
	for n in $(seq 0 11 660); do
		rm -f "$out"
		status=0
		FAIL_AT=$n LD_PRELOAD=$PWD/failing.so timeout 20 "$TIDINGS" -q -j 2 -f nquads -o "$out" "$@" 2>message || status=$?
		[ "$status" -le 1 ] || fail "allocation $n: exit status $status"
		[ "$status" -eq 0 ] || [ -s message ] || fail "allocation $n: no message"
		! grep -v '^tidings: ' message || fail "allocation $n: who said that?"
		[ "$status" -eq 1 ] || [ ! -e expected.nq ] || cmp expected.nq "$out"
		failed=$((failed + status))
	done
	[ "$failed" -gt 15 ] || fail "only $failed of the failures were met"
}

@test "no memory at the n-th allocation of the program or of its libraries: an error or the right bytes, no crash, no hang" {
	[ -z "${TIDINGS_SANITIZED:-}" ] || skip 'the sanitizer has an allocator of its own'
	cc -shared -fPIC -o failing.so "$BATS_TEST_DIRNAME/failing-malloc.c" -ldl
	# libxml2 may lose an entity without a word: of pages only crashes and hangs are looked for
	$PYTHON "$BATS_TEST_DIRNAME/make-warc.py" --gzip pages.warc.gz plain chunked+gzip
	lacking out.nq "$DATA/harbour-vote.html" pages.warc.gz
	head -1 "$DATA/harbour-strike.jsonl" >feed.jsonl
	gzip -k feed.jsonl
	"$TIDINGS" -q -f nquads -o expected.nq feed.jsonl.gz a.txt
	lacking out.nq feed.jsonl.gz a.txt
}
