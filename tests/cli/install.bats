#!/usr/bin/env bats
# make install, what is installed, the library, and make uninstall; also the commands that make the data files.
load helper

PREFIX=/usr/local # of the build at hand: another one would be another program

installed() { # into $TO; a build's files are not touched
	TO=$BATS_TEST_TMPDIR/root
	make -s -C "$ROOT" install BUILD="$BUILD" DESTDIR="$TO" PREFIX=$PREFIX MAKEFLAGS= >log 2>&1 || { cat log; return 1; }
}
sanitized() { nm "$TIDINGS" | grep -qE '__(asan|tsan|ubsan)_'; }

@test "make install puts everything in its place, and make uninstall takes it away" {
	installed
	for f in bin/tidings include/tidings.h lib/libtidings.a lib/libtidings.so lib/pkgconfig/tidings.pc share/tidings/english.tdm share/tidings/srl.tdm \
		share/tidings/lexicon.tsv share/tidings/world.tdk share/tidings/tidings.ttl share/man/man1/tidings.1 \
		share/bash-completion/completions/tidings; do
		[ -s "$TO$PREFIX/$f" ] || fail "$f is missing"
	done
	make -s -C "$ROOT" uninstall BUILD="$BUILD" DESTDIR="$TO" PREFIX=$PREFIX MAKEFLAGS=
	[ -z "$(find "$TO" -type f -o -type l)" ] || fail "left behind: $(find "$TO" -type f -o -type l)"
}

@test "the installed program finds its data by itself" {
	installed
	unset TIDINGS_DATA
	cd /
	run --separate-stderr "$TO$PREFIX/bin/tidings" "$BATS_TEST_TMPDIR/a.txt"
	exits 0
	prints 'a tid:Meeting'
	run --separate-stderr "$TO$PREFIX/bin/tidings" ontology
	exits 0
	prints 'owl:Class'
}

@test "ten lines of C against the installed library: from text to triples" {
	sanitized && skip 'a library with sanitizers needs a program with them'
	installed
	export PKG_CONFIG_PATH=$TO$PREFIX/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$TO TIDINGS_DATA=$TO$PREFIX/share/tidings
	cc -std=c11 -Wall -Wextra -Werror -o shared "$ROOT/tests/lib/ten-lines.c" $(pkg-config --cflags --libs tidings)
	LD_LIBRARY_PATH=$TO$PREFIX/lib run --separate-stderr ./shared
	exits 0
	silent
	prints 'a tid:Meeting'
	printf '%s\n' "$output" >shared.ttl
	rapper -q -c -i turtle shared.ttl
	rm "$TO$PREFIX"/lib/libtidings.so*
	cc -std=c11 -o static "$ROOT/tests/lib/ten-lines.c" $(pkg-config --cflags --static --libs tidings)
	./static >static.ttl
	cmp shared.ttl static.ttl
}

@test "the library in other hands: errors, threads, formats, sinks that fail" {
	sanitized && skip 'a library with sanitizers needs a program with them'
	installed
	export PKG_CONFIG_PATH=$TO$PREFIX/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$TO TIDINGS_DATA=$TO$PREFIX/share/tidings
	cc -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror -o library "$ROOT/tests/lib/library.c" $(pkg-config --cflags --libs tidings) -lpthread
	LD_LIBRARY_PATH=$TO$PREFIX/lib run --separate-stderr ./library
	exits 0
	prints 'ok'
}

@test "the header is C++ too, and the library shows tidings_* only" {
	installed
	printf '#include <tidings.h>\nint f(void) { return tidings_version()[0]; }\n' >x.c
	cc -std=c99 -pedantic -Wall -Wextra -Werror -I"$TO$PREFIX/include" -c x.c
	if command -v c++ >/dev/null; then cp x.c x.cc; c++ -Wall -Wextra -Werror -I"$TO$PREFIX/include" -c x.cc; fi
	[ -z "$(nm -D --defined-only "$TO$PREFIX/lib/libtidings.so" | awk '$2 == "T" && $3 !~ /^tidings_/')" ]
	nm -D --defined-only "$TO$PREFIX/lib/libtidings.so" | grep -q ' T tidings_build'
	sanitized || [ -z "$(nm -g --defined-only "$TO$PREFIX/lib/libtidings.a" | awk 'NF == 3 && $3 !~ /^tidings_/')" ]
}

@test "every function of the header is in the library, and the other way round" {
	installed
	grep -oE '\btidings_[a-z_]+\(' "$TO$PREFIX/include/tidings.h" | tr -d '(' | sort -u >in-header
	nm -D --defined-only "$TO$PREFIX/lib/libtidings.so" | awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' | sort >in-library
	comm -13 in-header in-library | diff /dev/null -
	for f in version status_text open share close build put_file; do grep -qx tidings_$f in-library; done
}

@test "ontology: as Turtle, and compiled twice to the same bytes" {
	"$TIDINGS" ontology -o o.ttl
	rapper -q -c -i turtle o.ttl
	cmp o.ttl "$ROOT/ontology/tidings.ttl"
	"$TIDINGS" ontology --compile "$ROOT/ontology" >one.tsv
	"$TIDINGS" ontology --compile "$ROOT/ontology" -o two.tsv
	cmp one.tsv two.tsv
	grep -qP '^class\tMeeting\t' one.tsv
	tidings --lexicon two.tsv a.txt
	exits 0
}

@test "ontology --compile: a folder that is not there, and one with broken Turtle" {
	tidings ontology --compile nowhere
	exits 1
	says nowhere
	mkdir broken
	cp "$ROOT/ontology/tidings.ttl" broken
	echo 'this is no Turtle' >broken/lexicon.ttl
	tidings ontology --compile broken -o out.tsv
	exits 1
	says lexicon.ttl
	[ ! -e out.tsv ]
}

@test "kb build: the same bytes twice, errors with file and line" {
	"$TIDINGS" kb build -o one.tdk "$ROOT/ontology/kb"
	"$TIDINGS" kb build -o two.tdk "$ROOT/ontology/kb"
	cmp one.tdk two.tdk
	mkdir broken
	printf 'Q1\tBerlin\tBerlin\tNonsense\t\t\t0.5\t\n' >broken/places.tsv
	tidings kb build -o three.tdk broken
	exits 1
	says places.tsv
	says 'line 1'
	[ ! -e three.tdk ]
	tidings kb build -o four.tdk nowhere
	exits 1
	says nowhere
}
