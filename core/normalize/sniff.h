// What the values of a column look like, whatever its header says.
//
//     struct value_counts counts = {0};
//     for (...) sniff_add(&sniffer, &counts, cell, &arena);
//     if (sniff_share(&counts, LOOK_EMAIL) >= 60) ...
//
// Decides between the meanings of a header, confirms what a question seems to ask, and maps lists
// that have no header. 50 to 200 ns a value.
#ifndef NORMALIZE_SNIFF_H
#define NORMALIZE_SNIFF_H

#include "core/base/map.h"
#include "core/rules/rulebook.h"
#include "country.h"
#include "date.h"

enum look {
    LOOK_NOTHING, // empty, or one of the usual spellings of nothing
    LOOK_EMAIL,
    LOOK_LINKEDIN, // a profile of a person there
    LOOK_URL,      // a web address or a bare domain
    LOOK_DATE,
    LOOK_PHONE,  // by its plus sign, leading zero or separators
    LOOK_NUMBER, // nothing but digits, with or without one decimal mark
    LOOK_YES,
    LOOK_NO,
    LOOK_COUNTRY,
    LOOK_HONORIFIC,
    LOOK_STATUS,
    LOOK_COMPANY, // ends in a legal form
    LOOK_PERSON,  // two to four words with capital letters
    LOOK_TEXT,
    LOOK_COUNT
};

const char *look_name(enum look look);

struct value_counts {
    uint32_t rows, look[LOOK_COUNT];
    uint64_t bytes; // of the values that are something
};

struct sniffer {
    struct map words; // folded word -> look
    struct country_rules countries;
    struct date_rules dates;
    char calling[1000][2]; // by calling code: the largest country under it; zeros = none
    struct arena arena;
};

// Reads value_words.tsv, and the names of countries and months. The rulebook must outlive the
// sniffer.
bool sniffer_load(struct sniffer *sniffer, struct rulebook *book, struct err *err);
void sniffer_release(struct sniffer *sniffer);

// What one value (any bytes) looks like. Blanks around it and the prefixes p: tel: mailto: and a
// leading apostrophe do not count. The arena is for scratch.
enum look sniff_value(const struct sniffer *sniffer, str value, struct arena *arena);

void sniff_add(const struct sniffer *sniffer, struct value_counts *counts, str value,
               struct arena *arena);

// The same of a value whose look is known.
static inline void sniff_count(struct value_counts *counts, str value, enum look look)
{
    counts->rows++;
    counts->look[look]++;
    if (look != LOOK_NOTHING) counts->bytes += value.len;
}

// How many values are something.
static inline uint32_t sniff_filled(const struct value_counts *counts)
{
    return counts->rows - counts->look[LOOK_NOTHING];
}

// Percent of the values that are something which have this look; 0 when there is none.
uint32_t sniff_share(const struct value_counts *counts, enum look look);

// The alpha-2 code of a country named in any of our languages or by a code; len 0 when it is none.
str sniff_country(const struct sniffer *sniffer, str value, struct arena *arena);

// The country of a phone number written with + or 00 and a calling code; of several countries under
// one code the largest. False when it has no such code.
bool sniff_phone_country(const struct sniffer *sniffer, str value, char code[2]);

#endif
