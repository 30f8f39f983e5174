#!/usr/bin/env bash
# Two runs, one or two threads, and any order of the input files give the same.
cd "$(dirname "$0")/../.." || exit 1
. tests/graph/articles.sh
files=()
for article in "${articles[@]}"; do files+=("${article#* }"); done
files+=(tests/data/*.jsonl tests/data/*.html)
build() { "$tidings" build -q --date 2019-03-14 "$@"; }
differ() { cmp "$1" "$2" 2>&1; }
for format in turtle trig ntriples nquads rdfxml; do
	build -f "$format" -j 1 -o "$scratch/a" "${files[@]}"
	build -f "$format" -j 1 -o "$scratch/b" "${files[@]}"
	build -f "$format" -j 2 -o "$scratch/c" "${files[@]}"
	check "$format: two runs give the same bytes" "$(differ "$scratch/a" "$scratch/b")"
	check "$format: -j 1 and -j 2 give the same bytes" "$(differ "$scratch/a" "$scratch/c")"
	[ -s "$scratch/a" ] || not_ok "$format: empty"
done
reversed=()
for f in "${files[@]}"; do reversed=("$f" "${reversed[@]}"); done
build -f nquads "${files[@]}" | sort >"$scratch/a"
build -f nquads "${reversed[@]}" | sort >"$scratch/b"
check 'the order of the files changes no IRI' "$(differ "$scratch/a" "$scratch/b")"
for f in "${files[@]}"; do build -f nquads "$f"; done | sort >"$scratch/b"
check 'one by one or together: the same quads' "$(differ "$scratch/a" "$scratch/b")"
echo "1..$n"
