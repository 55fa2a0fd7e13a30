#include "sheet.h"

#include "core/base/utf8.h"
#include "mapping_header.h"
#include "target.h"

// A list without a header: how many of its rows must show an address or a phone number.
enum { LIST_SHARE = 60, PREAMBLE_MAX = 64, HEADERS_MAX = 4096, LIST_ROWS_MAX = 1000 };

static const char *const skip_names[SKIP_COUNT] = {"preamble",    "header", "footer",
                                                   "other_table", "blank",  "repeated_header"};

const char *skip_name(enum skip_kind kind) { return skip_names[kind]; }

bool knowledge_load(struct knowledge *knowledge, struct rulebook *book,
                    struct diagnostics *diagnostics, struct err *err)
{
    return synonyms_load(&knowledge->synonyms, book, err) &&
           sniffer_load(&knowledge->sniffer, book, err) &&
           sources_load(&knowledge->sources, book, diagnostics, err);
}

void knowledge_release(struct knowledge *knowledge)
{
    synonyms_release(&knowledge->synonyms);
    sniffer_release(&knowledge->sniffer);
    sources_release(&knowledge->sources);
}

static bool is_contact(int target)
{
    return target == FIELD_EMAIL || target == FIELD_EMAIL_OTHER || target == FIELD_PHONE ||
           target == FIELD_MOBILE || target == FIELD_PHONE_OTHER || target == FIELD_LINKEDIN;
}

static bool is_name(int target)
{
    return target == TARGET_FULL_NAME || target == FIELD_FIRST_NAME || target == FIELD_LAST_NAME;
}

// is_thorough: also what stands before and behind known words is looked through.
static struct header_hits hits_of(const struct knowledge *knowledge, const str cells[],
                                  size_t count, bool is_thorough, struct arena *arena)
{
    struct header_hits hits = {0};
    bool seen[TARGET_COUNT] = {0};
    for (size_t i = 0; i < count && i < HEADERS_MAX; i++) {
        str cell = str_trim(cells[i]);
        if (cell.len == 0 || !utf8_is_valid(cell)) continue;
        if (str_find(cell, '@') >= 0 || byte_is_digit(cell.data[0]) || cell.data[0] == '+') {
            enum look look = sniff_value(&knowledge->sniffer, cell, arena);
            hits.has_data =
                hits.has_data || look == LOOK_EMAIL || look == LOOK_DATE || look == LOOK_PHONE;
        }
        struct meaning meanings[MEANINGS_MAX];
        str folded = header_fold(cell, arena);
        size_t found = is_thorough
                           ? header_meanings(&knowledge->synonyms, cell, folded, arena, meanings)
                           : synonyms_find(&knowledge->synonyms, folded, arena, meanings);
        if (!found) continue;
        int target = meanings[0].target;
        hits.known++;
        if (target == TARGET_EXTRA || target == TARGET_ID || seen[target]) continue;
        seen[target] = true;
        hits.distinct++;
        hits.contact = hits.contact || is_contact(target);
        hits.person = hits.person || is_name(target);
        hits.post = hits.post || target == FIELD_STREET || target == TARGET_ADDRESS;
    }
    return hits;
}

struct header_hits header_hits(const struct knowledge *knowledge, const str cells[], size_t count,
                               struct arena *arena)
{
    return hits_of(knowledge, cells, count, false, arena);
}

bool header_is_likely(const struct header_hits *hits)
{
    if (hits->has_data || (!hits->contact && !hits->person)) return false;
    return hits->distinct >= 2 || hits->known >= 3;
}

// ---- choosing among the tables -------------------------------------------------------------

struct candidate {
    size_t row;
    bool has_title; // the row before it is a title
    const struct source_profile *profile;
    const struct recognition *recognised;
    long score;
};

struct search {
    struct sheet *sheet;
    const struct knowledge *knowledge;
    const struct sheet_wishes *wishes;
    const struct sheet_row *rows;
    size_t count;
    struct arena *arena;
    struct candidate best;
    bool found, is_thorough;
    size_t first_table; // row of the first table's title or header
};

static str folded_cell(const struct search *search, size_t row, size_t cell)
{
    str text = search->rows[row].cells[cell];
    return utf8_is_valid(text) ? header_fold(text, search->arena) : (str){"", 0};
}

// A line with nothing but its first cell: a title, a note or a footer.
static bool is_title(const struct sheet_row *row)
{
    return row->filled == 1 && row->count && str_trim(row->cells[0]).len;
}

static const struct source_profile *recognise(const struct search *search, size_t row,
                                              const struct recognition **by)
{
    if (search->wishes->profile) return search->wishes->profile;
    size_t count = search->rows[row].count, above = row < PREAMBLE_MAX ? row : PREAMBLE_MAX;
    str *headers = arena_new(search->arena, str, count + 1);
    str *preamble = arena_new(search->arena, str, above + 1);
    for (size_t i = 0; i < count; i++) headers[i] = folded_cell(search, row, i);
    for (size_t i = 0; i < above; i++) {
        // The lines right above count first, so that a long first table does not hide the title.
        size_t from = row - 1 - i;
        preamble[i] = search->rows[from].count ? folded_cell(search, from, 0) : (str){"", 0};
    }
    return sources_recognise(&search->knowledge->sources, headers, count, preamble, above, by);
}

static bool has_wishes(const struct search *search, size_t row)
{
    for (size_t i = 0; i < search->wishes->header_count; i++) {
        size_t cell = 0;
        while (cell < search->rows[row].count &&
               !str_equal(folded_cell(search, row, cell), search->wishes->headers[i])) {
            cell++;
        }
        if (cell == search->rows[row].count) return false;
    }
    return search->wishes->header_count > 0;
}

// One known header alone is one when the values below it are what it says.
static bool is_confirmed(const struct search *search, size_t row, const struct header_hits *hits)
{
    if (hits->has_data || !hits->contact) return false;
    const struct sheet_row *header = &search->rows[row];
    for (size_t next = row + 1; next < search->count; next++) {
        const struct sheet_row *below = &search->rows[next];
        if (!below->filled) continue;
        for (size_t i = 0; i < header->count && i < below->count; i++) {
            enum look look =
                sniff_value(&search->knowledge->sniffer, below->cells[i], search->arena);
            if (look == LOOK_EMAIL || look == LOOK_PHONE || look == LOOK_LINKEDIN) return true;
        }
        return false;
    }
    return header->count == 1; // nothing below it at all
}

static long score_title(const struct search *search, const struct candidate *candidate)
{
    static const char *const others[] = {"host",    "panelist", "presenter",     "organizer",
                                         "speaker", "staff",    "other attended"};
    if (!candidate->has_title) return 0;
    str title = folded_cell(search, candidate->row - 1, 0);
    const struct source_profile *profile = candidate->profile;
    if (profile && text_set_begins(&profile->tables, title)) return 5000;
    if (profile && text_set_begins(&profile->other_tables, title)) return -5000;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (str_starts(title, str_of(others[i]))) return -2000;
    }
    return 0;
}

static bool is_asked_for(const struct search *search, size_t row)
{
    return search->wishes->header_line && search->wishes->header_line == search->rows[row].line;
}

static void note_table(struct search *search, const struct candidate *one)
{
    struct sheet *sheet = search->sheet;
    const struct sheet_row *header = &search->rows[one->row];
    if (sheet->table_count == SHEET_TABLES_MAX) return;
    struct sheet_table *table = &sheet->tables[sheet->table_count++];
    *table = (struct sheet_table){.line = header->line, .columns = header->count};
    if (one->has_title) table->title = str_trim(search->rows[one->row - 1].cells[0]);
}

static void consider(struct search *search, size_t row)
{
    struct header_hits hits = hits_of(search->knowledge, search->rows[row].cells,
                                      search->rows[row].count, search->is_thorough, search->arena);
    bool wished = has_wishes(search, row) || is_asked_for(search, row);
    struct candidate one = {.row = row};
    one.has_title = row > 0 && is_title(&search->rows[row - 1]);
    bool likely = header_is_likely(&hits) || wished;
    if (!likely && !hits.has_data && hits.known >= 2) {
        likely = (one.profile = recognise(search, row, &one.recognised)) != NULL;
    }
    if (!likely && !is_confirmed(search, row, &hits)) return;
    if (!one.profile) one.profile = recognise(search, row, &one.recognised);
    if (!search->found) search->first_table = row - one.has_title;
    note_table(search, &one);
    one.score = (long)(hits.distinct * 10 + hits.known) + (hits.contact ? 1000 : 0) +
                (hits.post ? 100 : 0) + (one.profile ? 100 : 0) + (wished ? 10000 : 0) +
                (is_asked_for(search, row) ? 100000 : 0) + score_title(search, &one);
    if (search->found && one.score <= search->best.score) return;
    search->best = one;
    search->found = true;
}

// Once a table with addresses is found, another can only begin behind a title or a blank line.
static bool can_begin_table(const struct search *search, size_t row)
{
    if (search->rows[row].filled == 0) return false;
    if (is_asked_for(search, row)) return true;
    if (!search->found || search->best.score < 1000) return true;
    return row > 0 && search->rows[row - 1].filled <= 1;
}

// ---- what stands above ----------------------------------------------------------------------

static bool is_known_header(const struct search *search, size_t row, size_t cell)
{
    struct meaning meanings[MEANINGS_MAX];
    const struct source_profile *profile = search->sheet->profile;
    str key = folded_cell(search, row, cell);
    if (profile && text_set_has(&profile->campaign_keys, key)) return true;
    if (profile && text_set_has(&profile->date_keys, key)) return true;
    return synonyms_find(&search->knowledge->synonyms, key, search->arena, meanings) > 0;
}

static str cell_of(const struct search *search, size_t row, size_t cell)
{
    if (row >= search->sheet->header_row || cell >= search->rows[row].count) return (str){"", 0};
    return str_trim(search->rows[row].cells[cell]);
}

// Whether the row is a row of keys, whose values stand below: another of its cells is a header too.
static bool is_key_row(const struct search *search, size_t row, size_t cell)
{
    for (size_t i = 0; i < search->rows[row].count; i++) {
        if (i != cell && is_known_header(search, row, i)) return true;
    }
    return false;
}

// The value of a key in the preamble: below it in a row of keys, else to its right.
static str preamble_value(const struct search *search, size_t row, size_t cell)
{
    if (is_key_row(search, row, cell)) return cell_of(search, row + 1, cell);
    return cell_of(search, row, cell + 1);
}

static bool is_campaign_key(const struct search *search, str key)
{
    const struct source_profile *profile = search->sheet->profile;
    if (profile && profile->campaign_keys.count) return text_set_has(&profile->campaign_keys, key);
    struct meaning meanings[MEANINGS_MAX];
    size_t count = synonyms_find(&search->knowledge->synonyms, key, search->arena, meanings);
    return count && meanings[0].target == FIELD_SOURCE_CAMPAIGN;
}

// The year of the lines above the table: "Leads of the spring fair 2026".
static void read_year(struct search *search)
{
    struct sheet *sheet = search->sheet;
    bool is_one = true;
    for (size_t row = 0; row < sheet->header_row; row++) {
        for (size_t cell = 0; cell < search->rows[row].count; cell++) {
            int year = date_year_in(search->rows[row].cells[cell]);
            if (year && sheet->year && year != sheet->year) is_one = false;
            if (year) sheet->year = year;
        }
    }
    if (!is_one) sheet->year = 0;
}

static void read_preamble(struct search *search)
{
    struct sheet *sheet = search->sheet;
    const struct source_profile *profile = sheet->profile;
    for (size_t row = 0; row < sheet->header_row; row++) {
        for (size_t cell = 0; cell < search->rows[row].count; cell++) {
            str key = folded_cell(search, row, cell);
            if (key.len == 0) continue;
            if (!sheet->campaign.len && is_campaign_key(search, key)) {
                sheet->campaign = preamble_value(search, row, cell);
            }
            if (!sheet->date.len && profile && text_set_has(&profile->date_keys, key)) {
                sheet->date = preamble_value(search, row, cell);
            }
        }
    }
}

static void count_above(struct search *search)
{
    struct sheet *sheet = search->sheet;
    for (size_t row = 0; row < sheet->first_row; row++) {
        bool own_title = search->best.has_title && row + 1 == sheet->header_row;
        enum skip_kind kind = SKIP_PREAMBLE;
        if (sheet->has_header && (row == sheet->header_row || own_title)) {
            kind = SKIP_HEADER;
        } else if (search->rows[row].filled == 0) {
            kind = SKIP_BLANK;
        } else if (search->found && row >= search->first_table) {
            kind = SKIP_OTHER_TABLE;
        }
        sheet->skipped[kind]++;
    }
}

// ---- lists without a known header -----------------------------------------------------------

// Whether most rows show this look in this column; *first is the first row that does.
static bool column_shows(const struct search *search, size_t column, enum look look, size_t *first)
{
    size_t filled = 0, shown = 0, rows = 0;
    for (size_t row = 0; row < search->count && rows < LIST_ROWS_MAX; row++) {
        if (search->rows[row].filled == 0) continue;
        rows++;
        if (column >= search->rows[row].count) continue;
        str cell = search->rows[row].cells[column];
        enum look got = sniff_value(&search->knowledge->sniffer, cell, search->arena);
        if (got == look && shown++ == 0) *first = row;
        filled += got != LOOK_NOTHING;
    }
    return shown && shown * 100 >= filled * LIST_SHARE && filled * 2 >= rows;
}

// Takes a list by its addresses, or by its phone numbers. A line before the first of them that has
// something else in that column is a header of unknown words.
static bool find_list(struct search *search)
{
    static const enum look looks[] = {LOOK_EMAIL, LOOK_PHONE};
    struct sheet *sheet = search->sheet;
    size_t widest = 0, first = 0;
    for (size_t row = 0; row < search->count; row++) {
        if (search->rows[row].count > widest) widest = search->rows[row].count;
    }
    for (size_t i = 0; i < 2; i++) {
        for (size_t column = 0; column < widest; column++) {
            if (!column_shows(search, column, looks[i], &first)) continue;
            const struct sheet_row *before = first ? &search->rows[first - 1] : NULL;
            sheet->has_header = before && before->filled >= 2 && column < before->count &&
                                str_trim(before->cells[column]).len;
            sheet->header_row = sheet->has_header ? first - 1 : first;
            sheet->first_row = first;
            sheet->columns = sheet->has_header ? before->count : widest;
            return true;
        }
    }
    return false;
}

// The first cell that is a header of addresses; false when there is none.
static bool find_address_header(const struct search *search, size_t *row, size_t *cell)
{
    struct meaning meanings[MEANINGS_MAX];
    for (*row = 0; *row < search->count && *row < PREAMBLE_MAX; ++*row) {
        for (*cell = 0; *cell < search->rows[*row].count; ++*cell) {
            str folded = folded_cell(search, *row, *cell);
            size_t found =
                synonyms_find(&search->knowledge->synonyms, folded, search->arena, meanings);
            if (found && meanings[0].target == FIELD_EMAIL) return true;
        }
    }
    return false;
}

// Says why no table was found.
static bool refuse(const struct search *search, const char *name, struct err *err)
{
    size_t row, cell, addresses = 0;
    if (!find_address_header(search, &row, &cell)) {
        err_set(err, ERR_DATA, name, 0,
                "no header row found: no line has two known headers, one of them an address, a "
                "phone or a name");
        return err_hint(err, "add a line of headers, or name the columns with --mapping");
    }
    for (size_t below = row + 1; below < search->count; below++) {
        if (cell >= search->rows[below].count) continue;
        addresses += sniff_value(&search->knowledge->sniffer, search->rows[below].cells[cell],
                                 search->arena) == LOOK_EMAIL;
    }
    err_set(err, ERR_DATA, name, (long)search->rows[row].line,
            "%s of column \"%.*s\" %s, and no other header is known",
            addresses ? "few cells" : "no cell", STR_ARG(str_trim(search->rows[row].cells[cell])),
            addresses ? "are addresses" : "is an address");
    return err_hint(err, "an address is name@example.com");
}

bool sheet_find(struct sheet *sheet, const struct knowledge *knowledge,
                const struct sheet_wishes *wishes, const struct sheet_row rows[], size_t count,
                const char *name, struct arena *arena, struct err *err)
{
    *sheet = (struct sheet){.profile = wishes->profile};
    struct search search = {.sheet = sheet,
                            .knowledge = knowledge,
                            .wishes = wishes,
                            .rows = rows,
                            .count = count,
                            .arena = arena};
    for (size_t row = 0; row < count; row++) {
        if (can_begin_table(&search, row)) consider(&search, row);
    }
    // No row of headers as they are in the list: then of headers with something before or behind.
    search.is_thorough = true;
    for (size_t row = 0; !search.found && row < count && row < PREAMBLE_MAX; row++) {
        if (can_begin_table(&search, row)) consider(&search, row);
    }
    if (wishes->header_line &&
        !(search.found && rows[search.best.row].line == wishes->header_line)) {
        return err_set(err, ERR_USAGE, name, (long)wishes->header_line,
                       "no row begins on this line that could hold headers (--header-line)");
    }
    if (search.found) {
        sheet->has_header = sheet->header_known = true;
        sheet->header_row = search.best.row;
        sheet->first_row = search.best.row + 1;
        sheet->columns = rows[search.best.row].count;
        sheet->profile = search.best.profile;
        sheet->recognised = search.best.recognised;
    } else if (!find_list(&search)) {
        return refuse(&search, name, err);
    }
    if (sheet->has_header) read_preamble(&search);
    if (sheet->has_header) read_year(&search);
    count_above(&search);
    return true;
}
