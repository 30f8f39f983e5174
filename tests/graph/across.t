#!/usr/bin/env bash
# Two papers write of the same events, each in its own words: one node, both numbers, and what is doubtful said so.
cd "$(dirname "$0")/../.." || exit 1
. tests/graph/articles.sh
papers=(tests/data/two-papers/herald.jsonl tests/data/two-papers/tribune.jsonl)
ask() { "$tidings" query -f csv --file "$1" "${@:2}" | tr -d '\r' | tail -n +2; }
has() { grep -qF -- "$2" <<<"$1" && ok "$2" || not_ok "$2" "$1"; }
lacks() { grep -qF -- "$2" <<<"$1" && not_ok "not: $2" "$1" || ok "not: $2"; }

"$tidings" -q -o "$scratch/both.nq" "${papers[@]}"
one=$(ask tests/data/queries/told-by-several.rq "$scratch/both.nq")
has "$one" '"Attack, Kabul, 2019-03-13",Quayside Herald,'
has "$one" '"Death, Kabul, 2019-03-13",Quayside Herald,'
has "$one" '"Meeting, Angela Merkel, Vladimir Putin, 2019-03-13",Quayside Herald,'
[ "$(wc -l <<<"$one")" -eq 3 ] && ok 'no other events are one' || not_ok 'no other events are one' "$one"
has "$(ask tests/data/queries/papers-differ.rq "$scratch/both.nq")" 'Kabul,at least 12,,Quayside Herald,Twenty,people,Morning Tribune'
has "$(ask tests/data/two-papers/possibly-one.rq "$scratch/both.nq")" '"Departure, Márcia Louçã, 2019-03",0.6'

# Built apart and put together: the same.
for p in "${papers[@]}"; do "$tidings" -q -o "$scratch/$(basename "$p").nq" "$p"; done
"$tidings" merge -q -o "$scratch/merged.nq" "$scratch"/*.jsonl.nq
check 'built apart, the same statements' "$(sort "$scratch/both.nq" | cmp - "$scratch/merged.nq" 2>&1)"

# Another day, another event; what did not happen is no name for what did.
sed 's/2019-03-15/2019-03-22/' tests/data/two-papers/tribune.jsonl >"$scratch/later.jsonl"
"$tidings" -q -o "$scratch/later.nq" tests/data/two-papers/herald.jsonl "$scratch/later.jsonl"
lacks "$(ask tests/data/queries/told-by-several.rq "$scratch/later.nq")" Kabul
echo '{"id": "x", "date": "2019-03-14", "source": "Echo", "title": "No", "text": "Vladimir Putin did not meet Angela Merkel on Wednesday."}' >"$scratch/not.jsonl"
"$tidings" -q -o "$scratch/not.nq" tests/data/two-papers/herald.jsonl "$scratch/not.jsonl"
lacks "$(ask tests/data/queries/told-by-several.rq "$scratch/not.nq")" Meeting
has "$(ask tests/data/two-papers/possibly-one.rq "$scratch/not.nq")" 'Meeting, Angela Merkel, Vladimir Putin'
echo "1..$n"
