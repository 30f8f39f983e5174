#!/usr/bin/env bash
# The shapes notice what is wrong, and the graphs of the test stories (and of annotated articles, where they are at hand) are what they ask for.
cd "$(dirname "$0")/../.." || exit 1
. tests/graph/articles.sh
command -v npm >/dev/null || { echo '1..0 # SKIP no npm'; exit 0; }
shapes=$(tests/ontology/shacl/run.sh 2>&1)
status=$?
case $shapes in *SKIP*) echo "$shapes"; exit 0 ;; esac
[ $status -eq 0 ] && ok 'the shapes notice each single change' || not_ok 'the shapes notice each single change' "$(grep -v '^ok' <<<"$shapes")"
i=0
for article in "${articles[@]}"; do
	for names in local wikidata dbpedia; do
		"$tidings" build -q --date "${article%% *}" --provenance full --iri $names -o "$scratch/$i-$names.nt" "${article#* }" || not_ok "${article#* }: not built"
	done
	i=$((i + 1))
done
# A graph a document: the shapes are about one.
"$tidings" build -q -f ntriples --out-dir "$scratch/each" tests/data/*.jsonl tests/data/*.html || not_ok 'stories in other formats: not built'
graphs=$(tests/ontology/shacl/run.sh "$scratch"/*.nt "$scratch"/each/*.nt 2>&1)
status=$?
[ $status -eq 0 ] && ok 'graphs of the stories conform' || not_ok 'graphs of the stories conform' "$(grep -v "^ok" <<<"$graphs")"
[ "$(grep -c '^ok' <<<"$graphs")" -eq "$(ls "$scratch"/*.nt "$scratch"/each/*.nt | wc -l)" ] && ok 'all of them' || not_ok 'all of them' "$graphs"
echo "1..$n"
