// Answers in words: yes and no, consent, attendance, opt-outs, ratings, in a dozen languages.
//
//     struct word_rules rules = {0};
//     word_rules_load(&rules, &book, &err);
//     word_yes_no(&rules, STR("Kyllä"), &arena).text;              // "yes"
//     word_opt_out(&rules, STR("X"), STR("email"), &arena).text;   // "email"
//
// The words stand in rules/normalize/words.tsv, which also holds those of quantity.h. 30 to 60 ns.
#ifndef NORMALIZE_WORD_H
#define NORMALIZE_WORD_H

#include "core/base/arena.h"
#include "core/rules/list.h"
#include "value.h"

enum word_kind {
    WORD_YES,
    WORD_NO,
    WORD_CONSENT,
    WORD_ATTENDED,
    WORD_OPT_OUT,
    WORD_MORE,
    WORD_LESS,
    WORD_LEAST,
    WORD_TO,
    WORD_ABOUT,
    WORD_PEOPLE,
    WORD_EMPLOYEES,
    WORD_DAY,
    WORD_TIME,
    WORD_TIMEFRAME,
    WORD_KIND_COUNT
};

struct word_rules {
    struct table table;
    struct map maps[WORD_KIND_COUNT]; // folded text -> row
    int value;                        // the table's column
    struct arena arena;
};

// Reads normalize/words.tsv. The rulebook must outlive the rules.
bool word_rules_load(struct word_rules *rules, struct rulebook *book, struct err *err);
void word_rules_release(struct word_rules *rules);

// The functions take cleaned cells (text.h). What they do not know stays as typed and is not valid.
// Reason: word.

// "yes" or "no". Also from a sentence that begins with such a word ("Ja, ich möchte ...").
struct value word_yes_no(const struct word_rules *rules, str cell, struct arena *arena);

// The same for columns of consent ("Subscribed", "withdrawn") and attendance ("Joined", "No show").
struct value word_consent(const struct word_rules *rules, str cell, struct arena *arena);
struct value word_attended(const struct word_rules *rules, str cell, struct arena *arena);

// What an opt-out column closes: `channel` (email, phone, mail or all, known from the header) for
// yes or a date, "" for no, or the channels that the cell names itself, in the order email phone
// mail all.
struct value word_opt_out(const struct word_rules *rules, str cell, str channel,
                          struct arena *arena);

// Stars are counted ("★★★☆☆" is 3), "4/5" and "4.0" are 4; all else stays and is valid.
struct value word_rating(str cell);

// The value of a text of that kind, or a view with data NULL when it is not known.
str word_find(const struct word_rules *rules, enum word_kind kind, str text, struct arena *arena);

#endif
