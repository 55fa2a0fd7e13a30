// Writes leads with a known truth, for benchmarks and for measuring deduplication.
//
//     cc -std=c17 -D_GNU_SOURCE -O2 bench/generate*.c -o build/bench/generate
//     build/bench/generate 1000000 --truth truth.csv -o leads.csv
//
// Names, companies and titles are as uneven as real ones: some are everywhere, most are rare, and
// more rows hold more distinct ones. A share of the rows is a person seen before, spelled
// otherwise. No two persons share an address or a phone number, so the truth is exact.
#include "generate.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROGRAM "generate"

static const char help[] =
    "usage: generate ROWS [options]\n"
    "Writes ROWS made-up leads as CSV; the same options give the same bytes.\n"
    "\n"
    "  --seed N            another N, other leads (42)\n"
    "  --duplicates SHARE  rows that are a person seen before, 0 to 1 (0.20)\n"
    "  --dirt SHARE        rows with a broken address or phone, 0 to 1 (0.05)\n"
    "  --sources N         distinct sources (20)\n"
    "  --style STYLE       bare: quotes where needed; quoted: every field; dirty: stray blanks,\n"
    "                      mixed case, words for nothing, CRLF in notes, wrong phones (bare)\n"
    "  --truth FILE        write lead_id,person_id,duplicate_of,kind of every row\n"
    "  -o FILE             write the leads to FILE instead of standard output\n"
    "  --help              show this and leave\n";

static _Noreturn void die(const char *what, const char *detail)
{
    fprintf(stderr, PROGRAM ": %s%s%s\n", what, detail[0] != '\0' ? ": " : "", detail);
    exit(2);
}

// An output file, written in large pieces.
struct sink {
    const char *name;
    FILE *file;
    size_t len;
    char bytes[1 << 20];
};

static void sink_open(struct sink *sink, const char *name)
{
    sink->name = name == NULL ? "standard output" : name;
    sink->file = name == NULL ? stdout : fopen(name, "wb");
    if (sink->file == NULL) die(sink->name, strerror(errno));
}

static void sink_flush(struct sink *sink)
{
    if (fwrite(sink->bytes, 1, sink->len, sink->file) != sink->len)
        die(sink->name, strerror(errno));
    sink->len = 0;
}

static void sink_close(struct sink *sink)
{
    sink_flush(sink);
    if (fclose(sink->file) != 0) die(sink->name, strerror(errno));
}

static void sink_char(struct sink *sink, char c)
{
    if (sink->len == sizeof sink->bytes) sink_flush(sink);
    sink->bytes[sink->len++] = c;
}

static void sink_bytes(struct sink *sink, const char *bytes, size_t len)
{
    if (sizeof sink->bytes - sink->len < len) sink_flush(sink);
    memcpy(sink->bytes + sink->len, bytes, len);
    sink->len += len;
}

static bool needs_quotes(const struct text *text)
{
    for (unsigned i = 0; i < text->len; i++) {
        char c = text->bytes[i];
        if (c == ',' || c == '"' || c == '\n' || c == '\r') return true;
    }
    return false;
}

static void sink_field(struct sink *sink, const struct text *text, bool quoted)
{
    if (!quoted && !needs_quotes(text)) {
        sink_bytes(sink, text->bytes, text->len);
        return;
    }
    sink_char(sink, '"');
    for (unsigned i = 0; i < text->len; i++) {
        if (text->bytes[i] == '"') sink_char(sink, '"');
        sink_char(sink, text->bytes[i]);
    }
    sink_char(sink, '"');
}

static void sink_lead(struct sink *sink, const struct lead *lead, bool quoted)
{
    for (unsigned i = 0; i < COLUMNS; i++) {
        sink_field(sink, &lead->column[i], quoted);
        sink_char(sink, i + 1 < COLUMNS ? ',' : '\n');
    }
}

// The fingerprints of all addresses and numbers given away: open addressing, never 0, half full.
struct taken {
    uint64_t *slots;
    uint64_t mask;
};

static void *allocate(uint64_t count, size_t size)
{
    void *memory = calloc(count > 0 ? count : 1, size);
    if (memory == NULL) die("out of memory", "");
    return memory;
}

static struct taken taken_for(uint64_t rows)
{
    uint64_t slots = 1024;
    while (slots < rows * 11 / 5) slots *= 2;
    return (struct taken){allocate(slots, sizeof(uint64_t)), slots - 1};
}

static uint64_t fingerprint(const struct text *text, const char *salt, bool without_dots)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (; *salt != '\0'; salt++) hash = (hash ^ (unsigned char)*salt) * 0x100000001b3;
    for (unsigned i = 0; i < text->len; i++) {
        if (without_dots && text->bytes[i] == '.') continue;
        hash = (hash ^ (unsigned char)text->bytes[i]) * 0x100000001b3;
    }
    hash ^= hash >> 29;
    return hash == 0 ? 1 : hash;
}

// Returns false when the fingerprint was there already.
static bool taken_add(struct taken *taken, uint64_t hash)
{
    uint64_t slot = hash & taken->mask;
    for (; taken->slots[slot] != 0; slot = (slot + 1) & taken->mask) {
        if (taken->slots[slot] == hash) return false;
    }
    taken->slots[slot] = hash;
    return true;
}

// Draws an address and a number again until nobody else has them.
static void person_new(struct person *person, const struct options *options, uint64_t number,
                       struct draws *draws, struct taken *taken)
{
    bool email_is_new = false, phone_is_new = false;
    for (;;) {
        person_make(person, options, number, *draws);
        email_is_new = email_is_new || person->email.len == 0 ||
                       taken_add(taken, fingerprint(&person->email, "email", true));
        phone_is_new =
            phone_is_new || person->digits.len == 0 ||
            taken_add(taken, fingerprint(&person->digits, person->country->calling_code, false));
        if (email_is_new && phone_is_new) return;
        if (draws->email == UINT8_MAX || draws->phone == UINT8_MAX)
            die("no free address or phone left", "");
        draws->email += !email_is_new;
        draws->phone += !phone_is_new;
    }
}

static void truth_row(struct sink *truth, const struct lead *lead, uint64_t person,
                      uint64_t first_row, const char *kind, const char *dirt)
{
    struct text line = {0};
    text_add_text(&line, &lead->column[LEAD_ID]);
    text_add(&line, ",P");
    text_add_number(&line, person + 1, 7);
    text_add(&line, ",");
    if (strcmp(kind, "new") != 0) {
        text_add(&line, "L");
        text_add_number(&line, first_row + 1, 7);
    }
    text_add(&line, ",");
    text_add(&line, kind);
    if (dirt != NULL) text_add(&line, "+");
    if (dirt != NULL) text_add(&line, dirt);
    text_add(&line, "\n");
    sink_bytes(truth, line.bytes, line.len);
}

static void generate(const struct options *options, struct sink *leads, struct sink *truth)
{
    struct draws *draws = allocate(options->rows, sizeof *draws);
    uint32_t *first_rows = allocate(options->rows, sizeof *first_rows);
    struct taken taken = taken_for(options->rows);
    struct person person;
    struct lead lead;
    uint32_t persons = 0;
    for (uint32_t row = 0; row < options->rows; row++) {
        struct dice dice = dice_for(options->seed, row, STREAM_DIRT);
        bool is_new = persons == 0 || !dice_chance_ppm(&dice, options->duplicates_ppm);
        uint32_t number = is_new ? persons++ : dice_below(&dice, persons);
        if (is_new) {
            person_new(&person, options, number, &draws[number], &taken);
            first_rows[number] = row;
        } else {
            person_make(&person, options, number, draws[number]);
        }
        lead_make(&lead, &person, options, row);
        const char *kind = is_new ? "new" : change_repeat(&lead, &person, &dice);
        const char *dirt = NULL;
        if (dice_chance_ppm(&dice, options->dirt_ppm)) dirt = change_dirt(&lead, &dice);
        if (options->style == STYLE_DIRTY) change_ragged(&lead, &dice);
        sink_lead(leads, &lead, options->style == STYLE_QUOTED);
        if (truth != NULL) truth_row(truth, &lead, number, first_rows[number], kind, dirt);
    }
    free(taken.slots);
    free(first_rows);
    free(draws);
}

static uint64_t parse_count(const char *name, const char *text, uint64_t most)
{
    char *end;
    errno = 0;
    uint64_t count = strtoull(text, &end, 10);
    bool is_whole = text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0;
    if (!is_whole || count > most) {
        fprintf(stderr, PROGRAM ": %s needs a whole number up to %" PRIu64 ", not '%s'\n", name,
                most, text);
        exit(2);
    }
    return count;
}

static unsigned parse_share(const char *name, const char *text)
{
    char *end;
    double share = strtod(text, &end);
    if (end == text || *end != '\0' || !(share >= 0 && share <= 1)) {
        fprintf(stderr, PROGRAM ": %s needs a number from 0 to 1, not '%s'\n", name, text);
        exit(2);
    }
    return (unsigned)(share * 1e6 + 0.5);
}

static enum style parse_style(const char *text)
{
    static const char *const names[] = {"bare", "quoted", "dirty"};
    for (unsigned i = 0; i < 3; i++) {
        if (strcmp(text, names[i]) == 0) return (enum style)i;
    }
    die("--style is bare, quoted or dirty, not", text);
}

static void set_option(struct options *options, const char *name, const char *value)
{
    if (strcmp(name, "--seed") == 0) {
        options->seed = parse_count(name, value, UINT64_MAX);
    } else if (strcmp(name, "--duplicates") == 0) {
        options->duplicates_ppm = parse_share(name, value);
    } else if (strcmp(name, "--dirt") == 0) {
        options->dirt_ppm = parse_share(name, value);
    } else if (strcmp(name, "--sources") == 0) {
        options->sources = (unsigned)parse_count(name, value, 1000000);
        if (options->sources == 0) die("--sources must be at least 1", "");
    } else if (strcmp(name, "--style") == 0) {
        options->style = parse_style(value);
    } else if (strcmp(name, "--truth") == 0) {
        options->truth = value;
    } else if (strcmp(name, "-o") == 0) {
        options->output = value;
    } else {
        die("no such option (see --help)", name);
    }
}

static struct options parse_options(int count, char **arguments)
{
    struct options options = {
        .seed = 42, .duplicates_ppm = 200000, .dirt_ppm = 50000, .sources = 20};
    bool has_rows = false;
    for (int i = 1; i < count; i++) {
        char *name = arguments[i], *value = strchr(name, '=');
        if (strcmp(name, "--help") == 0) {
            fputs(help, stdout);
            exit(0);
        }
        if (name[0] != '-') {
            if (has_rows) die("one number of rows is enough", name);
            options.rows = parse_count("ROWS", name, 1000000000);
            has_rows = true;
            continue;
        }
        if (value != NULL) {
            *value++ = '\0';
        } else if (++i < count) {
            value = arguments[i];
        } else {
            die("a value is missing after", name);
        }
        set_option(&options, name, value);
    }
    if (!has_rows) die("the number of rows is missing (see --help)", "");
    return options;
}

int main(int argc, char **argv)
{
    static struct sink leads, truth;
    static const char leads_header[] =
        "lead_id,created_at,source,first_name,last_name,email,phone,company,job_title,country,city,"
        "postal_code,website,notes\n";
    static const char quoted_header[] =
        "\"lead_id\",\"created_at\",\"source\",\"first_name\",\"last_name\",\"email\",\"phone\","
        "\"company\","
        "\"job_title\",\"country\",\"city\",\"postal_code\",\"website\",\"notes\"\n";
    static const char truth_header[] = "lead_id,person_id,duplicate_of,kind\n";
    struct options options = parse_options(argc, argv);
    const char *header = options.style == STYLE_QUOTED ? quoted_header : leads_header;

    sink_open(&leads, options.output);
    sink_bytes(&leads, header, strlen(header));
    if (options.truth != NULL) {
        sink_open(&truth, options.truth);
        sink_bytes(&truth, truth_header, strlen(truth_header));
    }
    generate(&options, &leads, options.truth != NULL ? &truth : NULL);
    sink_close(&leads);
    if (options.truth != NULL) sink_close(&truth);
    return 0;
}
