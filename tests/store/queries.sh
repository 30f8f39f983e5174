# Queries over the stories, asked locally and of a store, to be sourced: store_queries TIDINGS SCRATCH COMPARE ASK
# ASK is a function: the query in, CSV out. The store holds the stories and tests/data/merge already (see stories_to_store). Prints a line
# for each query that the two do not answer by the same rows, or that nobody answers; COMPARE: "rows" compares their number only, as
# stores write CSV differently.

# stories_to_store TIDINGS SCRATCH ENDPOINT [ARGUMENT...]: counted, and sent once more where the count is off: under load Virtuoso has been seen
# to confirm a graph that it was to replace, and to keep some of the old one.
stories_to_store() {
	local sure=(--verify --resume "$2/stories.journal")
	"$1" build -q -f nquads --date 2019-03-14 -o "$2/stories.nq" tests/data/*.txt tests/data/*.jsonl tests/data/*.html &&
		"$1" upload -q --endpoint "$3" "${@:4}" "${sure[@]}" "$2/stories.nq" &&
		"$1" upload -q --endpoint "$3" "${@:4}" "${sure[@]}" --graph http://merge.example/world tests/data/merge/world.ttl
}

store_queries() {
	local q data
	for q in tests/data/queries/*.rq tests/data/merge/*.rq; do
		data=("$2/stories.nq")
		case $q in */merge/*) data+=(tests/data/merge/world.ttl) ;; esac
		"$1" query -f csv --file "$q" "${data[@]}" | tr -d '\r' | sort >"$2/local"
		"$4" "$(cat "$q")" | tr -d '\r' | sort >"$2/store"
		[ "$(wc -l <"$2/local")" -gt 1 ] || echo "$q: no rows"
		if [ "$3" = rows ]; then
			[ "$(wc -l <"$2/local")" = "$(wc -l <"$2/store")" ] || echo "$q: $(wc -l <"$2/local") rows here, $(wc -l <"$2/store") in the store"
		else
			cmp -s "$2/local" "$2/store" || { echo "$q:" && diff "$2/local" "$2/store" | head -n 4; }
		fi
	done
}
