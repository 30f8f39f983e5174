#!/usr/bin/env bash
# Graphs with every awkward term there is: do readers that others wrote find exactly what was meant?
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
for need in rapper serdi /usr/bin/python3; do
	command -v "$need" >/dev/null || { echo "1..0 # SKIP $need is not installed"; exit 0; }
done
/usr/bin/python3 -c 'import rdflib' 2>/dev/null || { echo "1..0 # SKIP python3-rdflib is not installed"; exit 0; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
packages='libcurl redland raptor2 rasqal libxml-2.0 jansson nettle zlib'
# shellcheck disable=SC2046,SC2086
${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -Isrc -o "$scratch/nasty" tests/store/nasty.c "$BUILD/libtidings.a" \
	$(pkg-config --libs $packages) -lutf8proc -lm -lpthread || { echo "Bail out! nasty.c does not compile"; exit 1; }

compare() { /usr/bin/python3 tests/store/roundtrip.py "$@"; }
by_rapper() { rapper -q -i "$2" -o "$3" "$4" http://base.invalid/ | compare "$1" "$5" - --fold-tags; }
by_serdi() { serdi -q -i "$2" -o "$3" "$4" | compare "$1" "$5" -; }

n=0
# check NAME COMMAND...: the command compares, and prints what differs
check() {
	n=$((n + 1))
	if ("${@:2}") >"$scratch/log" 2>&1; then echo "ok $n - $1 ($(tail -n 1 "$scratch/log"))"
	else echo "not ok $n - $1"; sed 's/^/# /' "$scratch/log"; fi
}

echo 1..14
cd "$scratch" || exit 1
for format in turtle trig ntriples nquads; do ./nasty $format >$format; done
./nasty rdfxml xml >rdfxml
./nasty meant >meant
./nasty meant xml >meant-xml
./nasty dot >dot
cd - >/dev/null || exit 1
s=$scratch

check 'N-Triples, line by line' compare "$s/meant" lines "$s/ntriples"
check 'N-Quads, line by line' compare "$s/meant" lines4 "$s/nquads"
check 'rdflib reads the Turtle' compare "$s/meant" turtle "$s/turtle"
check 'rdflib reads the TriG' compare "$s/meant" trig "$s/trig"
check 'rdflib reads the RDF/XML' compare "$s/meant-xml" xml "$s/rdfxml"
check 'serdi reads the Turtle' by_serdi "$s/meant" turtle ntriples "$s/turtle" lines
check 'serdi reads the TriG' by_serdi "$s/meant" trig nquads "$s/trig" lines4
check 'serdi reads the N-Triples' by_serdi "$s/meant" ntriples ntriples "$s/ntriples" lines
check 'serdi reads the N-Quads' by_serdi "$s/meant" nquads nquads "$s/nquads" lines4
check 'rapper reads the Turtle' by_rapper "$s/meant" turtle ntriples "$s/turtle" lines
check 'rapper reads the TriG' by_rapper "$s/meant" trig nquads "$s/trig" lines4
check 'rapper reads the N-Quads' by_rapper "$s/meant" nquads nquads "$s/nquads" lines4
check 'rapper reads the RDF/XML' by_rapper "$s/meant-xml" rdfxml ntriples "$s/rdfxml" lines
full() { ! "$s/nasty" "$1" 2>/dev/null >/dev/full; }
all_full() { for f in turtle trig ntriples nquads dot; do full $f || { echo "$f: no error"; return 1; }; done; echo 'all noticed'; }
check 'a full disk is noticed' all_full
