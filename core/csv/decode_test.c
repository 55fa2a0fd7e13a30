// Goal: every file of a lead export becomes the UTF-8 text that its author meant, the same however
// it arrives, and what is no text file is named.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "core/base/utf8.h"
#include "decode.h"

static void assert_text(str got, str want)
{
    if (str_equal(got, want)) return;
    fail_msg("got %zu bytes '%.*s', want %zu bytes '%.*s'", got.len, STR_ARG(got), want.len,
             STR_ARG(want));
}

// Feeds the file behind its BOM in pieces; what is not used is given again. The end may be told
// with the last piece or behind it.
static void decode_pieces(struct decoding *decoding, str file, size_t piece, bool is_told_later,
                          struct buffer *out)
{
    str left = str_from(file, decoding->bom_bytes);
    struct buffer held = {0};
    bool is_last;
    do {
        buffer_add(&held, str_first(left, piece));
        is_last = left.len == 0 || (left.len <= piece && !is_told_later);
        left = str_from(left, piece);
        // An exact-size copy, so that a sanitizer sees a byte too far.
        char *exact = malloc(held.len + 1);
        if (held.len) memcpy(exact, held.data, held.len);
        size_t same = is_last ? 0 : decode_unchanged(decoding, (str){exact, held.len});
        size_t before = out->len;
        size_t used = decode_append(decoding, (str){exact, held.len}, is_last, out);
        assert_true(used >= same && out->len >= before + same);
        if (same) assert_memory_equal(out->data + before, exact, same);
        free(exact);
        assert_true(used <= held.len);
        if (is_last) assert_int_equal(used, held.len);
        if (used) memmove(held.data, held.data + used, held.len - used);
        held.len -= used;
    } while (!is_last);
    buffer_release(&held);
}

#define B(literal)                                                                                 \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static const struct {
    const char *name;
    str file;
    enum encoding encoding;
    size_t bom_bytes;
    bool cr_only;
    str want;
    unsigned codepage_lines, nul_bytes, bad_sequences;
} cases[] = {
    {"empty", B(""), ENCODING_UTF8, 0, false, B(""), 0, 0, 0},
    {"ascii", B("a,b\n1,2\n"), ENCODING_UTF8, 0, false, B("a,b\n1,2\n"), 0, 0, 0},
    {"utf-8", B("n\nÅsa\n🍀\n"), ENCODING_UTF8, 0, false, B("n\nÅsa\n🍀\n"), 0, 0, 0},
    {"bom only", B("\xEF\xBB\xBF"), ENCODING_UTF8, 3, false, B(""), 0, 0, 0},
    {"bom", B("\xEF\xBB\xBF\"a\",b\n"), ENCODING_UTF8, 3, false, B("\"a\",b\n"), 0, 0, 0},
    {"two boms",
     B("\xEF\xBB\xBF\xEF\xBB\xBF"
       "a\n"),
     ENCODING_UTF8, 6, false, B("a\n"), 0, 0, 0},
    {"bom read as cp1252",
     B("\xC3\xAF\xC2\xBB\xC2\xBF"
       "a\n"),
     ENCODING_UTF8, 6, false, B("a\n"), 0, 0, 0},
    {"cp1252", B("Namn\r\nCurt \xD6;\x80\r\n"), ENCODING_CP1252, 0, false,
     B("Namn\r\nCurt Ö;€\r\n"), 1, 0, 0},
    {"cp1252 behind a bom", B("\xEF\xBB\xBFn\n\xD6\n"), ENCODING_CP1252, 3, false, B("n\nÖ\n"), 1,
     0, 0},
    {"undefined bytes stay what they were", B("\x81\x8D\x8F\x90\x9D"), ENCODING_CP1252, 0, false,
     B("\xC2\x81\xC2\x8D\xC2\x8F\xC2\x90\xC2\x9D"), 1, 0, 0},
    {"both in one file", B("city\n\xC3\x85sa,G\xC3\xB6teborg\nBj\xF6rn,Malm\xF6\nÅ\n"),
     ENCODING_CP1252, 0, false, B("city\nÅsa,Göteborg\nBjörn,Malmö\nÅ\n"), 1, 0, 0},
    {"a line is one or the other", B("\xC3\x85,\xD6\n"), ENCODING_CP1252, 0, false, B("Ã…,Ö\n"), 1,
     0, 0},
    {"last line without an end", B("n\n\xD6sten"), ENCODING_CP1252, 0, false, B("n\nÖsten"), 1, 0,
     0},
    {"ends inside a character", B("n\nAsa \xC3"), ENCODING_UTF8, 0, false, B("n\nAsa Ã"), 1, 0, 0},
    {"smart quotes",
     B("n\n\x93O\x92"
       "Brien\x94,7946\x96"
       "0018\n"),
     ENCODING_CP1252, 0, false, B("n\n“O’Brien”,7946–0018\n"), 1, 0, 0},
    {"overlong and surrogate forms", B("\xC0\xAF\n\xED\xA0\x80\n"), ENCODING_CP1252, 0, false,
     B("À¯\ní\xC2\xA0€\n"), 2, 0, 0},
    {"cr only", B("name,email\rAda,a@x.com\r"), ENCODING_UTF8, 0, true,
     B("name,email\nAda,a@x.com\n"), 0, 0, 0},
    {"cr only, lf in a cell", B("a,b\r\"x\ny\",\"z\r\nw\"\r"), ENCODING_UTF8, 0, true,
     B("a,b\n\"x\ny\",\"z\nw\"\n"), 0, 0, 0},
    {"cr only, stray quote", B("6\",b\r1,2\r"), ENCODING_UTF8, 0, true, B("6\",b\n1,2\n"), 0, 0, 0},
    {"cr only, utf-8", B("Å\rÖ\r"), ENCODING_UTF8, 0, true, B("Å\nÖ\n"), 0, 0, 0},
    {"cr in a cell of an lf file", B("a,b\n\"x\ry\",2\n"), ENCODING_UTF8, 0, false,
     B("a,b\n\"x\ry\",2\n"), 0, 0, 0},
    {"mixed line ends", B("a\r\nb\nc\r\n"), ENCODING_UTF8, 0, false, B("a\r\nb\nc\r\n"), 0, 0, 0},
    {"mac roman", B("Etunimi;S\x8Ahk\x9Aposti\r\x80ij\x8A;Yli-\x85hman\rAino;\x81\r"),
     ENCODING_MACROMAN, 0, true, B("Etunimi;Sähköposti\nÄijä;Yli-Öhman\nAino;Å\n"), 3, 0, 0},
    {"mac roman of danish, german, french", B("\xBFrn\rGro\xA7\rRen\x8E\rZo\x91\r"),
     ENCODING_MACROMAN, 0, true, B("ørn\nGroß\nRené\nZoë\n"), 4, 0, 0},
    {"cr only but cp1252",
     B("Namn\rG\xF6ran\rZo\xEB\rO\x92"
       "Brien\r"),
     ENCODING_CP1252, 0, true, B("Namn\nGöran\nZoë\nO’Brien\n"), 3, 0, 0},
    {"mac roman, lf", B("S\x8Ahk\x9Aposti\nYritys p\x8A\x8All\x8A\n"), ENCODING_MACROMAN, 0, false,
     B("Sähköposti\nYritys päällä\n"), 2, 0, 0},
    {"one letter says nothing", B("S\x8Ahk\x9Aposti\n"), ENCODING_CP1252, 0, false,
     B("SŠhkšposti\n"), 1, 0, 0},
    {"nul bytes", B("name\nA\0da\n\0"), ENCODING_UTF8, 0, false, B("name\nAda\n"), 0, 2, 0},
    {"nul bytes beside cp1252", B("name,phone,mail\n\xD6\0b,1,2\nc\0,,\n"), ENCODING_CP1252, 0,
     false, B("name,phone,mail\nÖb,1,2\nc,,\n"), 1, 2, 0},
    {"ctrl-z", B("a\n1\n\x1A"), ENCODING_UTF8, 0, false, B("a\n1\n"), 0, 0, 0},
    {"ctrl-z alone", B("\x1A"), ENCODING_UTF8, 0, false, B(""), 0, 0, 0},
    {"ctrl-z before the end", B("a\x1A\n"), ENCODING_UTF8, 0, false, B("a\x1A\n"), 0, 0, 0},
    {"ctrl-z behind a cr", B("a\r\x1A"), ENCODING_UTF8, 0, true, B("a\n"), 0, 0, 0},
    {"ctrl-z behind cp1252", B("\xD6\x1A"), ENCODING_CP1252, 0, false, B("Ö"), 1, 0, 0},
    {"utf-16le", B("\xFF\xFEN\0\xD6\0\t\0\x3D\xD8\x40\xDF\r\0\n\0"), ENCODING_UTF16LE, 2, false,
     B("NÖ\t\xF0\x9F\x9D\x80\r\n"), 0, 0, 0},
    {"utf-16be", B("\xFE\xFF\0n\0,\0\xC5\0\r\0\n"), ENCODING_UTF16BE, 2, false, B("n,Å\r\n"), 0, 0,
     0},
    {"utf-16le, no bom", B("n\0,\0b\0\n\0\xC5\0"), ENCODING_UTF16LE, 0, false, B("n,b\nÅ"), 0, 0,
     0},
    {"utf-16be, no bom", B("\0n\0,\0b\0\n\x04\x16"), ENCODING_UTF16BE, 0, false, B("n,b\nЖ"), 0, 0,
     0},
    {"utf-16le, two boms", B("\xFF\xFE\xFF\xFEn\0"), ENCODING_UTF16LE, 4, false, B("n"), 0, 0, 0},
    {"utf-16le, cr only",
     B("\xFF\xFE"
       "a\0\r\0b\0\r\0"),
     ENCODING_UTF16LE, 2, true, B("a\nb\n"), 0, 0, 0},
    {"utf-16le, ctrl-z",
     B("\xFF\xFE"
       "a\0\n\0\x1A\0"),
     ENCODING_UTF16LE, 2, false, B("a\n"), 0, 0, 0},
    {"utf-16le, ctrl-z before the end",
     B("\xFF\xFE"
       "a\0\x1A\0"
       "b\0"),
     ENCODING_UTF16LE, 2, false,
     B("a\x1A"
       "b"),
     0, 0, 0},
    {"utf-16le, nul",
     B("\xFF\xFE"
       "a\0\0\0b\0"),
     ENCODING_UTF16LE, 2, false, B("ab"), 0, 1, 0},
    {"utf-16le, halves of pairs",
     B("\xFF\xFE\x3D\xD8"
       "a\0\x40\xDF"
       "b\0\x3D\xD8"),
     ENCODING_UTF16LE, 2, false,
     B("\xEF\xBF\xBD"
       "a\xEF\xBF\xBD"
       "b\xEF\xBF\xBD"),
     0, 0, 3},
    {"utf-16le, half a unit",
     B("\xFF\xFE"
       "a\0b"),
     ENCODING_UTF16LE, 2, false, B("a\xEF\xBF\xBD"), 0, 0, 1},
    {"utf-16le, an lf appended",
     B("\xFF\xFE"
       "a\0\n"),
     ENCODING_UTF16LE, 2, false, B("a\n"), 0, 0, 0},
    {"utf-16le, noncharacters",
     B("\xFF\xFE"
       "a\0\xFE\xFF\xFF\xFF"),
     ENCODING_UTF16LE, 2, false, B("a\xEF\xBF\xBE\xEF\xBF\xBF"), 0, 0, 0},
};

static void files_become_utf8_in_any_pieces(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decoding decoding;
        struct err err = {0};
        bool ok = decode_guess(&decoding, cases[i].file, "leads.csv", &err);
        if (!ok) fail_msg("%s: %s", cases[i].name, err.text);
        if (decoding.encoding != cases[i].encoding) {
            fail_msg("%s: guessed %s", cases[i].name, encoding_name(decoding.encoding));
        }
        if (decoding.cr_only != cases[i].cr_only) fail_msg("%s: line ends", cases[i].name);
        assert_int_equal(decoding.bom_bytes, cases[i].bom_bytes);
        for (size_t step = 2; step <= 2 * cases[i].file.len + 3; step++) {
            size_t piece = step / 2;
            struct decoding now = decoding;
            struct buffer out = {0};
            decode_pieces(&now, cases[i].file, piece, step & 1, &out);
            if (!str_equal(buffer_str(&out), cases[i].want)) {
                print_error("%s in pieces of %zu\n", cases[i].name, piece);
            }
            assert_text(buffer_str(&out), cases[i].want);
            assert_int_equal(now.codepage_lines, cases[i].codepage_lines);
            assert_int_equal(now.nul_bytes, cases[i].nul_bytes);
            assert_int_equal(now.bad_sequences, cases[i].bad_sequences);
            buffer_release(&out);
        }
    }
}

static void other_files_are_named(void **state)
{
    (void)state;
    static const struct {
        str file;
        const char *what;
    } others[] = {
        {B("PK\3\4\24\0\6\0"), "an Excel workbook (.xlsx) or another ZIP archive"},
        {B("PK\5\6\0\0"), "an empty ZIP archive"},
        {B("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "an old Excel workbook (.xls)"},
        {B("%PDF-1.4\n"), "a PDF document"},
        {B("\x1F\x8B\x08\0"), "gzip data inside of the file"},
        {B("\x28\xB5\x2F\xFD\x24"), "zstd data inside of the file"},
        {B("BZh91AY&SY"), "bzip2 data"},
        {B("\xFD"
           "7zXZ\0"),
         "xz data"},
        {B("7z\xBC\xAF\x27\x1C\0"), "a 7-Zip archive"},
        {B("<html><table><tr><td>name</td></tr></table></html>"), "an HTML page"},
        {B("\xEF\xBB\xBF\r\n  <!DOCTYPE html>"), "an HTML page"},
        {B("<TABLE border=1>"), "an HTML page"},
        {B("\xFF\xFE<\0h\0t\0m\0l\0>\0"), "an HTML page"},
        {B("<?xml version=\"1.0\"?>"), "an XML document"},
        {B("[{\"email\":1}]"), "JSON"},
        {B("{\"data\":[]}"), "JSON"},
        {B("\xFF\xFE\0\0a\0\0\0"), "text in UTF-32"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct decoding decoding;
        struct err err = {0};
        char want[128];
        snprintf(want, sizeof want, "this is %s, not a CSV file", others[i].what);
        assert_false(decode_guess(&decoding, others[i].file, "leads.csv", &err));
        assert_int_equal(err.kind, ERR_DATA);
        assert_string_equal(err.file, "leads.csv");
        assert_string_equal(err.text, want);
        assert_true(err.hint[0]);
    }
}

// Lists that begin like one of those.
static void lists_are_not_taken_for_others(void **state)
{
    (void)state;
    static const str lists[] = {
        B("PK,name\n"),   B("<test lead: dummy data>,a\n"),
        B("7z,b\n"),      B("BZh,1,2,3,4,5\n"),
        B("PAR1,PAR2\n"), B("[name],email\n"),
        B("{id},b\n"),    B("<ht,b\n"),
        B("%PDF,b\n"),    B("\x1A"),
        B("P"),           B("\xEF\xBB"),
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct decoding decoding;
        assert_true(decode_guess(&decoding, lists[i], "leads.csv", NULL));
    }
}

// The window ends where it ends: a character cut there says nothing.
static void cut_window_is_still_utf8(void **state)
{
    (void)state;
    static const str text = B("name\nÅ€🍀");
    for (size_t len = 5; len <= text.len; len++) {
        struct decoding decoding;
        assert_true(decode_guess(&decoding, str_first(text, len), "x", NULL));
        assert_int_equal(decoding.encoding, ENCODING_UTF8);
    }
    struct decoding decoding;
    assert_true(decode_guess(&decoding, STR("name\n\xE2\x41"), "x", NULL));
    assert_int_equal(decoding.encoding, ENCODING_CP1252);
    assert_true(decode_guess(&decoding, STR("name\n\xBF"), "x", NULL));
    assert_int_equal(decoding.encoding, ENCODING_CP1252);
}

static size_t count_lines(str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) count += text.data[i] == '\n';
    return count;
}

// Lines around the length at which a line is decoded in pieces, with characters, a NUL, a CR LF and
// an invalid byte across that point. All at once and in pieces is the same.
static void long_lines_are_the_same_in_pieces(void **state)
{
    (void)state;
    static const str across[] = {B("\xC3\x85"), B("\xE2\x82\xAC"), B("\xF0\x9F\x8D\x80"), B("\xFF"),
                                 B("\r\n"),     B("\0"),           B("\x80\x80\x80\x80"), B("\n")};
    enum { LIMIT = 1 << 20 };
    struct buffer file = {0};
    for (size_t i = 0; i < sizeof across / sizeof *across; i++) {
        for (size_t shift = 0; shift < 6; shift++) {
            for (int kind = 0; kind < 4; kind++) {
                buffer_clear(&file);
                size_t before = LIMIT - 3 + shift - across[i].len;
                memset(buffer_room(&file, before), 'x', before);
                file.len += before;
                if (kind & 1) file.data[before / 2] = '\xF6';
                buffer_add(&file, across[i]);
                buffer_add(&file, STR("tail\xD6\n\xC3\x85\n"));
                struct decoding whole = {.cr_only = kind & 2}, pieces = whole;
                struct buffer at_once = {0}, in_pieces = {0};
                decode_pieces(&whole, buffer_str(&file), file.len, false, &at_once);
                decode_pieces(&pieces, buffer_str(&file), 300007, kind & 1, &in_pieces);
                assert_true(str_equal(buffer_str(&at_once), buffer_str(&in_pieces)));
                assert_int_equal(whole.codepage_lines, pieces.codepage_lines);
                assert_int_equal(whole.nul_bytes, pieces.nul_bytes);
                assert_true(utf8_is_valid(buffer_str(&at_once)));
                // Each CR in these files has its LF, so that neither way adds a line.
                assert_int_equal(count_lines(buffer_str(&at_once)), count_lines(buffer_str(&file)));
                buffer_release(&at_once);
                buffer_release(&in_pieces);
            }
        }
    }
    buffer_release(&file);
}

// A line of any length does not wait for its end.
static void endless_line_is_used_up(void **state)
{
    (void)state;
    enum { BYTES = 5 << 20 };
    char *line = malloc(BYTES);
    memset(line, 'x', BYTES);
    line[0] = '\xF6';
    struct decoding decoding = {.encoding = ENCODING_CP1252};
    struct buffer out = {0};
    size_t used = decode_append(&decoding, (str){line, BYTES}, false, &out);
    assert_true(BYTES - used <= 1 << 20);
    assert_int_equal(out.len, used + 1);
    free(line);
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_become_utf8_in_any_pieces),
        cmocka_unit_test(other_files_are_named),
        cmocka_unit_test(lists_are_not_taken_for_others),
        cmocka_unit_test(cut_window_is_still_utf8),
        cmocka_unit_test(long_lines_are_the_same_in_pieces),
        cmocka_unit_test(endless_line_is_used_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
