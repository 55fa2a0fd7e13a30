// Job titles: how senior a person is and in which department.
//
//     struct title_rules rules = {0};
//     title_rules_load(&rules, &book, &err);
//     struct title title = title_read(&rules, STR("Myyntijohtaja"), &arena);
//     // seniority "director", department "sales"
//
// The folded title is cut into parts ("CEO & Founder", "Owner / Sales"); in each part the patterns
// of rules/normalize/job_titles.tsv are looked up: phrases, longest first, then words, then the end
// of a word for the seniority and its start for the department, which is how Nordic, German and
// Dutch compounds are read. The pattern with the highest priority decides a part; of the parts the
// most senior one counts. Nothing is matched inside a word ("head" is not in "headhunter").
// 0.3 to 0.8 us; titles repeat, so callers keep a cache.
#ifndef NORMALIZE_TITLE_H
#define NORMALIZE_TITLE_H

#include "core/base/arena.h"
#include "core/rules/list.h"

struct title_entry;

struct title_rules {
    struct table table;
    struct map exact; // phrases and words, and the first words of phrases -> entry
    struct map ends, starts;
    struct title_entry *entries;
    size_t count;
    uint32_t end_lengths[1024], start_lengths[1024]; // by hash of 3 bytes: bit n = a pattern that
                                                     // is n bytes long (31: longer)
    struct arena arena;
};

struct title {
    str seniority;  // one of the design's words, or ""
    str department; // general_management, sales, ..., or ""
};

// Reads normalize/job_titles.tsv. The rulebook must outlive the rules.
bool title_rules_load(struct title_rules *rules, struct rulebook *book, struct err *err);
void title_rules_release(struct title_rules *rules);

// The answer as two small numbers, for a memory of titles that takes no more than it must; 0 = "".
struct title_code {
    uint8_t seniority, department;
};
struct title_code title_code(const struct title_rules *rules, str title, struct arena *arena);
struct title title_words(struct title_code code);

// The answer's texts are literals. arena is for scratch.
struct title title_read(const struct title_rules *rules, str title, struct arena *arena);

#endif
