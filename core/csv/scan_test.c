// Every scanner gives the answers of a scanner written byte by byte, whatever the length, the
// alignment and the cutting into pieces.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "scan.h"

enum { LEN_MAX = 300 };

// What scan.h promises, said as plainly as possible.
static size_t scan_plainly(const char *data, size_t len, char delimiter, uint32_t base,
                           struct scan_state *state, uint32_t *ends)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        char c = data[i];
        bool was_inside = state->inside;
        bool is_separator = (c == delimiter || c == '\n') && !was_inside;
        if (c == '\0') state->nul = 1;
        if ((unsigned char)c > 0x7F) state->not_ascii = 1;
        if (state->after_cr && c != '\n') state->bare_cr = 1;
        if (state->after_close && !is_separator && c != '"' && c != '\r') state->irregular = 1;
        if (c == '"' && !was_inside && state->after_text) state->irregular = 1;
        if (c == '"') state->quotes = 1;
        if (c == '"') state->inside = ~state->inside;
        if (c == '\n' && was_inside) state->newlines_inside++;
        if (is_separator) ends[count++] = base + (uint32_t)i;
        state->after_close = c == '"' && was_inside;
        state->after_cr = c == '\r' && !was_inside;
        state->after_text = !is_separator && !state->after_close;
    }
    return count;
}

static uint64_t random_next(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

static void same_state(const struct scan_state *got, const struct scan_state *want)
{
    assert_true(got->inside == want->inside);
    assert_true(got->after_text == want->after_text);
    assert_true(got->after_close == want->after_close);
    assert_true(got->after_cr == want->after_cr);
    assert_true(!got->quotes == !want->quotes);
    assert_true(!got->irregular == !want->irregular);
    assert_true(!got->bare_cr == !want->bare_cr);
    assert_true(!got->nul == !want->nul);
    assert_true(!got->not_ascii == !want->not_ascii);
    assert_true(got->newlines_inside == want->newlines_inside);
}

// Scans data in pieces of piece_bytes with every kind and compares. The pieces are copied to their
// exact size, so that the sanitizer sees any byte that is read or written too far.
static void check_kinds(const char *data, size_t len, size_t piece_bytes, char delimiter)
{
    uint32_t want[LEN_MAX], *got = memory_alloc((len ? len : 1) * sizeof *got);
    struct scan_state want_state = {0};
    size_t want_count = scan_plainly(data, len, delimiter, 7, &want_state, want);
    for (int kind = 0; kind < SCAN_KIND_COUNT; kind++) {
        scan_function *scan = scan_of((enum scan_kind)kind);
        if (!scan) continue;
        struct scan_state state = {0};
        size_t count = 0;
        for (size_t at = 0; at < len;) {
            size_t size = len - at < piece_bytes ? len - at : piece_bytes;
            char *piece = memory_alloc(size);
            memcpy(piece, data + at, size);
            uint32_t *room = memory_alloc(size * sizeof *room);
            size_t found = scan(piece, size, delimiter, 7 + (uint32_t)at, &state, room);
            if (found) memcpy(got + count, room, found * sizeof *got);
            count += found;
            memory_free(room);
            memory_free(piece);
            at += size;
        }
        assert_int_equal(count, want_count);
        if (count) assert_memory_equal(got, want, count * sizeof *got);
        same_state(&state, &want_state);
    }
    memory_free(got);
}

static void fill_from(char *data, size_t len, str alphabet, uint64_t *seed)
{
    for (size_t i = 0; i < len; i++) data[i] = alphabet.data[random_next(seed) % alphabet.len];
}

#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

static const str alphabets[] = {
    TEXT("a,\n\""),
    TEXT("a,\n"),
    TEXT("\""),
    TEXT(","),
    TEXT("\"\r\n"),
    TEXT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,\"\n"),
    TEXT("a,;\t|\r\n\"\0\x80\xFF\x22\x0D \x2D\x23"),
    TEXT("\x8C\xAC\xA2\x8A\x0B\x09\x2B\"\""), // neighbours of the bytes looked for
};

static void all_lengths(void **state)
{
    (void)state;
    uint64_t seed = 1;
    char data[LEN_MAX];
    for (size_t len = 0; len <= LEN_MAX; len++) {
        for (size_t i = 0; i < sizeof alphabets / sizeof *alphabets; i++) {
            fill_from(data, len, alphabets[i], &seed);
            check_kinds(data, len, len ? len : 1, ',');
        }
    }
}

static void all_pieces(void **state)
{
    (void)state;
    uint64_t seed = 2;
    char data[LEN_MAX];
    for (size_t piece = 1; piece <= 130; piece++) {
        for (size_t i = 0; i < sizeof alphabets / sizeof *alphabets; i++) {
            size_t len = random_next(&seed) % LEN_MAX;
            fill_from(data, len, alphabets[i], &seed);
            check_kinds(data, len, piece, ';');
        }
    }
}

static void all_bytes(void **state)
{
    (void)state;
    char data[256];
    for (int i = 0; i < 256; i++) data[i] = (char)i;
    for (const char *delimiter = ",;\t|"; *delimiter; delimiter++) {
        check_kinds(data, sizeof data, sizeof data, *delimiter);
    }
    for (int i = 0; i < 256; i++) { // each byte alone tells nothing of its neighbours
        memset(data, i, sizeof data);
        check_kinds(data, 130, 130, ',');
    }
}

static void all_alignments(void **state)
{
    (void)state;
    uint64_t seed = 3;
    char data[LEN_MAX + 64];
    uint32_t want[LEN_MAX], got[LEN_MAX];
    for (size_t offset = 0; offset < 64; offset++) {
        fill_from(data, sizeof data, alphabets[0], &seed);
        struct scan_state want_state = {0};
        size_t count = scan_plainly(data + offset, LEN_MAX, ',', 0, &want_state, want);
        for (int kind = 0; kind < SCAN_KIND_COUNT; kind++) {
            scan_function *scan = scan_of((enum scan_kind)kind);
            if (!scan) continue;
            struct scan_state now = {0};
            assert_int_equal(scan(data + offset, LEN_MAX, ',', 0, &now, got), count);
            assert_memory_equal(got, want, count * sizeof *got);
            same_state(&now, &want_state);
        }
    }
}

static const struct {
    const char *text;
    bool irregular, bare_cr;
    unsigned newlines_inside, separators;
} cases[] = {
    {"a,b\n", false, false, 0, 2},          {"\"a\",\"b\"\n", false, false, 0, 2},
    {"\"a\"\"b\"\r\n", false, false, 0, 1}, {"\"\",\"\"\"\"\n", false, false, 0, 2},
    {"\"a,b\nc\",d\n", false, false, 1, 2}, {"a\"b\",c\n", true, false, 0, 2},
    {"\"a\"b,c\n", true, false, 0, 2},      {"\"a\" ,c\n", true, false, 0, 2},
    {" \"a\",c\n", true, false, 0, 2},      {"a\rb\n", false, true, 0, 1},
    {"\"a\"\rb\n", false, true, 0, 1},      {"\"a\rb\"\n", false, false, 0, 1},
    {"a\r\"b\"\n", true, true, 0, 1},
};

static void what_is_regular(void **state)
{
    (void)state;
    // Put at every place of a step, so that what is carried from step to step is covered.
    for (size_t before = 0; before < 70; before++) {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            char data[LEN_MAX];
            uint32_t ends[LEN_MAX];
            size_t len = strlen(cases[i].text);
            memset(data, 'x', before);
            if (before) data[before - 1] = '\n';
            memcpy(data + before, cases[i].text, len);
            for (int kind = 0; kind < SCAN_KIND_COUNT; kind++) {
                scan_function *scan = scan_of((enum scan_kind)kind);
                if (!scan) continue;
                struct scan_state now = {0};
                size_t count = scan(data, before + len, ',', 0, &now, ends);
                assert_int_equal(count, cases[i].separators + (before > 0));
                assert_int_equal(now.irregular != 0, cases[i].irregular);
                assert_int_equal(now.bare_cr != 0, cases[i].bare_cr);
                assert_int_equal(now.newlines_inside, cases[i].newlines_inside);
            }
        }
    }
}

static void kinds_and_names(void **state)
{
    (void)state;
    assert_non_null(scan_of(SCAN_PORTABLE));
    assert_non_null(scan_best());
    assert_null(scan_of(SCAN_KIND_COUNT));
    assert_string_equal(scan_kind_name(SCAN_AVX2), "avx2");
    assert_string_equal(scan_kind_name(SCAN_PORTABLE), "portable");
#ifdef __x86_64__
    assert_non_null(scan_of(SCAN_SSE2));
    assert_null(scan_of(SCAN_NEON));
    assert_ptr_not_equal(scan_best(), scan_of(SCAN_PORTABLE));
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_lengths),     cmocka_unit_test(all_pieces),
        cmocka_unit_test(all_bytes),       cmocka_unit_test(all_alignments),
        cmocka_unit_test(what_is_regular), cmocka_unit_test(kinds_and_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
