# leadpipe: clean, deduplicate and score lead exports.
# A new program, module or test needs no edit here: everything is found by its name.

BUILD   ?= build
PREFIX  ?= /usr/local
VERSION  = 0.1
CC       = gcc
ROWS    ?= 1M
SECONDS ?= 20

# One job a processor, unless told otherwise; a make that was called by one shares its jobs.
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc)
endif

OPTIMISE ?= -O3 -g
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef -Wformat=2 -Wdouble-promotion \
	-Wwrite-strings -Wcast-qual -Wpointer-arith
DEFINES  = -DLEADPIPE_VERSION='"$(VERSION)"' -DLEADPIPE_RULES_DIR='"$(PREFIX)/share/leadpipe/rules"'
FLAGS    = -std=c17 -D_GNU_SOURCE -I. -pthread $(OPTIMISE) $(WARNINGS) $(DEFINES) $(EXTRA) $(CFLAGS)
LIBS     = -Wl,--as-needed -lcsv -lpcre2-8 -lxxhash -lutf8proc -lidn2 -lz -lzstd -lcrypto -lm -pthread

SOURCES  := $(filter-out %_test.c %_fuzz.c,$(wildcard core/*/*.c))
CLI      := $(filter-out %_test.c,$(wildcard cmd/cli/*.c))
PROGRAMS := $(patsubst cmd/%.c,$(BUILD)/%,$(wildcard cmd/*.c))
AIDS     := $(patsubst testdata/programs/%.c,$(BUILD)/test/%,$(wildcard testdata/programs/*.c))
TESTS    := $(patsubst %.c,$(BUILD)/%,$(wildcard core/*/*_test.c cmd/cli/*_test.c))
FUZZERS  := $(patsubst %.c,$(BUILD)/%,$(wildcard core/*/*_fuzz.c))

object = $(patsubst %.c,$(BUILD)/%.o,$(1))

all: $(PROGRAMS) ## build every program into build/

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/libcore.a: $(call object,$(SOURCES))
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/libcli.a: $(call object,$(CLI))
	@rm -f $@
	ar rcs $@ $^

# A program is cmd/NAME.c, what all programs share, and cmd/NAME/*.c if there is such a folder.
.SECONDEXPANSION:
$(PROGRAMS): $(BUILD)/%: $(BUILD)/cmd/%.o $$(call object,$$(wildcard cmd/%/*.c)) \
		$(BUILD)/libcli.a $(BUILD)/libcore.a
	$(CC) $(FLAGS) -o $@ $^ $(LIBS)

$(AIDS): $(BUILD)/test/%: $(BUILD)/testdata/programs/%.o $(BUILD)/libcli.a $(BUILD)/libcore.a
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -o $@ $^ $(LIBS)

$(TESTS): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/libcli.a $(BUILD)/libcore.a
	$(CC) $(FLAGS) -o $@ $^ $(LIBS) -lcmocka

$(FUZZERS): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/libcore.a
	$(CC) $(FLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

# Makes the n-th malloc, read, write, fsync or rename of a program fail: see its head.
$(BUILD)/fault.so: testdata/fault.c
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE -O2 -g -Wall -Wextra -shared -fPIC -o $@ $< -ldl

$(BUILD)/bench/generate: $(wildcard bench/generate*.c bench/*.h)
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -o $@ $(filter %.c,$^) -lm

tests: $(PROGRAMS) $(AIDS) $(TESTS) $(BUILD)/fault.so $(BUILD)/bench/generate
fuzzers: $(FUZZERS)

QUIET = $(MAKE) -s --no-print-directory

demo: ## build, then run the whole pipeline on testdata/exports
	@.ci/need build
	@+$(QUIET) all
	@$(BUILD)/leadpipe run testdata/exports/* -o out --crm testdata/crm/crm_contacts.csv \
		--suppress testdata/suppress/opt_out.csv --as-of 2026-11-20
	@echo 'Your own exports: $(BUILD)/leadpipe run YOUR_EXPORTS/* -o leads'

check: ## build and run all tests, with sanitizers and lint (a few minutes)
	@.ci/need build check
	@.ci/check

check-long: ## what takes longer: thread sanitizer, fault sweeps, fuzzing, a million rows
	@.ci/need build check
	@.ci/check
	@.ci/check-long

lint: ## format, layers, lengths, warnings as errors with gcc and clang, shellcheck, manuals
	@.ci/need build check
	@+$(QUIET) tests
	@testdata/run $(BUILD) lint

SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
asan: ## build everything with address and undefined-behaviour sanitizers into build/asan
	@+$(QUIET) BUILD=build/asan OPTIMISE="-O1 -g" EXTRA="$(SANITIZE)" tests

tsan: ## build everything with the thread sanitizer into build/tsan
	@+$(QUIET) BUILD=build/tsan OPTIMISE="-O1 -g" EXTRA="-fsanitize=thread" tests

fuzz: ## fuzz every reader of foreign bytes for SECONDS each
	@.ci/need build check
	@.ci/need fuzz
	@+$(QUIET) BUILD=build/fuzz CC=clang OPTIMISE="-O1 -g" \
		EXTRA="$(SANITIZE) -fsanitize=fuzzer-no-link" fuzzers
	@.ci/fuzz build/fuzz $(SECONDS)

fuzz-files: ## fuzz whole exports, from bytes to leads and again, for ten minutes or SECONDS
	@.ci/need build check
	@.ci/need fuzz
	@+$(QUIET) BUILD=build/fuzz CC=clang OPTIMISE="-O1 -g" \
		EXTRA="$(SANITIZE) -fsanitize=fuzzer-no-link" fuzzers
	@.ci/fuzz build/fuzz $(if $(filter file,$(origin SECONDS)),600,$(SECONDS)) export file

bench: all $(BUILD)/bench/generate $(AIDS) ## time the programs beside other tools on ROWS generated rows
	bench/run $(ROWS)

accuracy: tests $(BUILD)/bench/generate ## how well records are matched: labelled tables (or TABLES), generated ROWS
	testdata/accuracy $(BUILD) $(TABLES)
	bench/accuracy $(BUILD) $(or $(ROWS),100000)

golden: tests ## rewrite the expected output of the golden cases; read the diff
	GOLDEN=rewrite testdata/run $(BUILD) golden

install: all ## install programs, rules and manuals below PREFIX (DESTDIR is put before it)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	install -d $(DESTDIR)$(PREFIX)/share/leadpipe
	cp -R rules $(DESTDIR)$(PREFIX)/share/leadpipe
	rm -rf $(DESTDIR)$(PREFIX)/share/leadpipe/rules/refresh
	for program in $(notdir $(PROGRAMS)); do \
		$(BUILD)/$$program --man >$(DESTDIR)$(PREFIX)/share/man/man1/$$program.1; done
	for command in $$($(BUILD)/leadpipe --help | sed -n 's/^  leadpipe \([a-z]*\)  .*/\1/p'); do \
		$(BUILD)/leadpipe $$command --man >$(DESTDIR)$(PREFIX)/share/man/man1/leadpipe-$$command.1; done

uninstall: ## remove what install put there
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/bin/,$(notdir $(PROGRAMS)))
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/share/man/man1/,$(addsuffix .1,$(notdir $(PROGRAMS))))
	rm -f $(DESTDIR)$(PREFIX)/share/man/man1/leadpipe-*.1
	rm -rf $(DESTDIR)$(PREFIX)/share/leadpipe

clean: ## remove everything that was built, and the demo's output
	rm -rf build out

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1	\2/p' Makefile | expand -t 14

.PHONY: all tests fuzzers demo check check-long lint asan tsan fuzz fuzz-files bench accuracy golden \
	install uninstall clean help
.DEFAULT_GOAL := all
-include $(patsubst %.o,%.d,$(shell find $(BUILD)/core $(BUILD)/cmd $(BUILD)/testdata -name '*.o' 2>/dev/null))
