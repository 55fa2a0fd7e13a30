#include "date_scan.h"

#include "core/base/utf8.h"
#include "core/lead/fold.h"

struct scan {
    const struct date_rules *rules;
    str cell;
    size_t at;
    char gap;
    struct date_pieces *pieces;
};

// Of several signs between two pieces the one that tells most.
static int gap_rank(char c)
{
    static const char ranks[] = " ,.-/T:+";
    const char *found = c ? strchr(ranks, c) : NULL;
    return found ? (int)(found - ranks) + 1 : 0;
}

static void widen_gap(struct scan *scan, char c)
{
    if (gap_rank(c) > gap_rank(scan->gap)) scan->gap = c;
}

static bool add(struct scan *scan, enum date_piece_kind kind, int64_t value, int digits)
{
    struct date_pieces *pieces = scan->pieces;
    if (pieces->count == DATE_PIECES_MAX) return false;
    pieces->at[pieces->count++] = (struct date_piece){kind, scan->gap, digits, value};
    scan->gap = 0;
    return true;
}

static bool scan_number(struct scan *scan)
{
    int64_t value = 0;
    int digits = 0;
    while (scan->at < scan->cell.len && byte_is_digit(scan->cell.data[scan->at])) {
        if (digits == 17) return false;
        value = value * 10 + (scan->cell.data[scan->at++] - '0');
        digits++;
    }
    return add(scan, DATE_NUMBER, value, digits);
}

static bool is_word_byte(char c) { return byte_is_letter(c) || (c & 0x80); }

static char peek(const struct scan *scan, size_t from)
{
    return from < scan->cell.len ? scan->cell.data[from] : 0;
}

// "a.m.", "p. m.": a or p was read, at its end stands the cursor.
static bool scan_half(struct scan *scan, char first)
{
    size_t at = scan->at;
    while (peek(scan, at) == '.' || peek(scan, at) == ' ') at++;
    if ((peek(scan, at) | 32) != 'm' || is_word_byte(peek(scan, at + 1))) return false;
    scan->at = at + 1;
    if (peek(scan, scan->at) == '.') scan->at++;
    return add(scan, DATE_HALF, (first | 32) == 'p' ? 12 : 0, 0);
}

bool date_zone_word(str word, int *minutes)
{
    static const struct {
        const char *name;
        int minutes;
    } zones[] = {
        {"z", 0},      {"utc", 0},    {"gmt", 0},    {"wet", 0},    {"west", 60},
        {"bst", 60},   {"cet", 60},   {"cest", 120}, {"mez", 60},   {"mesz", 120},
        {"eet", 120},  {"eest", 180}, {"msk", 180},  {"est", -300}, {"edt", -240},
        {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420},
    };
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (!str_equal_nocase(word, str_of(zones[i].name))) continue;
        *minutes = zones[i].minutes;
        return true;
    }
    return false;
}

static bool find_word(const struct date_rules *rules, str word, uint32_t *meaning)
{
    char room[DATE_LEN_MAX * 4 + 16];
    struct arena arena = {.at = room, .end = room + sizeof room};
    bool is_found = map_find(&rules->words, fold_text(word, 0, &arena), meaning);
    arena_release(&arena); // only text that does not fold in place takes more room
    return is_found;
}

// A word. The letters T between date and time and h between hour and minutes count as signs.
static bool scan_word(struct scan *scan)
{
    size_t start = scan->at;
    while (is_word_byte(peek(scan, scan->at))) scan->at++;
    str word = {scan->cell.data + start, scan->at - start};
    char first = (char)(word.data[0] | 32);
    bool follows_digit = start && byte_is_digit(scan->cell.data[start - 1]);
    bool is_between = follows_digit && byte_is_digit(peek(scan, scan->at));
    if (word.len == 1 && is_between && (first == 't' || first == 'h')) {
        widen_gap(scan, first == 't' ? 'T' : ':');
        return true;
    }
    if (word.len == 1 && (first == 'a' || first == 'p') && scan_half(scan, first)) return true;
    int minutes;
    if (date_zone_word(word, &minutes)) return add(scan, DATE_ZONE, minutes, 0);
    uint32_t meaning;
    if (!find_word(scan->rules, word, &meaning)) return false;
    if (peek(scan, scan->at) == '.') scan->at++; // of the abbreviation
    if (meaning <= 12) return add(scan, DATE_MONTH, meaning, 0);
    if (meaning != DATE_WORD_SKIP) return add(scan, DATE_HALF, meaning == DATE_WORD_PM ? 12 : 0, 0);
    scan->gap = ' ';
    return true;
}

// The masculine and feminine ordinal signs are letters to nobody here.
static bool skip_ordinal(struct scan *scan)
{
    str rest = str_from(scan->cell, scan->at);
    if (!str_starts(rest, STR("º")) && !str_starts(rest, STR("ª"))) return false;
    scan->at += 2;
    return true;
}

bool date_scan(const struct date_rules *rules, str cell, struct date_pieces *pieces)
{
    pieces->count = 0;
    if (cell.len == 0 || cell.len > DATE_LEN_MAX) return false;
    struct scan scan = {rules, cell, 0, 0, pieces};
    while (scan.at < cell.len) {
        char c = cell.data[scan.at];
        if (byte_is_digit(c)) {
            if (!scan_number(&scan)) return false;
        } else if (skip_ordinal(&scan)) {
            continue;
        } else if (is_word_byte(c)) {
            if (!scan_word(&scan)) return false;
        } else if (memchr(" ,.-/:+", c, 7)) {
            widen_gap(&scan, c);
            scan.at++;
        } else if (c == '(' || c == ')' || c == '\'') {
            widen_gap(&scan, ' ');
            scan.at++;
        } else {
            return false;
        }
    }
    return pieces->count > 0;
}
