#!/usr/bin/env bash
# Prints the figures that src/model/README.md promises, all by the built program. What data is not here is skipped with a word.
set -euo pipefail
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
tool=$BUILD/tidings
corpora=${TIDINGS_SHARED:-../shared}/corpora
gold=${TIDINGS_SHARED:-../shared}/gold
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# have WHAT FILE…: are all of them here?
have() {
	local what=$1 file
	shift
	for file; do [ -e "$file" ] || { echo "$what: no $file here, skipped"; return 1; }; done
	echo "== $what"
}

for corpus in ewt gum; do
	trees=$corpora/syntax/$corpus-dev.conllu names=$corpora/ner/$corpus-dev.iob2
	if have "$corpus-dev: sentences, tokens and words from raw text" "$trees"; then
		/usr/bin/python3 tests/eval/split_f1.py --tool "$tool annotate --until split" "$trees"
	fi
	if have "$corpus-dev: tags, lemmas, trees and names on gold tokens" "$trees"; then
		"$tool" annotate -q --from conllu --until tag "$trees" >"$scratch/$corpus.conllu"
		with=()
		[ ! -e "$names" ] || with=("$names" --names)
		/usr/bin/python3 tests/eval/conll18.py "$trees" "$scratch/$corpus.conllu" "${with[@]}"
	fi
done
if have 'names found in annotated news' "$gold/train" "$gold/dev"; then
	for part in train dev; do
		mkdir "$scratch/$part"
		for text in "$gold/$part"/*.txt; do
			"$tool" annotate -q --until tag "$text" >"$scratch/$part/$(basename "$text" .txt).conllu"
		done
		/usr/bin/python3 tests/eval/names.py "$gold/$part" "$scratch/$part"
	done
fi
if have 'semantic roles on ewt-dev, gold predicates and tokens' "$corpora/syntax/ewt-dev.conllu" "$corpora/events/propbank-ewt-dev.tsv"; then
	/usr/bin/python3 tests/eval/srl.py --tool "$tool"
	echo 'on gold trees:'
	/usr/bin/python3 tests/eval/srl.py --tool "$tool" --gold-trees
fi
if have 'time expressions on MEANTIME' "$corpora/events/meantime-dev"; then
	/usr/bin/python3 tests/eval/times.py --tool "$tool" "$corpora/events/meantime-dev"
fi
if have 'dates on GUM' "$corpora/syntax/gum-dev.conllu"; then
	/usr/bin/python3 tests/eval/times.py --tool "$tool" "$corpora/syntax/gum-dev.conllu"
fi
if have 'identity of events on MEANTIME' "$corpora/events/meantime-dev"; then
	/usr/bin/python3 tests/eval/meantime.py --tool "$tool" "$corpora/events/meantime-dev"
fi
if have 'factuality on MEANTIME' "$corpora/events/meantime-train" "$corpora/events/meantime-dev"; then
	/usr/bin/python3 tests/eval/factuality.py --tool "$tool" "$corpora/events/meantime-train" "$corpora/events/meantime-dev"
fi
if have 'coreference on gum-dev' "$corpora/syntax/gum-dev.conllu"; then
	/usr/bin/python3 tests/eval/coref.py "$tool"
fi
if have 'graphs of annotated news' "$gold/train" "$gold/dev"; then
	BUILD=$BUILD tests/eval/gold.sh train dev test
fi
if have 'links: as sure as they say' "$gold/train" "$corpora/events/meantime-train" "$gold/dev" "$corpora/events/meantime-dev"; then
	/usr/bin/python3 tests/eval/links.py "$tool" "$gold/train" "$corpora/events/meantime-train"
	/usr/bin/python3 tests/eval/links.py "$tool" "$gold/dev" "$corpora/events/meantime-dev"
fi
if have 'events found in MEANTIME, whatever their class' "$corpora/events/meantime-dev"; then
	/usr/bin/python3 tests/eval/events.py --tool "$tool" "$corpora/events/meantime-dev"
fi
