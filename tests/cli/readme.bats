#!/usr/bin/env bats
# The README in step with the program. After a change of what it prints: tests/cli/readme.py README.md build/tidings --update
load helper

@test "the examples print what the README shows" {
	$PYTHON "$BATS_TEST_DIRNAME/readme.py" "$ROOT/README.md" "$TIDINGS"
}

@test "the ten lines of C are those that are tested" {
	diff <(sed -n '/^```c$/,/^```$/p' "$ROOT/README.md" | sed '1d;$d') "$ROOT/tests/lib/ten-lines.c"
}

@test "every long option that the README names exists" {
	for c in build annotate query upload ontology kb; do "$TIDINGS" $c --help; done | grep -oE '\-\-[a-z][a-z-]+' | sort -u >known
	sed -e '/^cc /d' -e '/^curl /d' "$ROOT/README.md" | grep -oE '(^|[ `(])--[a-z][a-z-]+' | grep -oE '\-\-[a-z-]+' | sort -u >named
	comm -13 known named | diff /dev/null -
	[ "$(wc -l <named)" -gt 15 ]
}

@test "what the README links to is there" {
	for f in README.md src/README.md; do
		dir=$(dirname "$ROOT/$f")
		grep -oE '\]\([^)#:]+\)' "$ROOT/$f" | tr -d '])(' | while read -r target; do
			[ -e "$dir/$target" ] || { echo "$f: $target is not there"; exit 1; }
		done
	done
}
