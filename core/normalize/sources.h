// Source profiles: what is known of the exports of one system, one file each in rules/sources/.
//
//     source "Meta lead ads" is ad
//         recognised by header has "id", "created_time", "form_id", "is_organic"
//         id column "id" without prefix "l:"
//         key meta
//         strip "p:" from phone
//         dates month first
//
// Statements (a second `recognised` line is another way to recognise the same source):
//
//     source "NAME" is WORD               WORD: ad trade_show webinar purchased_list referral
//                                         social content chat direct_mail partner crm
//                                         lost_opportunity other
//     recognised by header has "H", ...   all these headers are in the header row
//     recognised by preamble has "T", ... each of these texts begins a line above the header row
//     name "TEXT" | name file             source_name of its leads: a text, or the file's name
//                                         without its ending; without this statement NAME
//     key WORD                            what a lead_id begins with: meta:2144811276471145
//     id column "H" [without prefix "P"]  where the export's own id is
//     column "H" is FIELD [without prefix "P"]
//                                         FIELD: a column of the lead or a word of target.h. Of
//                                         several for one FIELD the first is asked first. A header
//                                         that comes again is "H 2", one without a name "column 3"
//     strip "P" from FIELD                takes the prefix off whatever column fills the field
//     set FIELD to "TEXT"                 for every record that has nothing there
//     dates day first | month first | year first
//                                         where the dates themselves do not show it
//     names given first | family first    whole names, where they themselves do not show it
//     zone "UTC"                          of times without an offset: UTC, EET, +02:00
//     delivery once | cumulative          whether an export repeats the leads of those before
//     country CODE                        default country, ISO 3166-1 alpha-2
//     table "T"                           the line above the header row of the people begins so
//     other table "T"                     tables that begin so are not the leads
//     table ends at "T"                   a line that begins so ends the table
//     campaign from "K", ...              preamble keys that hold the campaign or event
//     date from "K", ...                  preamble keys that hold the date of the event
//     own columns                         the headers are the lead's own columns (our own files)
//
// Headers, keys and texts are compared folded (header_fold).
#ifndef NORMALIZE_SOURCES_H
#define NORMALIZE_SOURCES_H

#include "core/rules/diagnostics.h"
#include "person.h"
#include "sniff.h"

struct text_set {
    str *items; // folded, except where said otherwise
    size_t count, capacity;
};

struct recognition {
    bool by_preamble;
    struct text_set texts;
};

// How a source hands its leads over, export by export.
enum delivery {
    DELIVERY_UNKNOWN,
    DELIVERY_ONCE,       // each lead is in one export
    DELIVERY_CUMULATIVE, // each export repeats the leads of those before
};

// What a profile says of one column, or of all that fill a target (header.data NULL).
struct column_rule {
    str header;
    int target; // -1 = only the prefix
    str prefix; // as written; len 0 = none
};

struct set_rule {
    int target;
    str text;
};

struct source_profile {
    str name;
    str source;      // one of the twelve words
    str source_name; // len 0 = name
    bool named_by_file;
    str key;
    str id_header, id_prefix; // id_header.len 0 = no id
    struct recognition *recognitions;
    size_t recognition_count, recognition_capacity;
    struct column_rule *columns;
    size_t column_count, column_capacity;
    struct set_rule *sets;
    size_t set_count, set_capacity;
    enum date_order dates;
    enum person_order names;
    bool has_zone;
    int zone; // minutes east of UTC
    enum delivery delivery;
    char country[2]; // zeros = none
    struct text_set tables, other_tables, ends, campaign_keys, date_keys;
    bool own_columns;
    struct rule_place place;
};

struct sources {
    struct arena arena;
    struct map words; // folded word of some system -> number of one of the twelve
    struct source_profile *profiles;
    size_t count, capacity;
};

// Reads every sources/*.rules of the book, and lead_source_words.tsv. False when any has an error,
// all of which are in diagnostics, the first in err. The rulebook must outlive the sources.
bool sources_load(struct sources *sources, struct rulebook *book, struct diagnostics *diagnostics,
                  struct err *err);
void sources_release(struct sources *sources);

// The profile of that name (case does not count), or NULL.
const struct source_profile *sources_find(const struct sources *sources, str name);

// The most telling profile: the one recognised by the most headers and texts; of equals the first.
// headers and preamble are folded; preamble holds the first cell of each line above. NULL when
// none; else *by (may be NULL) is how.
const struct source_profile *sources_recognise(const struct sources *sources, const str headers[],
                                               size_t header_count, const str preamble[],
                                               size_t preamble_count,
                                               const struct recognition **by);

// Whether a folded text begins with one of the set, up to the end of a word.
bool text_set_begins(const struct text_set *set, str folded);

bool text_set_has(const struct text_set *set, str folded);

// Whether it is one of the twelve words.
bool source_is_word(str word);

// Which of the twelve a system's own word for the source of a lead means ("Organic Search" is
// content, "trade_show" itself), or "" when it says nothing. text is valid UTF-8.
str sources_word(const struct sources *sources, str text, struct arena *arena);

#endif
