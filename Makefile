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

.PHONY: all unit clean
all: $(BUILD)/libtidings.a $(if $(CLI_SRC),$(BUILD)/tidings)

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/libtidings.a: $(LIB_OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/tidings: $(CLI_OBJ) $(BUILD)/libtidings.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libtidings.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< $(BUILD)/libtidings.a -lcmocka $(LDLIBS)

unit: $(UNIT)
	@for t in $(UNIT); do CMOCKA_MESSAGE_OUTPUT=TAP $$t || exit 1; done

clean:
	rm -rf $(BUILD)

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT:=.d)
