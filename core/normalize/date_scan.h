// The pieces of a written date, for date.c: numbers, months, halves of the day, zones, and what
// stands between them.
#ifndef NORMALIZE_DATE_SCAN_H
#define NORMALIZE_DATE_SCAN_H

#include "date.h"

enum { DATE_PIECES_MAX = 12, DATE_LEN_MAX = 80, DATE_FRACTION_DIGITS = 9 };

// Values of date_rules.words above the months.
enum date_word { DATE_WORD_SKIP = 13, DATE_WORD_AM, DATE_WORD_PM };

enum date_piece_kind { DATE_NUMBER, DATE_MONTH, DATE_HALF, DATE_ZONE };

struct date_piece {
    enum date_piece_kind kind;
    char gap;      // the weightiest sign before it: + : T / - . , or a blank; 0 when none
    int digits;    // NUMBER
    int64_t value; // NUMBER; MONTH 1..12; HALF 0 or 12; ZONE minutes from UTC
};

struct date_pieces {
    struct date_piece at[DATE_PIECES_MAX];
    size_t count;
};

// Minutes east of UTC of a zone's name that has one meaning, in any case.
bool date_zone_word(str word, int *minutes);

// Cuts the cell up. False when something in it does not belong to a date.
bool date_scan(const struct date_rules *rules, str cell, struct date_pieces *pieces);

#endif
