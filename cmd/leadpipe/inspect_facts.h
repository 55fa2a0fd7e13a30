// What is known of one export: the plan that lead-normalize would follow, and what became of the
// records of its start when that plan was followed.
#ifndef LEADPIPE_INSPECT_FACTS_H
#define LEADPIPE_INSPECT_FACTS_H

#include "core/base/buffer.h"
#include "core/normalize/export.h"
#include "core/normalize/inspect.h"
#include "core/pipeline/run.h"

// How the lines were written, counted over what was read behind the header.
struct inspect_lines {
    uint64_t crlf, lf, quoted; // quoted: fields
    uint64_t shorter;          // records with fewer fields than the header
    uint64_t records, readable;
    bool is_cut; // more of the file was not looked at
};

struct inspect_facts {
    const struct export_plan *plan;
    const struct knowledge *knowledge;
    const struct inspection *inspection;
    struct export_counts counts;
    struct inspect_lines lines;
    const struct stage_result *results; // of normalize and validate
    size_t result_count;
    bool shows_examples;
};

// The screen: plain text of at most 100 columns.
void inspect_write_text(const struct inspect_facts *facts, struct buffer *out);

// What to look at: the last part of the screen, a paragraph each. For JSON too.
void inspect_checks(const struct inspect_facts *facts, void *state,
                    void (*say)(void *state, str text, str option));

// The same facts as one JSON object.
void inspect_write_json(const struct inspect_facts *facts, struct buffer *out);

// The word for the kind of dates a column shows, with its evidence. In arena.
str inspect_dates(const struct inspect_facts *facts, size_t column, struct arena *arena);

// "UTC", "+02:00". In arena.
str inspect_zone(int minutes, struct arena *arena);

// The order of a column of whole names, with its evidence. In arena.
str inspect_names(const struct plan_column *column, const struct export_plan *plan,
                  struct arena *arena);

// Why a column is what it is, short enough for the screen ("header fi"). In arena.
str inspect_why(const struct inspect_facts *facts, const struct plan_column *column,
                struct arena *arena);

// Whether records that were given to the stages went to its rejects, by reason.
uint64_t inspect_rejects(const struct inspect_facts *facts);

#endif
