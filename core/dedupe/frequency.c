#include "frequency.h"

#include "core/lead/fold.h"

// The tables write a share as -log2 of it in sixteenths of a bit.
enum { STEPS = 16, STEPS_MAX = 40 * STEPS, NAME_MAX = 256 };

// Names and words in no table: 1 in 65,536 surnames, 32,768 given names, 8,192 company words.
static const unsigned rare_steps[FREQUENCY_KINDS] = {16 * STEPS, 15 * STEPS, 13 * STEPS};

static const char *const files[FREQUENCY_KINDS] = {"dedupe/surnames.tsv", "dedupe/given_names.tsv",
                                                   "dedupe/company_tokens.tsv"};

static share share_of_steps(unsigned steps)
{
    // 2^(48 - i/16)
    static const share fractions[STEPS] = {
        281474976710656, 269541361132678, 258113691704612, 247170517969556,
        236691298899613, 226656364339076, 217046878082310, 207844802517004,
        199032864766430, 190594524267169, 182513941721425, 174775949365665,
        167366022499768, 160270252223249, 153475319327371, 146968469294152};
    return fractions[steps % STEPS] >> (steps / STEPS);
}

// Digits at the start of text; at most STEPS_MAX.
static bool read_steps(str *text, unsigned *steps)
{
    size_t i = 0;
    unsigned value = 0;
    for (; i < text->len && byte_is_digit(text->data[i]); i++) {
        value = value * 10 + (unsigned)(text->data[i] - '0');
        if (value > STEPS_MAX) value = STEPS_MAX;
    }
    *text = str_from(*text, i);
    *steps = value;
    return i > 0;
}

// folded without its blanks: itself, or in room. Names that are too long for it have no entry.
static str without_blanks(str folded, char room[NAME_MAX])
{
    if (str_find(folded, ' ') < 0) return folded;
    size_t len = 0;
    for (size_t i = 0; i < folded.len && len < NAME_MAX; i++) {
        if (folded.data[i] != ' ') room[len++] = folded.data[i];
    }
    return (str){room, len};
}

static bool check_row(const struct frequency_table *table, size_t row, str name, const char *file,
                      struct err *err)
{
    str text = table_cell(&table->table, row, table->share);
    unsigned steps;
    bool is_good = read_steps(&text, &steps) && text.len == 0;
    str rest = table_cell(&table->table, row, table->countries), piece;
    while (is_good && rest.len && str_cut(&rest, ' ', &piece)) {
        is_good = piece.len > 2 && byte_is_upper(piece.data[0]) && byte_is_upper(piece.data[1]);
        piece = str_from(piece, 2);
        is_good = is_good && read_steps(&piece, &steps) && piece.len == 0;
    }
    if (is_good) return true;
    return err_set(err, ERR_RULES, file, 0,
                   "%.*s: wants a share as a number, and countries as FI126 SE223", STR_ARG(name));
}

static bool load_table(struct frequencies *frequencies, enum frequency_kind kind,
                       struct rulebook *book, struct err *err)
{
    struct frequency_table *table = &frequencies->tables[kind];
    int name;
    if (!table_load(&table->table, book, str_of(files[kind]), err) ||
        !table_need(&table->table, files[kind], "name", &name, err) ||
        !table_need(&table->table, files[kind], "share", &table->share, err) ||
        !table_need(&table->table, files[kind], "countries", &table->countries, err)) {
        return false;
    }
    for (size_t row = 0; row < table->table.rows; row++) {
        str folded = fold_text(table_cell(&table->table, row, name), 0, &frequencies->arena);
        char room[NAME_MAX];
        str key = without_blanks(folded, room);
        if (key.data == room) key = arena_copy(&frequencies->arena, key);
        if (!check_row(table, row, key, files[kind], err)) return false;
        if (key.len) map_put(&table->rows, key, (uint32_t)row);
    }
    return true;
}

bool frequencies_load(struct frequencies *frequencies, struct rulebook *book, struct err *err)
{
    for (enum frequency_kind kind = 0; kind < FREQUENCY_KINDS; kind++) {
        if (!load_table(frequencies, kind, book, err)) return false;
    }
    return true;
}

void frequencies_release(struct frequencies *frequencies)
{
    for (enum frequency_kind kind = 0; kind < FREQUENCY_KINDS; kind++) {
        table_release(&frequencies->tables[kind].table);
        map_release(&frequencies->tables[kind].rows);
    }
    arena_release(&frequencies->arena);
    *frequencies = (struct frequencies){0};
}

share frequency_share(const struct frequencies *frequencies, enum frequency_kind kind, str folded,
                      str country)
{
    const struct frequency_table *table = &frequencies->tables[kind];
    char room[NAME_MAX];
    uint32_t row;
    unsigned steps = rare_steps[kind];
    if (!map_find(&table->rows, without_blanks(folded, room), &row)) return share_of_steps(steps);
    str rest = table_cell(&table->table, row, table->countries), piece;
    while (country.len == 2 && rest.len && str_cut(&rest, ' ', &piece)) {
        if (!str_starts(piece, country)) continue;
        piece = str_from(piece, 2);
        if (read_steps(&piece, &steps)) return share_of_steps(steps);
    }
    str text = table_cell(&table->table, row, table->share);
    read_steps(&text, &steps);
    // The mean of a name that one country knows can be below that of a name nobody knows.
    return share_of_steps(steps < rare_steps[kind] ? steps : rare_steps[kind]);
}

bool frequency_is_known(const struct frequencies *frequencies, enum frequency_kind kind, str folded)
{
    char room[NAME_MAX];
    return map_find(&frequencies->tables[kind].rows, without_blanks(folded, room), NULL);
}

share frequency_blend(share prior, uint32_t count, uint64_t total)
{
    const uint64_t records = FREQUENCY_PRIOR_RECORDS;
    if (count > total) count = (uint32_t)total;
    uint64_t others = count > FREQUENCY_PAIR ? count - FREQUENCY_PAIR : 0;
    if (prior > SHARE_ONE) prior = SHARE_ONE;
    __extension__ typedef unsigned __int128 wide;
    wide sum = (wide)others * SHARE_ONE + (wide)prior * records;
    share blended = (share)(sum / (total + records));
    return blended ? blended : 1;
}

unsigned frequency_bits(share s)
{
    if (s >= SHARE_ONE) return 0;
    if (s == 0) return 48 * FREQUENCY_BIT;
    // The whole bits, then ten more by squaring what is left, as a number from 1 to 2 in 2^-31.
    unsigned top = 63 - (unsigned)__builtin_clzll(s);
    uint64_t rest = top > 31 ? s >> (top - 31) : s << (31 - top);
    unsigned log = top * FREQUENCY_BIT;
    for (unsigned bit = FREQUENCY_BIT / 2; bit; bit /= 2) {
        rest = rest * rest >> 31;
        if (rest >> 32) {
            rest >>= 1;
            log += bit;
        }
    }
    return 48 * FREQUENCY_BIT - log;
}
