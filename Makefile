# leadpipe: clean, deduplicate, score and route lead exports.
# A new program, module or test needs no edit here: everything is found by its name.

BUILD ?= build
CC ?= gcc
PKGS = libpcre2-8 libxxhash libutf8proc libidn2 zlib libzstd

OPTIMISE ?= -O2 -g
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef -Wformat=2 -Wdouble-promotion \
	-Wwrite-strings -Wcast-qual -Wpointer-arith
CFLAGS_ALL = -std=c17 -D_GNU_SOURCE -I. -Ibuild -pthread $(OPTIMISE) $(WARNINGS) $(EXTRA) $(CFLAGS)
LIBS = $(shell pkg-config --libs $(PKGS)) -lcsv -lm -pthread

SOURCES  := $(filter-out %_test.c %_fuzz.c,$(wildcard core/*/*.c))
CLI      := $(wildcard cmd/cli/*.c)
PROGRAMS := $(patsubst cmd/%.c,$(BUILD)/%,$(wildcard cmd/*.c))
TESTS    := $(patsubst %.c,$(BUILD)/%,$(wildcard core/*/*_test.c cmd/cli/*_test.c))
FUZZERS  := $(patsubst %.c,$(BUILD)/%,$(wildcard core/*/*_fuzz.c))

object = $(patsubst %.c,$(BUILD)/%.o,$(1))
CORE_OBJECTS := $(call object,$(SOURCES))
CLI_OBJECTS  := $(call object,$(filter-out %_test.c,$(CLI)))

all: $(PROGRAMS) ## build every program into build/

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(BUILD)/libcore.a: $(CORE_OBJECTS)
	@rm -f $@
	ar rcs $@ $^

# A program is cmd/NAME.c, what all programs share, and cmd/NAME/*.c if there is such a folder.
.SECONDEXPANSION:
$(PROGRAMS): $(BUILD)/%: $(BUILD)/cmd/%.o $$(call object,$$(wildcard cmd/%/*.c)) $(CLI_OBJECTS) $(BUILD)/libcore.a
	$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBS)

$(TESTS): $(BUILD)/%: $(BUILD)/%.o $(CLI_OBJECTS) $(BUILD)/libcore.a
	$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBS) -lcmocka

$(FUZZERS): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/libcore.a
	$(CC) $(CFLAGS_ALL) -fsanitize=fuzzer -o $@ $^ $(LIBS)

tests: $(TESTS)

clean: ## remove everything that was built
	rm -rf build out

.PHONY: all tests clean
.DEFAULT_GOAL := all
-include $(wildcard $(BUILD)/*/*.d $(BUILD)/*/*/*.d)
