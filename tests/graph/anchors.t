#!/usr/bin/env bash
# Every mention's characters [begin, end) in the input are exactly its nif:anchorOf, counted in code points, whatever the text.
cd "$(dirname "$0")/../.." || exit 1
. tests/graph/articles.sh
printf '😀 Прeзидент Zoë Łuk met “Ōta Jirō” in São Tomé — the 王 family’s house — on Monday.\r\n\r\nŁuk said: “Ça va, mes amis.”\r\n\r\n{ad} Jirō’s men shot 3 soldiers near Košice.' >"$scratch/dirty.txt"
printf '\xEF\xBB\xBFIvan Ćosić was arrested in Zürich on Tuesday.' >"$scratch/bom.txt"
articles+=("2019-03-14 $scratch/dirty.txt" "2019-03-14 $scratch/bom.txt")
for article in "${articles[@]}"; do
	file=${article#* }
	"$tidings" build -q -f ntriples --date "${article%% *}" -o "$scratch/out.nt" "$file"
	result=$(/usr/bin/python3 - "$file" "$scratch/out.nt" <<'PY'
import sys, rdflib
NIF = rdflib.Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
text = open(sys.argv[1], "rb").read().decode("utf-8")
g = rdflib.Graph().parse(sys.argv[2], format="nt")
seen = 0
for m, anchor in g.subject_objects(NIF.anchorOf):
    b, e = int(g.value(m, NIF.beginIndex)), int(g.value(m, NIF.endIndex))
    seen += 1
    if text[b:e] != str(anchor): print(f"[{b},{e}) is {text[b:e]!r}, anchorOf {str(anchor)!r}")
    if not str(m).endswith(f"#char={b},{e}"): print(f"{m}: not its own offsets {b},{e}")
for c in g.subjects(rdflib.RDF.type, NIF.Context):
    if int(g.value(c, NIF.endIndex)) != len(text): print(f"the context ends at {g.value(c, NIF.endIndex)}, the text at {len(text)}")
if not seen: print("no mention at all")
PY
	)
	check "$(basename "$file"): mentions are the text's own characters" "$result"
done
echo "1..$n"
