// Regular expressions: PCRE2, the only place that knows it.
//
//     struct pattern *pattern = pattern_compile(STR("\\bceo\\b"), PATTERN_CASELESS, &fault);
//     struct pattern_scratch *scratch = pattern_scratch_new();        // one a worker
//     if (pattern_search(pattern, scratch, subject) == PATTERN_YES) ...
//
// Compiled once, with JIT, and shared by all threads. A match can never hang a run: match, depth
// and heap limits always hold; a limit met under JIT is tried again without, and then answered
// PATTERN_LIMIT. PCRE2 counts anew at every place where a match may begin, so the worst case grows
// with the square of the subject; a subject over PATTERN_SUBJECT_MAX is answered PATTERN_LIMIT
// unless it can be told without matching (a megabyte cell took minutes). Cost: 40-80 ns a match on
// short ASCII; a length or required-byte test answers many a subject before that (measured in
// bench). ASCII subjects take a non-UTF program, which costs a third less; others must be valid
// UTF-8.
#ifndef RULES_PATTERN_H
#define RULES_PATTERN_H

#include "core/base/str.h"

enum pattern_flag {
    PATTERN_CASELESS = 1,
    PATTERN_WHOLE = 2, // must match the whole subject, not a part of it
    PATTERN_BYTES = 4, // bytes, not characters: never UTF, for ASCII-only grammars
};

enum { PATTERN_SUBJECT_MAX = 32 << 10 };

enum pattern_answer { PATTERN_NO, PATTERN_YES, PATTERN_LIMIT };

struct pattern;
struct pattern_scratch;

// Why a pattern cannot be compiled, and where.
struct pattern_fault {
    char text[200];
    size_t offset; // bytes into the pattern
};

// Returns NULL and fills *fault when the expression is not valid. Free with pattern_free.
struct pattern *pattern_compile(str expression, unsigned flags, struct pattern_fault *fault);
void pattern_free(struct pattern *pattern);

// Reads the flag letters behind a pattern in a rule file: i = caseless. Returns false, with
// *bad the letter, when one is not known.
bool pattern_flags(str letters, unsigned *flags, char *bad);

// Whether an empty subject matches (a rule that is always true is reported).
bool pattern_matches_empty(struct pattern *pattern, struct pattern_scratch *scratch);

// Match state of one thread.
struct pattern_scratch *pattern_scratch_new(void);
void pattern_scratch_free(struct pattern_scratch *scratch);

enum pattern_answer pattern_search(const struct pattern *pattern, struct pattern_scratch *scratch,
                                   str subject);

// The same; on PATTERN_YES fills groups[0..count) (0 = the whole match); a group that took no part
// has data NULL.
enum pattern_answer pattern_groups(const struct pattern *pattern, struct pattern_scratch *scratch,
                                   str subject, str groups[], size_t count);

// Where matches begin in ASCII subjects, for telling without a match that there is none.
struct pattern_start {
    bool is_known;     // false: ask the pattern
    bool is_anchored;  // only at the start of the subject; else anywhere
    uint64_t bytes[2]; // which bytes a match may begin with: bit byte % 64 of word byte / 64
};

// For planning: takes some microseconds.
struct pattern_start pattern_learn_start(const struct pattern *pattern,
                                         struct pattern_scratch *scratch);

// Whether an ASCII subject that begins with `start` may match; false is certain. Says true of every
// pattern that is not anchored. For planning, as it takes the slow way.
bool pattern_may_begin(const struct pattern *pattern, struct pattern_scratch *scratch, str start);

// False when the machine refuses JIT code; matching then works, at a third of the speed.
bool pattern_has_jit(void);

#endif
