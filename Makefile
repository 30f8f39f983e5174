# Tidings: `make`, `make check`, `make demo`, `make bench`, `make install`. Everything that is built lies below $(BUILD).
PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build
VERSION := 0.1.0
CC ?= cc
OPT ?= -O2 -g
PKGS := libcurl redland raptor2 rasqal libxml-2.0 jansson nettle zlib
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
DATA := $(BUILD)/share/english.tdm $(BUILD)/share/lexicon.tsv $(BUILD)/share/world.tdk $(TTL:ontology/%=$(BUILD)/share/%)

.PHONY: all unit clean deps check demo bench check-clang check-asan check-valgrind check-fuzz eval
all: $(BUILD)/libtidings.a $(BUILD)/tidings $(DATA)

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/libtidings.a: $(LIB_OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/tidings: $(CLI_OBJ) $(BUILD)/libtidings.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# The tables that the program reads at start; it compiles them itself.
$(BUILD)/share/english.tdm: src/model/english.tdm
	@mkdir -p $(@D)
	cp $< $@

$(BUILD)/share/lexicon.tsv: $(TTL) $(BUILD)/tidings
	@mkdir -p $(@D)
	$(BUILD)/tidings ontology --compile ontology -o $@

$(BUILD)/share/world.tdk: $(KB_TSV) $(BUILD)/tidings
	@mkdir -p $(@D)
	$(BUILD)/tidings kb build -o $@ ontology/kb

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

bench: all $(BUILD)/bench
	BUILD=$(BUILD) tests/bench/run.sh

SAN := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
check-asan:
	tests/install.sh build check
	$(MAKE) BUILD=$(BUILD)-asan OPT='-O1 -g $(SAN)' all unit-programs
	BUILD=$(BUILD)-asan tests/run --sanitized

check-valgrind:
	tests/install.sh build check
	$(MAKE) all unit-programs
	BUILD=$(BUILD) tests/run --valgrind

check-clang:
	tests/install.sh build check
	$(MAKE) BUILD=$(BUILD)-clang CC=clang OPT='-O1 -Werror' $(BUILD)-clang/libtidings.a $(BUILD)-clang/tidings

# libFuzzer targets; FUZZ_SECONDS each.
FUZZ_SECONDS ?= 10
FUZZ := $(patsubst tests/fuzz/%.c,$(BUILD)-fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
$(BUILD)-fuzz/%: tests/fuzz/%.c tests/fuzz/fuzz.h $(LIB_SRC)
	@mkdir -p $(@D)
	$(MAKE) -s BUILD=$(BUILD)-fuzz CC=clang OPT='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined' $(BUILD)-fuzz/libtidings.a
	clang $(CPPFLAGS) -Itests/fuzz $(CFLAGS) -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -o $@ $< $(BUILD)-fuzz/libtidings.a $(LDLIBS)

check-fuzz: all
	tests/install.sh build check
	$(MAKE) -s $(FUZZ)
	BUILD=$(BUILD)-fuzz tests/fuzz/run.sh $(FUZZ_SECONDS)

unit-programs: $(UNIT) $(BUILD)/cases
.PHONY: unit-programs

clean:
	rm -rf $(BUILD)

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT:=.d)
