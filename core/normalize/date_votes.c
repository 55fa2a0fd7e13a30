// What the dates of a column say about its order: each cell is read both ways.
#include "date.h"

#include "date_scan.h"

static bool has_half(const struct date_rules *rules, str cell)
{
    struct date_pieces pieces;
    if (!date_scan(rules, cell, &pieces)) return false;
    for (size_t i = 0; i < pieces.count; i++) {
        if (pieces.at[i].kind == DATE_HALF) return true;
    }
    return false;
}

// Whether the first sign between digits is a dot.
static bool is_dotted(str cell)
{
    size_t i = 0;
    while (i < cell.len && !byte_is_digit(cell.data[i])) i++;
    while (i < cell.len && byte_is_digit(cell.data[i])) i++;
    return i < cell.len && cell.data[i] == '.';
}

static void vote(const struct date_rules *rules, str cell, struct date_votes *votes,
                 struct arena *arena)
{
    // A missing year must not hide the order; any leap year will do.
    struct date_context context = {.order = DATE_DAY_FIRST, .year_missing = 2024};
    struct value day_first = date_normalize(rules, cell, &context, arena);
    context.order = DATE_MONTH_FIRST;
    struct value month_first = date_normalize(rules, cell, &context, arena);
    context.is_serial = true;
    if (!day_first.is_valid && !month_first.is_valid) {
        bool is_serial = date_normalize(rules, cell, &context, arena).is_valid;
        *(is_serial ? &votes->serial : &votes->other) += 1;
        return;
    }
    votes->half_days += has_half(rules, cell);
    if (day_first.is_valid != month_first.is_valid) {
        *(day_first.is_valid ? &votes->day_first : &votes->month_first) += 1;
    } else if (!str_equal(day_first.text, month_first.text)) {
        votes->open++;
        votes->dotted += is_dotted(cell);
    } else if (day_first.reason && strcmp(day_first.reason, "epoch") == 0) {
        votes->epoch++;
    } else {
        bool is_year_first = cell.len > 4 && byte_is_digit(cell.data[2]) &&
                             byte_is_digit(cell.data[3]) && byte_is_digit(cell.data[0]);
        *(is_year_first ? &votes->year_first : &votes->named) += 1;
    }
}

void date_evidence(const struct date_rules *rules, str cell, struct date_votes *votes)
{
    if (cell.len == 0) return;
    if (date_is_canonical(cell)) {
        votes->year_first++; // read alike in every order, and most systems write it
        return;
    }
    char room[128];
    struct arena arena = {.at = room, .end = room + sizeof room};
    vote(rules, cell, votes, &arena);
    arena_release(&arena);
}

struct date_decision date_order_decide(const struct date_votes *votes, enum date_order usual)
{
    struct date_decision decision = {.order = usual};
    size_t dates = votes->day_first + votes->month_first + votes->open + votes->year_first +
                   votes->named + votes->epoch;
    // Among three or more, one odd cell tells nothing.
    bool is_most = votes->serial >= 3 * (dates + votes->other);
    bool is_all_but_one = votes->serial > 1 && dates == 0 && votes->other == 1;
    decision.is_serial = votes->serial > 0 && (is_most || is_all_but_one);
    if (votes->day_first && votes->month_first) {
        decision.order = DATE_ORDER_UNKNOWN;
        decision.is_conflict = true;
    } else if (votes->day_first) {
        decision.order = DATE_DAY_FIRST;
    } else if (votes->month_first) {
        decision.order = DATE_MONTH_FIRST;
    } else if (votes->open && votes->dotted * 2 > votes->open) {
        decision.order = DATE_DAY_FIRST;
        decision.is_assumed = true;
    } else if (votes->open) {
        decision.is_assumed = true;
    } else if (votes->year_first && usual != DATE_YEAR_FIRST) {
        decision.order = DATE_ISO;
    }
    return decision;
}

int date_year_in(str text)
{
    int found = 0;
    for (size_t i = 0; i + 4 <= text.len; i++) {
        if (i && byte_is_digit(text.data[i - 1])) continue;
        size_t digits = 0;
        while (i + digits < text.len && byte_is_digit(text.data[i + digits])) digits++;
        if (digits != 4 || text.data[i] != '2' || text.data[i + 1] != '0') continue;
        int year = 2000 + (text.data[i + 2] - '0') * 10 + (text.data[i + 3] - '0');
        if (found && found != year) return 0;
        found = year;
    }
    return found;
}
