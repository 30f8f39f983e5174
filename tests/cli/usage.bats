#!/usr/bin/env bats
# The command line itself: help, version, mistakes, exit codes, manual page, completion.
load helper

commands() { echo build annotate query upload ontology kb; }

@test "no argument at all is a usage error" {
	tidings
	exits 2
	says 'usage: tidings'
	prints_nothing
}

@test "--help goes to standard output and exits 0" {
	tidings --help
	exits 0
	silent
	prints 'usage: tidings'
	for c in $(commands); do prints "  $c "; done
}

@test "each command has its own help" {
	for c in $(commands); do
		tidings "$c" --help
		exits 0
		silent
		prints "usage: tidings $c"
		prints '--help'
	done
}

@test "help is at most 80 columns wide" {
	for c in '' $(commands); do
		tidings $c --help
		widest=$(awk '{ if (length($0) > n) n = length($0) } END { print n }' <<<"$output")
		[ "$widest" -le 80 ] || fail "$c --help is $widest wide"
	done
}

@test "--version" {
	tidings --version
	exits 0
	[[ $output =~ ^tidings\ [0-9]+\.[0-9]+\.[0-9]+$ ]] || fail 'no version'
}

@test "an unknown option names the nearest one" {
	tidings --formt turtle a.txt
	exits 2
	says '--formt'
	says 'did you mean --format?'
	tidings upload --endpiont http://localhost/ a.nt
	exits 2
	says 'did you mean --endpoint?'
}

@test "an option of another command is unknown" {
	tidings query --provenance full x y
	exits 2
	says 'unknown option --provenance'
}

@test "an unknown option without a near one points to the help" {
	tidings annotate --xyzzy a.txt
	exits 2
	says 'tidings annotate --help'
	tidings -Z a.txt
	exits 2
	says 'unknown option -Z'
}

@test "a misspelt command is recognized, a file of that name is read" {
	tidings anotate a.txt
	exits 2
	says 'tidings annotate'
	cp a.txt anotate
	tidings anotate
	exits 0
}

@test "bad arguments are told with what would be right" {
	while IFS='|' read -r option value hint; do
		tidings build "$option" "$value" a.txt
		exits 2
		says "$option"
		says "$hint"
		prints_nothing
	done <<-'END'
		--format|json|turtle trig
		--provenance|some|none document mention full
		--jobs|0|from 1 to 256
		--jobs|two|from 1 to 256
		--jobs|-3|from 1 to 256
		--jobs|257|from 1 to 256
		--date|2017|YYYY-MM-DD
		--date|2017-02-30|YYYY-MM-DD
		--date|12.4.2017|YYYY-MM-DD
		--url|not an address|absolute IRI
		--base|relative/|absolute IRI
		--base|http://a b/|absolute IRI
		--upload|ftp://example.org/|http
		--title||empty
	END
}

@test "a missing argument, and one too many" {
	tidings a.txt --date
	exits 2
	says 'needs an argument'
	tidings --with-text=yes a.txt
	exits 2
	says 'takes no argument'
}

@test "commands without their operands" {
	tidings build -q
	exits 2
	says 'no INPUT'
	tidings annotate
	exits 2
	tidings query
	exits 2
	says 'no query'
	tidings query 'SELECT * {}'
	exits 2
	says 'no FILE'
	tidings upload a.nt
	exits 2
	says '--endpoint'
	tidings kb
	exits 2
	tidings kb build "$ROOT/ontology/kb"
	exits 2
	says '-o FILE'
	tidings ontology extra
	exits 2
}

@test "options of the upload need --upload" {
	tidings --auth-file x a.txt
	exits 2
	says '--upload'
}

@test "--keep and --date fit their kind of input only" {
	tidings annotate --keep a.txt
	exits 2
	says '--from conllu'
	tidings annotate --from conllu --date 2017-04-12 a.txt
	exits 2
	says '--date'
}

@test "options may follow the input, and -- ends them" {
	tidings a.txt -f ntriples
	exits 0
	cp a.txt ./--odd
	tidings -f ntriples -- --odd
	exits 0
}

@test "the manual page holds every option of every command, and no other" {
	"$TIDINGS" --man >tidings.1
	for c in $(commands); do "$TIDINGS" $c --help; done | grep -oE '^ +(-[a-z], )?--[a-z-]+' | grep -oE '\-\-[a-z-]+' | sort -u >in-help
	sed 's/\\-/-/g' tidings.1 | grep -oE '^\\fB-.*' | grep -oE '\\fB--[a-z-]+|, \\fB--[a-z-]+' | grep -oE '\-\-[a-z-]+' | sort -u >in-man
	diff in-help in-man
	[ "$(wc -l <in-man)" -gt 25 ]
}

@test "groff finds nothing wrong with the manual page" {
	"$TIDINGS" --man >tidings.1
	run groff -man -ww -z -Tutf8 tidings.1
	[ "$status" -eq 0 ] && [ -z "$output" ]
	run man -l tidings.1
	[[ $output == *'EXIT STATUS'* ]]
}

complete_words() { # WORD…: what bash offers for the last one
	bash -c '. ./completion; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tidings; printf "%s\n" "${COMPREPLY[@]}"' complete "$@" | sort
}

@test "completion offers commands, options and words" {
	"$TIDINGS" --completion >completion
	[ "$(complete_words tidings ann)" = annotate ]
	[ "$(complete_words tidings --prov)" = --provenance ]
	[ "$(complete_words tidings --provenance '')" = "$(printf '%s\n' document full mention none)" ]
	[ "$(complete_words tidings query -f '')" = "$(printf '%s\n' csv json table xml)" ]
	[ "$(complete_words tidings upload --prov)" = '' ]
	[ "$(complete_words tidings ontology --compile "$ROOT/onto")" = "$ROOT/ontology" ]
}

@test "completion offers every option of the help" {
	"$TIDINGS" --completion >completion
	for c in $(commands); do
		"$TIDINGS" $c --help | grep -oE '^ +(-[a-z], )?--[a-z-]+' | grep -oE '\-\-[a-z-]+' | sort >in-help
		complete_words tidings $c -- | diff in-help -
	done
}
