#include "dialect.h"

// How much of the window is looked at. Preambles and sections are short; what follows further down
// looks like what came before.
enum { SAMPLE_BYTES = 256 << 10, ROWS_MAX = 4096 };

// A quote that is not closed within this many bytes is a stray one, as for the reader.
enum { QUOTED_BYTES_MAX = 64 << 10 };

// Wider rows count as this wide.
enum { WIDTH_MAX = 1024 };

// In the order in which they are taken when nothing else decides. A tab is hardly ever part of a
// value, a comma very often.
static const char delimiters[] = {'\t', ';', ',', '|'};
enum { DELIMITER_COUNT = sizeof delimiters };

// How a sample looks when it is split at one delimiter.
struct split {
    bool backslash;            // read with \" as a quote
    uint32_t rows;             // without blank ones
    uint32_t divided;          // of these, with more than one field
    uint32_t irregular;        // quotes where none can be, or without their other half
    uint32_t start[ROWS_MAX];  // offset of each row
    uint16_t width[ROWS_MAX];  // fields of each row
    uint16_t weight[ROWS_MAX]; // what its delimiters weigh, see weight_of
    // The table: the rows of the width that has most weight in all.
    uint16_t main_width;
    uint32_t main_rows, main_first;
    uint64_t main_weight;
};

static bool is_row_end(char c) { return c == '\n' || c == '\r'; }

// Offset behind the quote that closes the field which opens at text[at], 0 when none does.
static size_t closing_quote(str text, size_t at, bool backslash)
{
    size_t limit = text.len - at > QUOTED_BYTES_MAX ? at + QUOTED_BYTES_MAX : text.len;
    for (size_t i = at + 1; i < limit; i++) {
        if (text.data[i] == '\\' && backslash) {
            i++;
        } else if (text.data[i] == '"') {
            if (i + 1 == text.len || text.data[i + 1] != '"') return i + 1;
            i++;
        }
    }
    return 0;
}

// How much a delimiter speaks for itself. A comma before a blank is likely to be part of a sentence
// or of "Last, First", and one between digits a decimal sign.
static uint32_t weight_of(str text, size_t at, size_t row_start)
{
    enum { WEIGHT_PROSE = 1, WEIGHT_DECIMAL = 2, WEIGHT_FULL = 4 };
    if (text.data[at] != ',' || at + 1 >= text.len) return WEIGHT_FULL;
    if (text.data[at + 1] == ' ') return WEIGHT_PROSE;
    bool is_decimal =
        at > row_start && byte_is_digit(text.data[at - 1]) && byte_is_digit(text.data[at + 1]);
    return is_decimal ? WEIGHT_DECIMAL : WEIGHT_FULL;
}

struct row {
    size_t end; // offset behind it, line end included
    uint32_t width, weight, irregular;
    bool is_blank;
};

// Bytes that mean nothing to a row but that it is not blank: most are, and are stepped over.
struct plain {
    bool is[256];
};

static struct plain plain_bytes(char delimiter)
{
    struct plain plain;
    for (int i = 0; i < 256; i++) {
        char c = (char)i;
        plain.is[i] = c != delimiter && c != '"' && !byte_is_blank(c);
    }
    return plain;
}

static struct row split_row(str text, size_t at, char delimiter, bool backslash,
                            const struct plain *plain)
{
    struct row row = {.width = 1, .is_blank = true};
    size_t start = at;
    bool at_field_start = true;
    while (at < text.len) {
        char c = text.data[at];
        if (plain->is[(unsigned char)c]) {
            row.is_blank = at_field_start = false;
            at++;
            continue;
        }
        if (is_row_end(c)) break;
        if (c == '"' && at_field_start) {
            size_t end = closing_quote(text, at, backslash);
            bool is_regular = end && (end == text.len || text.data[end] == delimiter ||
                                      is_row_end(text.data[end]));
            row.irregular += !is_regular;
            row.is_blank = false;
            at = end ? end : at + 1;
            at_field_start = false;
            continue;
        }
        at_field_start = c == delimiter;
        if (c == delimiter) {
            row.weight += weight_of(text, at, start);
            row.width++;
        } else if (!byte_is_blank(c)) {
            row.irregular += c == '"';
            row.is_blank = false;
        }
        at++;
    }
    if (at + 1 < text.len && text.data[at] == '\r' && text.data[at + 1] == '\n') at++;
    row.end = at < text.len ? at + 1 : at;
    return row;
}

// Finds the width whose rows have most weight: the widest table that goes on long enough, whatever
// stands before and behind it.
static void find_table(struct split *split)
{
    uint32_t rows[WIDTH_MAX + 1] = {0}, first[WIDTH_MAX + 1];
    uint64_t weight[WIDTH_MAX + 1] = {0};
    for (uint32_t i = 0; i < split->rows; i++) {
        uint16_t width = split->width[i];
        if (rows[width]++ == 0) first[width] = i;
        weight[width] += split->weight[i];
    }
    split->main_weight = 0;
    split->main_width = 1;
    split->main_rows = split->main_first = 0;
    for (uint16_t width = 2; width <= WIDTH_MAX; width++) {
        if (weight[width] <= split->main_weight) continue;
        split->main_weight = weight[width];
        split->main_width = width;
        split->main_rows = rows[width];
        split->main_first = first[width];
    }
}

// is_cut: the text ends somewhere in the file, so that its last row may not be whole.
static void split_sample(struct split *split, str text, bool is_cut, char delimiter, bool backslash)
{
    split->backslash = backslash;
    split->rows = split->divided = split->irregular = 0;
    struct plain plain = plain_bytes(delimiter);
    for (size_t at = 0; at < text.len && split->rows < ROWS_MAX;) {
        struct row row = split_row(text, at, delimiter, backslash, &plain);
        size_t start = at;
        at = row.end;
        if (at == text.len && is_cut && split->rows > 0) break;
        if (row.is_blank) continue;
        split->start[split->rows] = (uint32_t)start;
        split->width[split->rows] = (uint16_t)(row.width < WIDTH_MAX ? row.width : WIDTH_MAX);
        split->weight[split->rows] = (uint16_t)(row.weight < UINT16_MAX ? row.weight : UINT16_MAX);
        split->divided += row.width > 1;
        split->irregular += row.irregular;
        split->rows++;
    }
    find_table(split);
}

static bool has_backslash_quote(str text)
{
    return text.len && memmem(text.data, text.len, "\\\"", 2);
}

// Backslashes escape when reading them so leaves fewer quotes in odd places. A path that ends in
// one, "C:\dir\", is regular as it stands.
static void split_either_way(struct split *split, str text, bool is_cut, char delimiter)
{
    split_sample(split, text, is_cut, delimiter, false);
    if (split->irregular == 0 || !has_backslash_quote(text)) return;
    struct split escaped;
    split_sample(&escaped, text, is_cut, delimiter, true);
    if (escaped.irregular < split->irregular) *split = escaped;
}

// Index of the row that starts at offset, or -1. Rows differ where a quote opens a field for one
// delimiter and is text for another.
static int32_t row_at(const struct split *split, uint32_t offset)
{
    uint32_t low = 0, high = split->rows;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (split->start[middle] < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < split->rows && split->start[low] == offset ? (int32_t)low : -1;
}

// Whether the wide table of `inner` stands in cells of the table of `outer`: outer's table has all
// its rows (nine in ten will do) and a row more on top, which must be the header. So tags like
// "a;b;c;d" in each row, or an address with commas, do not make columns.
static bool is_inside(const struct split *inner, const struct split *outer)
{
    if (outer->main_weight == 0) return false;
    uint32_t shared = 0;
    for (uint32_t i = 0; i < inner->rows; i++) {
        if (inner->width[i] != inner->main_width) continue;
        int32_t row = row_at(outer, inner->start[i]);
        bool is_shared = row >= 0 && outer->width[row] == outer->main_width;
        bool is_first = i == inner->main_first;
        if (is_first && (!is_shared || row == 0)) return false;
        if (is_first && outer->width[row - 1] != outer->main_width) return false;
        shared += is_shared;
    }
    return (uint64_t)shared * 10 >= (uint64_t)inner->main_rows * 9;
}

// A list of one column, of which some lines hold the delimiter by chance.
static bool is_stray(const struct split *split) { return split->divided < split->rows / 20; }

// The weight of a table counts less when quotes stand where none can be: that is what quoted fields
// look like to the wrong delimiter.
static uint64_t merit(const struct split *split)
{
    if (is_stray(split) || split->main_weight == 0) return 0;
    uint64_t rows = split->rows;
    return 1 + split->main_weight * rows / (rows + 4 * (uint64_t)split->irregular);
}

static size_t choose(const struct split splits[DELIMITER_COUNT])
{
    size_t best = DELIMITER_COUNT;
    uint64_t most = 0;
    for (size_t i = 0; i < DELIMITER_COUNT; i++) {
        if (merit(&splits[i]) <= most) continue;
        best = i;
        most = merit(&splits[i]);
    }
    if (best == DELIMITER_COUNT) return best;
    for (size_t i = 0; i < DELIMITER_COUNT; i++) {
        if (i != best && merit(&splits[i]) && is_inside(&splits[best], &splits[i])) return i;
    }
    return best;
}

// The sep= line: what spreadsheets are told the delimiter by. Quoted by some tools; a tab may be
// spelled \t.
static bool take_sep_line(str text, struct dialect *dialect)
{
    size_t len = 0;
    while (len < text.len && !is_row_end(text.data[len])) len++;
    str line = str_first(text, len);
    if (line.len > 2 && line.data[0] == '"' && line.data[line.len - 1] == '"') {
        line = (str){line.data + 1, line.len - 2};
    }
    if (line.len < 5 || !str_equal_nocase(str_first(line, 4), STR("sep="))) return false;
    str value = str_from(line, 4);
    // Blanks behind it, but not a delimiter that is a tab or a blank.
    while (value.len > 1 && byte_is_blank(value.data[value.len - 1])) value.len--;
    if (str_equal(value, STR("\\t"))) value = STR("\t");
    bool is_usable = value.len == 1 && value.data[0] != '"' && !(value.data[0] & 0x80) &&
                     !byte_is_letter(value.data[0]) && !byte_is_digit(value.data[0]);
    if (!is_usable) return false;
    dialect->delimiter = value.data[0];
    dialect->had_sep_line = true;
    dialect->body =
        len + (len + 1 < text.len && text.data[len] == '\r' && text.data[len + 1] == '\n');
    if (dialect->body < text.len) dialect->body++;
    return true;
}

struct dialect dialect_guess(str window)
{
    struct dialect dialect = {.delimiter = ','};
    bool is_told = take_sep_line(window, &dialect);
    str text = str_first(str_from(window, dialect.body), SAMPLE_BYTES);
    bool is_cut = text.len < window.len - dialect.body;
    struct split told, splits[DELIMITER_COUNT];
    if (is_told) {
        split_either_way(&told, text, is_cut, dialect.delimiter);
        dialect.backslash_escape = told.backslash;
        if (told.main_weight) return dialect;
        // A line that outlived a change of the file: nothing is delimited as it says.
    }
    for (size_t i = 0; i < DELIMITER_COUNT; i++) {
        splits[i].main_weight = splits[i].rows = splits[i].divided = 0; // no table: of no merit
        if (str_find(text, delimiters[i]) < 0) continue;
        split_either_way(&splits[i], text, is_cut, delimiters[i]);
    }
    size_t chosen = choose(splits);
    if (chosen == DELIMITER_COUNT) return dialect;
    dialect.delimiter = delimiters[chosen];
    dialect.backslash_escape = splits[chosen].backslash;
    return dialect;
}
