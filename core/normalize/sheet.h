// Where in a file the table of the people is: its header row, what stands above and behind it.
//
// The header row is found by how many of its cells are known headers, not by its position: exports
// begin with titles, notes, key and value lines or other tables. Of several tables the one with an
// address or phone and the most known headers is taken, or the one that a source profile names.
//
//     struct sheet sheet;
//     if (!sheet_find(&sheet, &knowledge, rows, count, "report.csv", &arena, &err)) ...
#ifndef NORMALIZE_SHEET_H
#define NORMALIZE_SHEET_H

#include "core/base/err.h"
#include "sniff.h"
#include "sources.h"
#include "synonyms.h"

struct person_rules;

// What all of normalize knows of exports; loaded once, read by all.
struct knowledge {
    struct synonyms synonyms;
    struct sources sources;
    struct sniffer sniffer;
    const struct person_rules *persons; // of whoever loaded them; NULL = names show no order
};

bool knowledge_load(struct knowledge *knowledge, struct rulebook *book,
                    struct diagnostics *diagnostics, struct err *err);
void knowledge_release(struct knowledge *knowledge);

// Lines that are no records, by kind.
enum skip_kind {
    SKIP_PREAMBLE,
    SKIP_HEADER, // the header row, and the title of its table
    SKIP_FOOTER,
    SKIP_OTHER_TABLE,
    SKIP_BLANK,
    SKIP_REPEATED_HEADER,
    SKIP_COUNT
};

// "preamble", "header", ... as the summary names them.
const char *skip_name(enum skip_kind kind);

// A line of the file's start, split into its cells.
struct sheet_row {
    str *cells;
    size_t count, filled; // filled: cells that are not blank
    size_t start, end;    // bytes in the window, the line end included
    uint64_t line;        // physical, 1-based
};

// A table that was seen: one of them is taken.
struct sheet_table {
    str title; // of the line above its header row, as written; len 0 = none
    uint64_t line;
    size_t columns;
};

enum { SHEET_TABLES_MAX = 8 };

struct sheet {
    bool has_header;   // false: a list without one, whose columns are told by their values
    bool header_known; // false: a header row of which no word is known
    size_t header_row; // number of the row, when has_header
    size_t first_row;  // number of the first row behind the header; may be the number of rows
    size_t columns;    // cells of the header, or of the widest row of a list without one
    const struct source_profile *profile; // NULL = not recognised
    const struct recognition *recognised; // by what; NULL = by nothing: asked for, or not at all
    struct sheet_table tables[SHEET_TABLES_MAX]; // the first that were seen, in order
    size_t table_count;
    str campaign, date; // what the preamble says, as written; len 0 = nothing
    int year;           // the only one that stands in the preamble, 0 = none
    uint64_t skipped[SKIP_COUNT];
};

// Columns that the user has mapped by name: a row that has them is the header row.
struct sheet_wishes {
    const str *headers; // folded
    size_t header_count;
    const struct source_profile *profile; // NULL = recognise it
    uint64_t header_line;                 // the header row is this line; 0 = find it
};

// Finds the table among the rows at the start of a file. False with err (ERR_DATA) when nothing in
// it can be a header and no column holds addresses.
bool sheet_find(struct sheet *sheet, const struct knowledge *knowledge,
                const struct sheet_wishes *wishes, const struct sheet_row rows[], size_t count,
                const char *name, struct arena *arena, struct err *err);

// How a row looks as a header, counted in cells.
struct header_hits {
    size_t known;    // headers that are known at all
    size_t distinct; // different fields among them
    bool contact;    // one of them an address, phone or profile
    bool person;     // or a name
    bool post;       // or a street
    bool has_data;   // a cell is an address, a date or a phone number itself
};

struct header_hits header_hits(const struct knowledge *knowledge, const str cells[], size_t count,
                               struct arena *arena);

// Whether a row can be the header of some table, judged by itself.
bool header_is_likely(const struct header_hits *hits);

#endif
