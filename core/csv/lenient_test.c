// Foreign CSV of every kind gives the records a careful reader would see, and the same ones in
// blocks of every size.
#include "lenient_test.h"

static void check_cut(str text, struct lenient lenient, size_t block_bytes, const char *want)
{
    struct run run = {.lenient = lenient, .block_bytes = block_bytes};
    run_all(&run, text);
    buffer_add_byte(&run.out, '\0');
    assert_string_equal(run.out.data, want);
    buffer_release(&run.out);
}

static const struct {
    const char *name, *text;
    uint32_t columns;
    const char *want;
} cases[] = {
    {"empty", "", 2, ""},
    {"plain", "a,b\nc,d\n", 2, "1:[a][b]\n2:[c][d]\n"},
    {"crlf", "a,b\r\n\"c\",\"d\"\r\n", 2, "1:[a][b]\n2:[c][d]\n"},
    {"no last line end", "a,b\nc,d", 2, "1:[a][b]\n2:[c][d]\n"},
    {"no last line end, CR", "a,b\r\nc,\"d\"\r", 2, "1:[a][b]\n2:[c][d]\n"},
    {"empty fields", ",b\na,\n\"\",\"\"\n", 2, "1:[][b]\n2:[a][]\n3:[][]\n"},
    {"quoted", "\"a,1\",\"b\"\"2\"\n\"c\nd\",e\nf,g\n", 2,
     "1:[a,1][b\"2]\n2:[c\\nd][e]\n4:[f][g]\n"},
    {"crlf inside quotes", "\"c\r\nd\",e\r\nf,g\r\n", 2, "1:[c\\r\\nd][e]\n3:[f][g]\n"},
    {"lone CR is text", "a\rb,c\nd,e\n", 2, "1:[a\\rb][c]\n2:[d][e]\n"},
    {"lone CR behind a quote", "\"a\"\rb\",c\nd,e\n", 2, "1:[a\"\\rb][c]\n2:[d][e]\n"},

    {"lone CR behind the last quote", "\"a\"\rb,c\nd,e\n", 2, "1:[\"a\"\\rb][c]\n2:[d][e]\n"},

    {"blank lines", "a,b\n\n  \n,\n\t, \nc,d\n\n", 2, "1:[a][b]\n6:[c][d]\n"},
    {"only blank lines", "\n\r\n,,,\n", 2, ""},
    {"blank in one column", "a\n\nb\n", 1, "1:[a]\n3:[b]\n"},
    {"quoted empties are a record", "\"\",\n", 2, "1:[][]\n"},
    {"blanks are kept", " a , b\n", 2, "1:[ a ][ b]\n"},

    {"short", "a\nb,c,d\n", 3, "1:[a][][]\n2:[b][c][d]\n"},
    {"short, quoted", "\"a,\"\"1\",b\n", 4, "1:[a,\"1][b][][]\n"},
    {"short, crlf", "a,b\r\nc,d,e\r\n", 3, "1:[a][b][]\n2:[c][d][e]\n"},
    {"short with line ends", "\"l1\nl2\",2\n3,4,5,6,7\n", 5,
     "1:[l1\\nl2][2][][][]\n3:[3][4][5][6][7]\n"},
    {"long but empty", "a,b,,\nc,d, ,\"\"\n", 2, "1:[a][b]\n2:[c][d]\n"},
    {"long", "a,b,c\nd,e\n", 2, "1:!1 a,b,c\n2:[d][e]\n"},
    {"long, crlf", "a,b,c\r\nd,e\r\n", 2, "1:!1 a,b,c\n2:[d][e]\n"},

    {"quote inside", "5\" pipe,b\nc,d\n", 2, "1:[5\" pipe][b]\n2:[c][d]\n"},
    {"quotes inside", "John \"JJ\" Doe,b\nc,d\n", 2, "1:[John \"JJ\" Doe][b]\n2:[c][d]\n"},
    // As location_coordinates of csv-spectrum (see reader_test.c), which strict reading refuses.
    {"coordinates", "tel,at\n209,37 36'37.8\"N 121 2'17.9\"W\n", 2,
     "1:[tel][at]\n2:[209][37 36'37.8\"N 121 2'17.9\"W]\n"},
    {"two inch marks", "5\",6\"\nc,d\n", 2, "1:[5\"][6\"]\n2:[c][d]\n"},
    {"quotes not doubled", "\"John \"JJ\" Doe\",b\nc,d\n", 2, "1:[John \"JJ\" Doe][b]\n2:[c][d]\n"},
    {"blank behind a quote", "\"a\" ,b\nc,d\n", 2, "1:[a][b]\n2:[c][d]\n"},
    {"blank before a quote", "a, \"b, c\"\nd,e\n", 2, "1:[a][b, c]\n2:[d][e]\n"},
    {"all blanks and quotes", "\"a\", \"b\", \"c\"\n1,2,3\n", 3, "1:[a][b][c]\n2:[1][2][3]\n"},
    {"quoted comma would be too few", "\"a\"b,c\",d\n1,2,3\n", 3,
     "1:[\"a\"b][c\"][d]\n2:[1][2][3]\n"},
    {"text behind, comma inside", "\"a\"b,c\",d\n1,2\n", 2, "1:[a\"b,c][d]\n2:[1][2]\n"},

    {"unclosed", "\"abc,1\nx,2\ny,3\n", 2, "1:[\"abc][1]\n2:[x][2]\n3:[y][3]\n"},
    {"unclosed, last field", "1,\"abc\nx,2\ny,3\n", 2, "1:[1][\"abc]\n2:[x][2]\n3:[y][3]\n"},
    {"unclosed, quoted next", "1,\"abc,3\n4,\"x\",6\n7,8,9\n", 3,
     "1:[1][\"abc][3]\n2:[4][x][6]\n3:[7][8][9]\n"},
    {"unclosed and short", "x,\"abc\n1,2,3,4,5\n6,7,\"q\",9,10\n", 5,
     "1:[x][\"abc][][][]\n2:[1][2][3][4][5]\n3:[6][7][q][9][10]\n"},
    {"closed later with a wrong count", "\"abc,1,2\nfoo,2,x\nbar\",3\n", 3,
     "1:[\"abc][1][2]\n2:[foo][2][x]\n3:[bar\"][3][]\n"},
    {"closed later with the right count", "\"abc,1,2\nfoo,2,x\nbar\",3,y\n", 3,
     "1:[abc,1,2\\nfoo,2,x\\nbar][3][y]\n"},
    {"wrong count, first line fits", "\"a,b,c\nd\",e\n", 3, "1:[\"a][b][c]\n2:[d\"][e][]\n"},
    {"wrong count, irregular", "\"a\nb \"x\" c\",d\n", 3, "1:[\"a][][]\n2:[b \"x\" c\"][d][]\n"},
    {"unclosed last record", "a,b\nc,\"d", 2, "1:[a][b]\n2:[c][\"d]\n"},
    {"lone quote last", "a,b\nc,\"", 2, "1:[a][b]\n2:[c][\"]\n"},
    {"records in doubled quotes", "\"\"a\"\",\"\"b c\"\"\n\"\"d\"\",\"\"e\"\"\n", 2,
     "1:[\"\"a\"\"][\"\"b c\"\"]\n2:[\"\"d\"\"][\"\"e\"\"]\n"},
    {"every record unclosed", "\"a,1\n\"b,2\n\"c,3\n", 2, "1:[\"a][1]\n2:[\"b][2]\n3:[\"c][3]\n"},
    {"line ends and undoubled quotes", "1,\"He said \"hi\" ok\nand left\",3\n4,5,6\n", 3,
     "1:[1][He said \"hi\" ok\\nand left][3]\n3:[4][5][6]\n"},
    {"first line would fit", "1,\"x \"y\" z, w\nand left\",3\n4,5,6\n", 3,
     "1:[1][x \"y\" z, w\\nand left][3]\n3:[4][5][6]\n"},
    {"odd quote, then good ones", "a\",b\n\"c\",\"d,\"\n\"e\nf\",g\nh,i\n", 2,
     "1:[a\"][b]\n2:[c][d,]\n3:[e\\nf][g]\n5:[h][i]\n"},
    {"only quotes", "\"\"\"\n\"\"\n\"\n", 1, "1:[\"\\n\"\\n]\n"},

    {"columns not known", "a,\"b\nc\"\n\nd,e,f\n", 0, "1:a,\"b\\nc\"\n4:d,e,f\n"},
    {"columns not known, unclosed", "a,\"b\nc\"x\nd\n", 0, "1:a,\"b\n2:c\"x\n3:d\n"},
};

static void nasty_cases(void **state)
{
    (void)state;
    static const size_t blocks[] = {1, 2, 3, 5, 7, 16, 64, 1000};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++) {
            struct lenient lenient = {.dialect = {.delimiter = ','}, .columns = cases[i].columns};
            check_cut(str_of(cases[i].text), lenient, blocks[k], cases[i].want);
        }
    }
}

static void other_dialects(void **state)
{
    (void)state;
    struct lenient tab = {.dialect = {.delimiter = '\t'}, .columns = 3};
    check_cut(STR("a\tb,c\td\n\t \t\n\"e\t\"\t \"f\"\t5\"\n"), tab, 4,
              "1:[a][b,c][d]\n3:[e\t][f][5\"]\n");
    struct lenient semicolon = {.dialect = {.delimiter = ';'}, .columns = 2};
    check_cut(STR("1,5;\"x;\"\"y\"\n5\";\"z\nq;r\n"), semicolon, 6,
              "1:[1,5][x;\"y]\n2:[5\"][\"z]\n3:[q][r]\n");
}

static void backslash_escapes(void **state)
{
    (void)state;
    struct lenient lenient = {.dialect = {.delimiter = ',', .backslash_escape = true},
                              .columns = 2};
    static const struct {
        const char *text, *want;
    } escapes[] = {
        {"\"a \\\"b\\\" c\",d\ne,f\n", "1:[a \"b\" c][d]\n2:[e][f]\n"},
        {"\"a\\\\\",\"d\"\ne,f\n", "1:[a\\][d]\n2:[e][f]\n"},
        {"\"C:\\dir\",d\n\"a\\\",b\",c\n", "1:[C:\\dir][d]\n2:[a\",b][c]\n"},
        {"a\\,b\n\"x\\\"\ny\",z\n", "1:[a\\][b]\n2:[x\"\\ny][z]\n"},
        {"\"a\\\"\"\"b\",c\n", "1:[a\"\"b][c]\n"},
        {"\"a \"\\\"b\\\"\" c\",d\n", "1:[a \"\"b\"\" c][d]\n"},
        {"\"unclosed\\\",b\nc,\"d\"\n", "1:[\"unclosed\\\"][b]\n2:[c][d]\n"},
    };
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        for (size_t block = 1; block < 20; block++) {
            check_cut(str_of(escapes[i].text), lenient, block, escapes[i].want);
        }
    }
    lenient.dialect.backslash_escape = false;
    check_cut(STR("\"a\\\",b\n"), lenient, 100, "1:[a\\][b]\n");
}

static void counters(void **state)
{
    (void)state;
    str text = STR("a,b\n\n,\n5\",x\ny\nz,1,,\n1,2,3\n\"q\n");
    for (size_t block = 1; block < 40; block++) {
        struct run run = {.lenient = {.dialect = {.delimiter = ','}, .columns = 2},
                          .block_bytes = block};
        run_all(&run, text);
        assert_int_equal(run.lenient.blank_lines, 2);
        assert_int_equal(run.lenient.irregular, 2);
        assert_int_equal(run.lenient.padded, 2);
        assert_int_equal(run.lenient.trimmed, 1);
        buffer_release(&run.out);
    }
}

static void too_long(void **state)
{
    (void)state;
    struct lenient lenient = {.dialect = {.delimiter = ','}, .columns = 2, .record_bytes_max = 10};
    static const struct {
        const char *text, *want;
    } longs[] = {
        {"a,12345678\nb,c\n", "1:[a][12345678]\n2:[b][c]\n"},
        {"a,123456789\nb,c\n", "1:!2 a,12345678\n1:!2 9\n2:[b][c]\n"},
        {"a,123456789\r\nb,c\n", "1:!2 a,12345678\n1:!2 9\n2:[b][c]\n"},
        {"aaaaaaaaaabbbbbbbbbbccccccccccddd\nb,c\n",
         "1:!2 aaaaaaaaaa\n1:!2 bbbbbbbbbb\n1:!2 cccccccccc\n1:!2 ddd\n2:[b][c]\n"},
        {"a,\"1234\n678\"\nb,c\n", "1:[a][\"1234]\n2:[678\"][]\n3:[b][c]\n"},
        {"              \nb,c", "1:!2           \n1:!2     \n2:[b][c]\n"},
        {"123456789,bb,\nx,y\n", "1:!2 123456789,\n1:!2 bb,\n2:[x][y]\n"},
        {"aaaaaaaaaaaa", "1:!2 aaaaaaaaaa\n1:!2 aa\n"},
    };
    for (size_t i = 0; i < sizeof longs / sizeof *longs; i++) {
        for (size_t block = 1; block < 40; block++) {
            check_cut(str_of(longs[i].text), lenient, block, longs[i].want);
        }
    }
}

static void single_records(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t used, count;
        const char *last;
    } singles[] = {
        {"a,b\nc", 4, 2, "b"},     {"a,b\r\nc", 5, 2, "b"},
        {"a", 1, 1, "a"},          {"\n", 1, 1, ""},
        {"a,\n", 3, 2, ""},        {"a,\"b\"\"c\nd\"\n", 11, 2, "b\"c\nd"},
        {"a, \"b\"\n", 7, 2, "b"}, {"a,\"b\nc,d\n", 5, 2, "\"b"},
        {"5\" x,y", 6, 2, "y"},    {"a,b\r", 4, 2, "b"},
    };
    struct dialect dialect = {.delimiter = ','};
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++) {
        struct arena arena = {0};
        str *fields;
        size_t count;
        size_t used = lenient_fields(&dialect, str_of(singles[i].text), &arena, &fields, &count);
        assert_int_equal(used, singles[i].used);
        assert_int_equal(count, singles[i].count);
        assert_true(str_equal(fields[count - 1], str_of(singles[i].last)));
        arena_release(&arena);
    }
    struct arena arena = {0};
    str *fields;
    size_t count = 1;
    assert_int_equal(lenient_fields(&dialect, (str){0}, &arena, &fields, &count), 0);
    assert_int_equal(count, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nasty_cases),       cmocka_unit_test(other_dialects),
        cmocka_unit_test(backslash_escapes), cmocka_unit_test(counters),
        cmocka_unit_test(too_long),          cmocka_unit_test(single_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
