// libcsv is told to read as we do, the scanner finds what it finds, and records are decoded as
// their pieces say.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/buffer.h"
#include "libcsv.h"
#include "records.h"
#include "scan.h"

static void show_field(void *state, str text)
{
    buffer_add_byte(state, '[');
    buffer_add(state, text);
    buffer_add_byte(state, ']');
}

static void show_record(void *state) { buffer_add_byte(state, '/'); }

static const struct {
    const char *text, *want;
    bool is_strict_error;
} parses[] = {
    {"", "", false},
    {"a,b\n", "[a][b]/", false},
    {"a,b", "[a][b]/", false},
    {"a,b\r\nc\r\n", "[a][b]/[c]/", false},
    {"a\n\nb\n", "[a]/[]/[b]/", false},
    {"a\r\n\r\nb\r\n", "[a]/[]/[b]/", false},
    {"a\rb\n", "[a]/[b]/", false},
    {",\n", "[][]/", false},
    {" a ,\t\"\n", "[ a ][\t\"]/", true},
    {"\"a,\"\"b\"\"\nc\",\"\"\n", "[a,\"b\"\nc][]/", false},
    {"a\"b\n", "[a\"b]/", true},
    {"\"a\"b\n\"\n", "[a\"b\n]/", true},
    {"\"a", "[a]/", true},
};

static void parsing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof parses / sizeof *parses; i++) {
        str text = str_of(parses[i].text);
        for (size_t piece = 0; piece <= text.len; piece++) {
            struct buffer out = {0};
            struct libcsv_events events = {show_field, show_record, &out};
            assert_true(libcsv_parse(text, ',', piece, false, &events));
            assert_true(str_equal(buffer_str(&out), str_of(parses[i].want)));
            assert_int_equal(libcsv_parse(text, ',', piece, true, &events),
                             !parses[i].is_strict_error);
            buffer_release(&out);
        }
    }
}

static const struct {
    const char *pieces[4];
    unsigned literal; // bit i: piece i begins with a literal quote
    const char *want;
} decodes[] = {
    {{"a,b"}, 0, "[a][b]/"},
    {{""}, 0, "[]/"},
    {{" "}, 0, "[]/"},
    {{"a,"}, 0, "[a][]/"},
    {{" a , \"b\" ,c\"d"}, 0, "[a][b][c\"d]/"},
    {{"\"a\"b,c\",d"}, 0, "[a\"b,c][d]/"},
    {{"x,", "\"a,b"}, 2, "[x][\"a][b]/"},
    {{"x,  ", "\"a\"\"b\" , \"c\""}, 2, "[x][\"a\"\"b\"][c]/"},
    {{"", "\"a,", "\"b"}, 6, "[\"a][\"b]/"},
    {{"\"a", "\"\"", "b\",c"}, 0, "[a\"b][c]/"},
    {{"a\rb,\"c\r\nd\""}, 0, "[a\rb][c\r\nd]/"},
};

static void decoding(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof decodes / sizeof *decodes; i++) {
        struct libcsv_piece pieces[4];
        size_t count = 0;
        for (; count < 4 && decodes[i].pieces[count]; count++) {
            pieces[count] = (struct libcsv_piece){str_of(decodes[i].pieces[count]),
                                                  decodes[i].literal >> count & 1};
        }
        struct buffer out = {0};
        struct libcsv_events events = {show_field, show_record, &out};
        libcsv_record(pieces, count, ',', &events);
        assert_true(str_equal(buffer_str(&out), str_of(decodes[i].want)));
        buffer_release(&out);
    }
}

static uint64_t random_next(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

static void add_random_field(struct buffer *out, uint64_t *seed)
{
    static const char *const bare[] = {
        "",    "a",  "Virtanen", "\xC3\xA4\xC3\xB6",
        " x ", "12", "a;b|c\td", "long enough to pass a step of the scan"};
    static const char *const quoted[] = {"", "a", ",", "\n", "\r\n", "\"\"", "\"\"\"\"", "x,\"\"y"};
    if (random_next(seed) % 3) {
        buffer_add(out, str_of(bare[random_next(seed) % 8]));
        return;
    }
    buffer_add_byte(out, '"');
    for (uint64_t i = random_next(seed) % 4; i > 0; i--) {
        buffer_add(out, str_of(quoted[random_next(seed) % 8]));
    }
    buffer_add_byte(out, '"');
}

// RFC 4180, with any numbers of fields and blank lines.
static void add_random_records(struct buffer *out, uint64_t *seed)
{
    for (uint64_t records = random_next(seed) % 8; records > 0; records--) {
        for (uint64_t fields = random_next(seed) % 5; fields > 0; fields--) {
            add_random_field(out, seed);
            buffer_add_byte(out, ',');
        }
        add_random_field(out, seed);
        buffer_add(out, random_next(seed) % 2 ? STR("\n") : STR("\r\n"));
    }
}

static void show_scan(str text, scan_function *scan, size_t piece, struct buffer *out)
{
    struct arena arena = {0};
    struct scan_state state = {0};
    uint32_t *ends = memory_alloc((text.len + 1) * sizeof *ends);
    size_t count = 0, start = 0;
    for (size_t at = 0; at < text.len; at += piece) {
        size_t len = text.len - at < piece ? text.len - at : piece;
        count += scan(text.data + at, len, ',', (uint32_t)at, &state, ends + count);
    }
    assert_true(!state.irregular && !state.bare_cr && !state.inside);
    for (size_t i = 0; i < count; i++) {
        bool is_last = text.data[ends[i]] == '\n';
        str raw = {text.data + start, ends[i] - start};
        if (is_last && str_ends(raw, STR("\r"))) raw.len--;
        show_field(out, raw.len && raw.data[0] == '"' ? csv_unquote(raw, &arena) : raw);
        if (is_last) show_record(out);
        start = ends[i] + 1;
    }
    memory_free(ends);
    arena_release(&arena);
}

static void scanner_finds_the_same(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (size_t round = 0; round < 2000; round++) {
        struct buffer text = {0}, want = {0};
        add_random_records(&text, &seed);
        struct libcsv_events events = {show_field, show_record, &want};
        assert_true(libcsv_parse(buffer_str(&text), ',', round % 70, true, &events));
        for (int kind = 0; kind < SCAN_KIND_COUNT; kind++) {
            scan_function *scan = scan_of((enum scan_kind)kind);
            if (!scan) continue;
            struct buffer got = {0};
            show_scan(buffer_str(&text), scan, 1 + round % 130, &got);
            assert_true(str_equal(buffer_str(&got), buffer_str(&want)));
            buffer_release(&got);
        }
        buffer_release(&text);
        buffer_release(&want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parsing),
        cmocka_unit_test(decoding),
        cmocka_unit_test(scanner_finds_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
