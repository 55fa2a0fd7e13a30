// Goal: every reader of RFC 4180 gives back the fields that were written, and nothing is quoted
// without need.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "writer.h"

#define B(literal)                                                                                 \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static void fields_are_quoted_when_they_must(void **state)
{
    (void)state;
    static const struct {
        str text, want;
    } cases[] = {
        {B(""), B("")},
        {B("a"), B("a")},
        {B("Ada Lovelace"), B("Ada Lovelace")},
        {B("a,b"), B("\"a,b\"")},
        {B("\""), B("\"\"\"\"")},
        {B("say \"hi\""), B("\"say \"\"hi\"\"\"")},
        {B("a\rb"), B("\"a\rb\"")},
        {B("a\nb"), B("\"a\nb\"")},
        {B(" a"), B("\" a\"")},
        {B("a "), B("\"a \"")},
        {B("\ta"), B("\"\ta\"")},
        {B("a\t"), B("\"a\t\"")},
        {B(" "), B("\" \"")},
        {B("a\tb c"), B("a\tb c")},
        {B("a;b|c"), B("a;b|c")},
        {B("a\0b"), B("a\0b")},
        {B("Åsa Öberg 🍀"), B("Åsa Öberg 🍀")},
        {B("\xAC\xA2\x8A\x8D"), B("\xAC\xA2\x8A\x8D")}, // the special ones with the high bit set
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        csv_write_field(&out, cases[i].text);
        assert_true(str_equal(buffer_str(&out), cases[i].want));
        assert_int_equal(csv_needs_quotes(cases[i].text), cases[i].want.len > cases[i].text.len);
        buffer_release(&out);
    }
}

// Each byte at each place of fields of each length, against the rule spelled out.
static void every_byte_at_every_place(void **state)
{
    (void)state;
    struct buffer out = {0};
    for (size_t len = 1; len <= 70; len++) {
        char *text = malloc(len); // exact, so that a sanitizer sees a byte too far
        memset(text, 'x', len);
        for (size_t at = 0; at < len; at++) {
            for (int byte = 0; byte < 256; byte++) {
                text[at] = (char)byte;
                bool is_edge = at == 0 || at == len - 1;
                bool want = byte == ',' || byte == '"' || byte == '\r' || byte == '\n' ||
                            (is_edge && (byte == ' ' || byte == '\t'));
                if (csv_needs_quotes((str){text, len}) != want) {
                    fail_msg("byte %d at %zu of %zu", byte, at, len);
                }
                buffer_clear(&out);
                csv_write_field(&out, (str){text, len});
                size_t quotes = want ? 2u + (byte == '"') : 0;
                assert_int_equal(out.len, len + quotes);
                if (!want) assert_memory_equal(out.data, text, len);
            }
            text[at] = 'x';
        }
        free(text);
    }
    buffer_release(&out);
}

static void records_are_lines(void **state)
{
    (void)state;
    static const struct {
        str fields[4];
        size_t count;
        str want;
    } cases[] = {
        {{B("")}, 1, B("\"\"\n")},
        {{B("a")}, 1, B("a\n")},
        {{B(" ")}, 1, B("\" \"\n")},
        {{B(""), B("")}, 2, B(",\n")},
        {{B("a"), B(""), B("b")}, 3, B("a,,b\n")},
        {{B("a,b"), B("\"\""), B("x\ny"), B("z")}, 4, B("\"a,b\",\"\"\"\"\"\",\"x\ny\",z\n")},
        {{B("")}, 0, B("\n")},
    };
    struct buffer out = {0}, want = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        csv_write_record(&out, cases[i].fields, cases[i].count);
        buffer_add(&want, cases[i].want);
    }
    assert_true(str_equal(buffer_str(&out), buffer_str(&want)));
    buffer_release(&out);
    buffer_release(&want);
}

// Reads one field back, by the rule of RFC 4180.
static str read_field(str *rest, struct buffer *text)
{
    buffer_clear(text);
    if (rest->len == 0 || rest->data[0] != '"') {
        size_t len = 0;
        while (rest->data[len] != ',' && rest->data[len] != '\n') len++;
        buffer_add(text, str_first(*rest, len));
        *rest = str_from(*rest, len + 1);
        return buffer_str(text);
    }
    *rest = str_from(*rest, 1);
    while (rest->data[0] != '"' || rest->data[1] == '"') {
        size_t step = rest->data[0] == '"' ? 2 : 1;
        buffer_add_byte(text, rest->data[0]);
        *rest = str_from(*rest, step);
    }
    *rest = str_from(*rest, 2);
    return buffer_str(text);
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    static const char alphabet[] = "\",\r\n \tabcde";
    uint32_t seed = 3;
    struct buffer out = {0}, text = {0};
    for (int round = 0; round < 3000; round++) {
        char bytes[5][40];
        str fields[5];
        for (int i = 0; i < 5; i++) {
            seed = seed * 1664525u + 1013904223u;
            fields[i] = (str){bytes[i], (seed >> 16) % 40};
            for (size_t j = 0; j < fields[i].len; j++) {
                seed = seed * 1664525u + 1013904223u;
                bytes[i][j] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
            }
        }
        size_t count = 1 + seed % 5;
        buffer_clear(&out);
        csv_write_record(&out, fields, count);
        str rest = buffer_str(&out);
        for (size_t i = 0; i < count; i++) {
            assert_true(str_equal(read_field(&rest, &text), fields[i]));
        }
        assert_int_equal(rest.len, 0);
        assert_int_equal(out.data[out.len - 1], '\n');
    }
    buffer_release(&out);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_quoted_when_they_must),
        cmocka_unit_test(every_byte_at_every_place),
        cmocka_unit_test(records_are_lines),
        cmocka_unit_test(what_is_written_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
