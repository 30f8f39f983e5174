#!/usr/bin/env bats
# tidings annotate: the document behind every stage.
load helper

@test "CoNLL-U has ten columns, and its text is the input's" {
	"$TIDINGS" annotate a.txt >out.conllu
	[ "$(grep -v '^#' out.conllu | grep . | awk -F'\t' 'NF != 10' | wc -l)" -eq 0 ]
	grep -qx '# text = Barack Obama met Angela Merkel in Berlin on Wednesday.' out.conllu
	grep -qP '^3\tmet\tmeet\tVERB\t' out.conllu
}

@test "--until stops behind each stage" {
	for stage in source split tag time mentions coref link events attribution factuality facts; do
		tidings annotate --until $stage a.txt
		exits 0
	done
	[ "$("$TIDINGS" annotate --until split a.txt | grep -c VERB)" -eq 0 ]
	"$TIDINGS" annotate --until tag a.txt | grep -q VERB
	! "$TIDINGS" annotate --until tag a.txt | grep -q 'Entity='
	"$TIDINGS" annotate --until coref a.txt | grep -q 'Entity='
	! "$TIDINGS" annotate --until coref a.txt | grep -q 'Event='
	"$TIDINGS" annotate --until events a.txt | grep -q 'Event='
	tidings annotate --until nowhere a.txt
	exits 2
	says 'source split tag'
}

@test "JSON: one object a document" {
	"$TIDINGS" annotate -f json a.txt b.txt >out.json
	[ "$(jq -s -r '.[].tokens[0].form' out.json | tr '\n' ' ')" = 'Barack Police ' ]
}

@test "byte and character places point into the text" {
	printf '“Zoë Ärger” met Angela Merkel in Łódź on Monday.\n' >uml.txt
	"$TIDINGS" annotate uml.txt >out.conllu
	$PYTHON - <<-'END'
		raw = open('uml.txt', 'rb').read()
		text = raw.decode()
		n = 0
		for line in open('out.conllu', encoding='utf-8'):
		    cells = line.rstrip('\n').split('\t')
		    if len(cells) != 10 or '-' in cells[0]:
		        continue
		    misc = dict(x.split('=', 1) for x in cells[9].split('|') if '=' in x)
		    b, c = ([int(v) for v in misc[k].split(':')] for k in ('Bytes', 'Chars'))
		    assert raw[b[0]:b[1]].decode() == text[c[0]:c[1]] == cells[1], cells
		    n += 1
		assert n > 8, n
	END
}

@test "CoNLL-U in: words as in the file, and with --keep its trees" {
	"$TIDINGS" annotate --until tag a.txt >in.conllu
	"$TIDINGS" annotate --from conllu --until tag in.conllu >out.conllu
	diff <(grep -v '^#' in.conllu | cut -f2) <(grep -v '^#' out.conllu | cut -f2)
	# a tree that no parser would make: --keep leaves it alone
	printf '1\tObama\tOBAMA\tVERB\tVB\t_\t0\troot\t_\t_\n2\tmet\tMET\tNOUN\tNN\t_\t1\tobj\t_\t_\n3\tMerkel\tMERKEL\tADV\tRB\t_\t2\tadvmod\t_\t_\n\n' >odd.conllu
	tidings annotate --from conllu --keep --until tag odd.conllu
	exits 0
	prints "$(printf '2\tmet\tMET\tNOUN\tNN')"
	tidings annotate --from conllu --until tag odd.conllu
	exits 0
	[[ $output != *MET* ]] || fail 'the lemma was kept without --keep'
}

@test "CoNLL-U that is none is told by its line" {
	printf '1\tObama\n' >bad.conllu
	tidings annotate --from conllu bad.conllu
	exits 1
	says 'bad.conllu'
	says 'line 1'
	printf '1\ta\ta\tX\t_\t_\t2\tdep\t_\t_\n2\tb\tb\tX\t_\t_\t1\tdep\t_\t_\n\n' >cycle.conllu
	tidings annotate --from conllu --keep cycle.conllu
	[ "$status" -le 1 ] || fail 'a crash'
}

@test "several documents, any number of threads: the same bytes" {
	for i in $(seq 20); do sed "s/dockers/dockers $i/" "$DATA/harbour-visit.txt" >"n$i.txt"; done
	"$TIDINGS" annotate -j 1 n*.txt >one
	"$TIDINGS" annotate -j 3 n*.txt | cmp one -
}
