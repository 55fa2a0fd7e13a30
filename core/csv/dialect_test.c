// Goal: the delimiter that a person would name is found, in lists as exports and spreadsheets make
// them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "core/base/buffer.h"
#include "dialect.h"

#define B(literal)                                                                                 \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static const struct {
    const char *name;
    str text;
    char delimiter;
    bool backslash_escape;
} cases[] = {
    {"empty", B(""), ',', false},
    {"header only", B("name;email\n"), ';', false},
    {"one column", B("a@example.com\nb@example.com\n"), ',', false},
    {"one column and one line with a semicolon",
     B("a@x.se\nb@x.se\nc@x.se\nd@x.se\ne@x.se\nf@x.se\ng@x.se\nh@x.se\ni@x.se\nj@x.se\nk@x.se\n"
       "l@x.se\nm@x.se\nn@x.se\no@x.se\np@x.se\nq@x.se\nr@x.se\ns@x.se\nt@x.se\nu@x.se;v@x.se\n"
       "w@x.se\nx@x.se\ny@x.se\nz@x.se\n1@x.se\n2@x.se\n3@x.se\n4@x.se\n5@x.se\n6@x.se\n7@x.se\n"
       "8@x.se\n9@x.se\n10@x.se\n11@x.se\n12@x.se\n13@x.se\n14@x.se\n15@x.se\n16@x.se\n17@x.se\n"),
     ',', false},
    {"comma", B("name,email\nAda,ada@x.com\n"), ',', false},
    {"semicolon", B("Namn;E-post\r\nBritt;b@x.se\r\n"), ';', false},
    {"tab", B("Namn\tE-post\r\nBritt, B\tb@x.se\r\n"), '\t', false},
    {"pipe", B("name|email\nAda|ada@x.com\n"), '|', false},
    {"cr line ends", B("name;email\rAda;a,b@x.com\rBob;b,c@x.com\r"), ';', false},
    {"decimal commas", B("name;amount;note\nAda;1,50;\"a;b, c\"\nBob;2,75;\n"), ';', false},
    {"decimal commas everywhere", B("lat;lon\n60,17;24,94\n59,33;18,07\n55,68;12,57\n"), ';',
     false},
    {"decimal commas, no header", B("60,17;24,94\n59,33;18,07\n55,68;12,57\n"), ';', false},
    {"numbers split by commas", B("id,score,age\n1,2,3\n4,5,6\n"), ',', false},
    {"last, first", B("Nimi;Sposti\nVirtanen, Aino;a@x.fi\nBerg, Britt;b@x.se\n"), ';', false},
    {"last, first, no header", B("Virtanen, Aino;a@x.fi\nBerg, Britt;b@x.se\n"), ';', false},
    {"addresses with commas",
     B("name;address\nAda;Main St 1, 00100 Helsinki, Uusimaa, Finland\nBob;Low Rd 2, 11122 "
       "Stockholm, Svealand, Sweden\n"),
     ';', false},
    {"addresses with commas, no header",
     B("Ada;Main St 1, 00100 Helsinki, Uusimaa, Finland\nBob;Low Rd 2, 11122 Stockholm, Svealand, "
       "Sweden\n"),
     ';', false},
    {"a comma in each row, below a title",
     B("Export\nCity,land;Name;Phone\nBerlin,DE;Ada;1\nOslo,NO;Bob;2\n"), ';', false},
    {"tags inside a comma file", B("name,tags\nAda,a;b;c;d\nBob,e;f;g;h\nCyd,i;j;k;l\n"), ',',
     false},
    {"choices inside a comma file", B("name,choice\nAda,x|y|z|w|v\nBob,x|y|z|w|v\n"), ',', false},
    {"commas and blanks", B("name, email, tags\nAda, a@x.com, v;w\nBob, b@x.com, v;w\n"), ',',
     false},
    {"times with commas in a tab file",
     B("Full Name\tUser Action\tTimestamp\nVirtanen, Aino\tJoined before\t31/03/2026, 4:00:00 PM\n"
       "Virtanen, Aino\tLeft\t31/03/2026, 4:30:00 PM\n"),
     '\t', false},
    {"quoted delimiters", B("\"a;b;c\",\"d;e;f\"\n\"g;h;i\",\"j;k;l\"\n"), ',', false},
    {"quoted line ends", B("a,note\n1,\"x;y\n;;;;;;;\n;;;;;;;\n\"\n2,\"z\"\n"), ',', false},
    {"header in another dialect", B("name|email|phone\nAda;a@x.com;1\nBob;b@x.com;2\n"), ';',
     false},
    {"notes before the table",
     B("Notes:\n\"When exporting, some of it; for example, this; may be missing. See more, here\"\n"
       "\nFirst Name,Last Name,URL,Email Address\nPriya,S,https://x,p@x.in\n"),
     ',', false},
    {"sections of several widths",
     B("1. Summary\nMeeting title\tCloud, Cost\nStart time\t3/3/26, 4:00:05 PM\nEnd time\t3/3/26, "
       "5:02:11 PM\n\n2. Participants\nName\tFirst Join\tLast Leave\tEmail\nÅ, B\t3/3/26, 4:00\t"
       "3/3/26, 5:02\tb@x.se\nSofia (Guest)\t3/3/26, 4:10\t3/3/26, 4:50\ts@x.com\n\n3. Activities\n"
       "Name\tRole\nÅ, B\tOrganizer\n"),
     '\t', false},
    {"rows padded with delimiters", B("Buyers;;;;\nTower 10, B;;;;\na;b;c;d;e\n1;2,5;3;;\n;;;;\n"),
     ';', false},
    {"footer", B("a;b;c\n1;2;3\n4;5;6\n\nGrand Totals, all (2 records), see below, please\n"), ';',
     false},
    {"ragged rows",
     B("Name,Email\nKalla,k@x.com\n\nLisa,l@x.com,EXTRA,CELLS\nMona\n,\nN,n@x.com\n"), ',', false},
    {"stray quotes", B("name;height\nAda;6'2\" tall\n\"Bob\" Smith;\"x\"y\n"), ';', false},
    {"unclosed quote", B("name;email;note\nAda;a@x.com;\"never closed\nBob;b@x.com;ok\n"), ';',
     false},
    {"backslash escapes", B("name,note,email\nAda,\"said \\\"hi\\\", left\",a@x.com\n"), ',', true},
    {"backslash escapes before delimiters", B("a,b\n\"x \\\", y\",2\n\"z \\\", w\",3\n"), ',',
     true},
    {"path at the end of a field", B("a,dir,b\n1,\"C:\\dir\\\",\"x\"\n2,\"D:\\\",\"y\"\n"), ',',
     false},
    {"backslash outside quotes", B("a,b\n5\\\" pipe,2\n"), ',', false},
};

static void delimiter_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dialect got = dialect_guess(cases[i].text);
        if (got.delimiter != cases[i].delimiter) {
            fail_msg("%s: '%c'", cases[i].name, got.delimiter);
        }
        if (got.backslash_escape != cases[i].backslash_escape) {
            fail_msg("%s: backslash", cases[i].name);
        }
        assert_false(got.had_sep_line);
        assert_int_equal(got.body, 0);
    }
}

static void sep_line_names_the_delimiter(void **state)
{
    (void)state;
    static const struct {
        str text;
        char delimiter;
        bool had_sep_line;
        size_t body;
    } lines[] = {
        {B("sep=;\r\nNamn;E-post\r\n"), ';', true, 7},
        {B("sep=;\nNamn;E-post\n"), ';', true, 6},
        {B("sep=;\rNamn;E-post\r"), ';', true, 6},
        {B("\"sep=;\"\r\nNamn;E-post\r\n"), ';', true, 9},
        {B("SEP=,\na,b;c;d;e;f\n1,2;3;4;5;6\n"), ',', true, 6},
        {B("sep=\t\na\tb\n"), '\t', true, 6},
        {B("sep=\\t\na\tb\n"), '\t', true, 7},
        {B("sep=^\na^b\n"), '^', true, 6},
        {B("sep=;  \na;b\n"), ';', true, 8},
        {B("sep=;"), ';', true, 5},
        {B("sep=;\n"), ';', true, 6},
        {B("sep=;\nonly\n"), ';', true, 6},
        // What it says is not so any more.
        {B("sep=;\na,b\n1,2\n"), ',', true, 6},
        // No such line.
        {B("sep=\na;b\n"), ';', false, 0},
        {B("sep=ab\na;b\n"), ';', false, 0},
        {B("sep=x\na;b\n"), ';', false, 0},
        {B("separator=;\na,b\n1,2\n"), ',', false, 0},
        {B("name,b\nsep=;\n1,2\n3,4\n"), ',', false, 0},
        {B("sep"), ',', false, 0},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct dialect got = dialect_guess(lines[i].text);
        if (got.delimiter != lines[i].delimiter || got.body != lines[i].body ||
            got.had_sep_line != lines[i].had_sep_line) {
            fail_msg("%.*s: '%c' %zu", STR_ARG(lines[i].text), got.delimiter, got.body);
        }
    }
}

// A table with commas, semicolons, bars and digits in its cells, written in every dialect.
static void every_dialect_is_found_again(void **state)
{
    (void)state;
    static const char delimiters[] = {',', ';', '\t', '|'};
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    struct buffer text = {0};
    for (int columns = 2; columns < 12; columns++) {
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 3; j++) {
                buffer_clear(&text);
                for (int row = 0; row < 30; row++) {
                    for (int column = 0; column < columns; column++) {
                        if (column) buffer_add_byte(&text, delimiters[i]);
                        if (row == 0) {
                            buffer_format(&text, "column %d", column);
                        } else if (column == 0) {
                            buffer_format(&text, "\"%d,5; x | y\t%d\"", row, row * row);
                        } else {
                            buffer_format(&text, "%d", row * column);
                        }
                    }
                    buffer_add(&text, str_of(ends[j]));
                }
                struct dialect got = dialect_guess(buffer_str(&text));
                assert_int_equal(got.delimiter, delimiters[i]);
                assert_false(got.backslash_escape);
            }
        }
    }
    buffer_release(&text);
}

// Longer than what is looked at, cut in the middle of a row.
static void long_window_is_sampled(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_add(&text, STR("name;amount\n"));
    while (text.len < 3000000)
        buffer_format(&text, "name %zu, mr;%zu,%02zu\n", text.len, text.len, text.len % 100);
    assert_int_equal(dialect_guess(buffer_str(&text)).delimiter, ';');
    // One line of ten thousand columns, longer than the sample.
    buffer_clear(&text);
    for (int i = 0; i < 10000; i++) buffer_format(&text, "a rather long name of column %d|", i);
    assert_int_equal(dialect_guess(buffer_str(&text)).delimiter, '|');
    // A row that is only seen in part has no say.
    buffer_clear(&text);
    buffer_add(&text, STR("name|notes\n"));
    for (int i = 0; i < 200000; i++) buffer_add(&text, STR("a;"));
    buffer_add(&text, STR("|b\n"));
    assert_int_equal(dialect_guess(buffer_str(&text)).delimiter, '|');
    buffer_release(&text);
}

// Noise of the bytes that matter, in exact-size memory: nothing out of bounds, and an answer.
static void noise_gets_an_answer(void **state)
{
    (void)state;
    static const char alphabet[] = "\",;\t|\n\r\\a1 sep=";
    uint32_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        seed = seed * 1664525u + 1013904223u;
        size_t len = seed >> 16 & 63;
        char *noise = malloc(len + 1);
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1664525u + 1013904223u;
            noise[i] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        char *exact = malloc(len ? len : 1);
        memcpy(exact, noise, len);
        struct dialect got = dialect_guess((str){exact, len});
        assert_true(got.body <= len);
        assert_true(got.had_sep_line || strchr(",;\t|", got.delimiter));
        free(exact);
        free(noise);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(delimiter_is_found),
        cmocka_unit_test(sep_line_names_the_delimiter),
        cmocka_unit_test(every_dialect_is_found_again),
        cmocka_unit_test(long_window_is_sampled),
        cmocka_unit_test(noise_gets_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
