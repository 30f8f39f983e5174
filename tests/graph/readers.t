#!/usr/bin/env bash
# What the program writes is read by programs that others wrote: without an error or warning, and as the same number of triples.
cd "$(dirname "$0")/../.." || exit 1
. tests/graph/articles.sh
cat >"$scratch/count.py" <<'PY'
import sys, warnings, logging, rdflib
warnings.simplefilter("error")
logging.basicConfig(level=logging.WARNING)
g = rdflib.ConjunctiveGraph()
g.parse(sys.argv[2], format=sys.argv[1])
print(sum(1 for _ in g.triples((None, None, None))))
PY
# count READER SYNTAX FILE: the number of triples, or what the reader complains of
rapper_() { rapper -q -i "$1" -o ntriples "$2" 2>&1 | sort -u | awk '/^(<|_:)/ { n++; next } { print; bad = 1 } END { if (!bad) print n + 0 }'; }
serdi_() { serdi -q -i "$1" -o ntriples "$2" 2>&1 | sort -u | awk '/^(<|_:)/ { n++; next } { print; bad = 1 } END { if (!bad) print n + 0 }'; }
rdflib_() { /usr/bin/python3 "$scratch/count.py" "$1" "$2" 2>&1 | tail -3; }

for article in "${articles[@]}"; do
	file=${article#* }
	for format in turtle trig ntriples nquads rdfxml; do
		"$tidings" build -q -f "$format" --date "${article%% *}" --provenance full --with-text -o "$scratch/$format" "$file"
	done
	want=$(sort -u "$scratch/ntriples" | wc -l)
	[ "$want" = "$(wc -l <"$scratch/ntriples")" ] || not_ok "a triple stands twice"
	got="$want triples"
	complain=
	expect() { [ "$2" = "$want" ] || complain+="$1: $2 instead of $want"$'\n'; }
	expect 'rapper turtle' "$(rapper_ turtle "$scratch/turtle")"
	expect 'rapper trig' "$(rapper_ trig "$scratch/trig")"
	expect 'rapper ntriples' "$(rapper_ ntriples "$scratch/ntriples")"
	expect 'rapper nquads' "$(rapper_ nquads "$scratch/nquads")"
	expect 'rapper rdfxml' "$(rapper_ rdfxml "$scratch/rdfxml")"
	expect 'serdi turtle' "$(serdi_ turtle "$scratch/turtle")"
	expect 'serdi trig' "$(serdi_ trig "$scratch/trig")"
	expect 'serdi ntriples' "$(serdi_ ntriples "$scratch/ntriples")"
	expect 'serdi nquads' "$(serdi_ nquads "$scratch/nquads")"
	expect 'rdflib turtle' "$(rdflib_ turtle "$scratch/turtle")"
	expect 'rdflib trig' "$(rdflib_ trig "$scratch/trig")"
	expect 'rdflib ntriples' "$(rdflib_ nt "$scratch/ntriples")"
	expect 'rdflib nquads' "$(rdflib_ nquads "$scratch/nquads")"
	check "$(basename "$file"): rapper, serdi and rdflib read all formats, $got each" "$complain"
	isomorphic=$(/usr/bin/python3 - "$scratch" <<'PY'
import sys, rdflib
from rdflib.compare import isomorphic
at = sys.argv[1]
nt = rdflib.Graph().parse(at + "/ntriples", format="nt")
for name, syntax in (("turtle", "turtle"), ("rdfxml", "xml")):
    if not isomorphic(nt, rdflib.Graph().parse(at + "/" + name, format=syntax)): print(name, "is another graph than ntriples")
for name in ("trig", "nquads"):
    d = rdflib.ConjunctiveGraph(); d.parse(at + "/" + name, format=name)
    contexts = [c for c in d.contexts() if len(c)]
    if len(contexts) != 1 or not isomorphic(nt, contexts[0]): print(name, "is another graph than ntriples")
PY
	)
	check "$(basename "$file"): the same graph in every format" "$isomorphic"
done
echo "1..$n"
