# Tidings: `make`, `make check`, `make demo`, `make bench`, `make install`. Everything that is built lies below $(BUILD).
PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build
VERSION := 0.1.0
CC ?= cc
OPT ?= -O2 -g
PKGS := libcurl redland raptor2 rasqal libxml-2.0 jansson nettle zlib libzstd
WARN := -Wall -Wextra -Wshadow -Wconversion
CPPFLAGS += -Isrc -Iinclude -D_POSIX_C_SOURCE=200809L -DTD_VERSION='"$(VERSION)"' -DTD_DATADIR='"$(PREFIX)/share/tidings"'
CFLAGS += -std=c11 $(OPT) $(WARN) -fPIC -fno-math-errno $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
LDLIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lutf8proc -lm -lpthread

LIB_SRC := $(wildcard src/base/*.c src/doc/*.c src/nlp/*.c src/kg/*.c src/rdf/*.c src/lib/*.c)
CLI_SRC := $(wildcard src/cli/*.c)
LIB_OBJ := $(LIB_SRC:src/%.c=$(BUILD)/obj/%.o)
CLI_OBJ := $(CLI_SRC:src/%.c=$(BUILD)/obj/%.o)
UNIT_SRC := $(wildcard tests/unit/test_*.c)
UNIT := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)

TTL := $(wildcard ontology/*.ttl)
KB_TSV := $(wildcard ontology/kb/*.tsv)
DATA := $(BUILD)/share/english.tdm $(BUILD)/share/srl.tdm $(BUILD)/share/event.tdm $(BUILD)/share/speech.tdm $(BUILD)/share/claim.tdm $(BUILD)/share/pair.tdm $(BUILD)/share/lexicon.tsv $(BUILD)/share/world.tdk $(BUILD)/share/dump.tsv $(TTL:ontology/%=$(BUILD)/share/%)

.PHONY: all unit clean deps check demo bench check-clang check-asan check-tsan check-valgrind check-fuzz eval
all: $(BUILD)/libtidings.a $(BUILD)/tidings $(DATA) public

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/libtidings.a: $(LIB_OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/tidings: $(CLI_OBJ) $(BUILD)/libtidings.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# The tables that the program reads at start; it compiles them itself.
$(BUILD)/share/%.tdm: src/model/%.tdm
	@mkdir -p $(@D)
	cp $< $@

$(BUILD)/share/lexicon.tsv: $(TTL) $(BUILD)/tidings
	@mkdir -p $(@D)
	$(BUILD)/tidings ontology --compile ontology -o $@

$(BUILD)/share/world.tdk: $(KB_TSV) $(BUILD)/tidings
	@mkdir -p $(@D)
	$(BUILD)/tidings kb build -o $@ ontology/kb

$(BUILD)/share/dump.tsv: ontology/dump.tsv
	@mkdir -p $(@D)
	cp $< $@

$(BUILD)/share/%.ttl: ontology/%.ttl
	@mkdir -p $(@D)
	cp $< $@

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libtidings.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< $(BUILD)/libtidings.a -lcmocka $(LDLIBS)

# The runner of tests/cases; beside share/, so that it finds the tables.
$(BUILD)/cases: tests/unit/cases.c tests/unit/cases_expect.c tests/unit/cases.h $(BUILD)/libtidings.a
	$(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.c %.a,$^) $(LDLIBS)

unit: $(UNIT)
	@for t in $(UNIT); do CMOCKA_MESSAGE_OUTPUT=TAP $$t || exit 1; done

# ---- tests ----
# Packages come first: pkg-config is asked when this file is read, so the work is done by a second make.
deps:
	tests/install.sh build

check:
	tests/install.sh build check store
	$(MAKE) all $(UNIT) $(BUILD)/cases
	BUILD=$(BUILD) tests/run

demo:
	tests/install.sh build
	$(MAKE) -s all
	BUILD=$(BUILD) tests/demo.sh

$(BUILD)/bench: tests/bench/bench.c $(BUILD)/libtidings.a
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# The figures of src/model/README.md that the program gives.
eval: all
	BUILD=$(BUILD) tests/eval/run.sh

$(BUILD)/kbgen $(BUILD)/kblook: $(BUILD)/%: tests/bench/%.c $(BUILD)/libtidings.a
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

bench: all $(BUILD)/bench
	BUILD=$(BUILD) tests/bench/run.sh

SAN := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
check-asan:
	tests/install.sh build check
	$(MAKE) BUILD=$(BUILD)-asan OPT='-O1 -g $(SAN)' all unit-programs
	BUILD=$(BUILD)-asan tests/run --sanitized

# Data races. clang, as gcc's runtime stumbles over addresses that newer kernels hand out.
check-tsan:
	tests/install.sh build check
	$(MAKE) BUILD=$(BUILD)-tsan CC='$(TSAN_CC)' OPT='-O1 -g -fsanitize=thread -fno-omit-frame-pointer' tables
	BUILD=$(BUILD)-tsan tests/threads.sh
TSAN_CC ?= clang

check-valgrind:
	tests/install.sh build check
	$(MAKE) all unit-programs
	BUILD=$(BUILD) tests/run --valgrind

check-clang:
	tests/install.sh build check
	$(MAKE) BUILD=$(BUILD)-clang CC=clang OPT='-O1 -Werror' $(BUILD)-clang/libtidings.a $(BUILD)-clang/tidings

# libFuzzer targets; FUZZ_SECONDS each.
FUZZ_SECONDS ?= 10
FUZZ_CC ?= clang
FUZZ := $(patsubst tests/fuzz/%.c,$(BUILD)-fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
$(BUILD)-fuzz/%: tests/fuzz/%.c tests/fuzz/fuzz.h $(LIB_SRC)
	@mkdir -p $(@D)
	$(MAKE) -s BUILD=$(BUILD)-fuzz CC='$(FUZZ_CC)' OPT='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined' $(BUILD)-fuzz/libtidings.a
	$(FUZZ_CC) $(CPPFLAGS) -Itests/fuzz $(CFLAGS) -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -o $@ $< $(BUILD)-fuzz/libtidings.a $(LDLIBS)

check-fuzz: all
	tests/install.sh build check
	$(MAKE) -s $(FUZZ)
	BUILD=$(BUILD)-fuzz TIDINGS_DATA=$(BUILD)/share tests/fuzz/run.sh $(FUZZ_SECONDS)

unit-programs: $(UNIT) $(BUILD)/cases
tables: $(DATA)
.PHONY: unit-programs tables

# ---- the library for others, and what is installed ----
# Only tidings_* is visible outside, in the shared library (version script) as in the static one (one object, made local).
SOVERSION := $(firstword $(subst ., ,$(VERSION)))
PUBLIC := $(BUILD)/public/libtidings.so.$(VERSION) $(BUILD)/public/libtidings.a $(BUILD)/public/tidings.pc \
	$(BUILD)/public/tidings.1 $(BUILD)/public/tidings.bash
.PHONY: public install uninstall
public: $(PUBLIC)

$(BUILD)/public/libtidings.so.$(VERSION): $(LIB_OBJ) src/lib/tidings.map
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,libtidings.so.$(SOVERSION) -Wl,--version-script=src/lib/tidings.map -o $@ $(LIB_OBJ) $(LDLIBS)

$(BUILD)/public/libtidings.a: $(LIB_OBJ)
	@mkdir -p $(@D)
	$(LD) -r -o $(BUILD)/public/tidings.o $(LIB_OBJ)
	objcopy --wildcard --keep-global-symbol='tidings_*' $(BUILD)/public/tidings.o
	rm -f $@
	$(AR) rcs $@ $(BUILD)/public/tidings.o

# The folder of the data is compiled in: another PREFIX is another program.
$(BUILD)/prefix: FORCE
	@mkdir -p $(@D)
	@echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' > $@
.PHONY: FORCE
$(BUILD)/obj/base/file.o $(BUILD)/obj/cli/manual.o $(BUILD)/public/tidings.pc: $(BUILD)/prefix

$(BUILD)/public/tidings.pc: src/lib/tidings.pc.in Makefile
	@mkdir -p $(@D)
	sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|; s|@LIBS@|$(LDLIBS)|' $< > $@

$(BUILD)/public/tidings.1: $(BUILD)/tidings
	@mkdir -p $(@D)
	$(BUILD)/tidings --man > $@
$(BUILD)/public/tidings.bash: $(BUILD)/tidings
	@mkdir -p $(@D)
	$(BUILD)/tidings --completion > $@

INSTALL ?= install
TO = $(DESTDIR)$(PREFIX)
install: all
	$(INSTALL) -d $(TO)/bin $(TO)/lib/pkgconfig $(TO)/include $(TO)/share/tidings $(TO)/share/man/man1 $(TO)/share/bash-completion/completions
	$(INSTALL) -m 755 $(BUILD)/tidings $(TO)/bin/tidings
	$(INSTALL) -m 644 include/tidings.h $(TO)/include/tidings.h
	$(INSTALL) -m 644 $(BUILD)/public/libtidings.a $(TO)/lib/libtidings.a
	$(INSTALL) -m 755 $(BUILD)/public/libtidings.so.$(VERSION) $(TO)/lib/libtidings.so.$(VERSION)
	ln -sf libtidings.so.$(VERSION) $(TO)/lib/libtidings.so.$(SOVERSION)
	ln -sf libtidings.so.$(SOVERSION) $(TO)/lib/libtidings.so
	$(INSTALL) -m 644 $(BUILD)/public/tidings.pc $(TO)/lib/pkgconfig/tidings.pc
	$(INSTALL) -m 644 $(DATA) $(TO)/share/tidings
	$(INSTALL) -m 644 $(BUILD)/public/tidings.1 $(TO)/share/man/man1/tidings.1
	$(INSTALL) -m 644 $(BUILD)/public/tidings.bash $(TO)/share/bash-completion/completions/tidings

uninstall:
	rm -f $(TO)/bin/tidings $(TO)/include/tidings.h $(TO)/lib/libtidings.a $(TO)/lib/libtidings.so $(TO)/lib/libtidings.so.$(SOVERSION)
	rm -f $(TO)/lib/libtidings.so.$(VERSION) $(TO)/lib/pkgconfig/tidings.pc $(TO)/share/man/man1/tidings.1
	rm -f $(TO)/share/bash-completion/completions/tidings $(addprefix $(TO)/share/tidings/,$(notdir $(DATA)))
	-rmdir $(TO)/share/tidings

clean:
	rm -rf $(BUILD)

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT:=.d)
