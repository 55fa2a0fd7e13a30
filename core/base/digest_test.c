// Figures: md5sum, sha1sum and sha256sum of GNU coreutils.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "digest.h"

static const struct {
    const char *text, *digests[DIGEST_KINDS];
} known[] = {
    {"",
     {"d41d8cd98f00b204e9800998ecf8427e", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}},
    {"jane@doe-example.fi",
     {"dfd1d10a83c5c56d3d4a739db9307677", "8c89413f8c789a215ae11222cdb34ada83f28898",
      "98e5e5d319c0ad68526f97b530ebc5c70f96b3ae398c0cbdde393e93f727220d"}},
};

static void test_made_and_read(void **state)
{
    (void)state;
    struct digester *digester = digester_new();
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        for (enum digest_kind kind = 0; kind < DIGEST_KINDS; kind++) {
            enum digest_kind read_kind;
            hash128 read, made;
            assert_true(digest_read(str_of(known[i].digests[kind]), &read_kind, &read));
            assert_int_equal(read_kind, kind);
            assert_true(digester_first_bits(digester, kind, str_of(known[i].text), &made));
            assert_true(hash128_equal(read, made));
            assert_int_equal(digest_is_of_nothing(kind, made), i == 0);
        }
    }
    digester_free(digester);
    digester_free(NULL);
}

// Figures: openssl dgst -binary | base64 of the same text.
static void test_base64(void **state)
{
    (void)state;
    static const char *const written[DIGEST_KINDS][2] = {
        {"39HRCoPFxW09SnOduTB2dw==", "39HRCoPFxW09SnOduTB2dw=="},
        {"jIlBP4x4miFa4RIizbNK2oPyiJg=", "jIlBP4x4miFa4RIizbNK2oPyiJg="},
        {"mOXl0xnArWhSb5e1MOvFxw+Ws645jAy93jk+k/cnIg0=",
         "mOXl0xnArWhSb5e1MOvFxw-Ws645jAy93jk-k_cnIg0="}};
    for (enum digest_kind kind = 0; kind < DIGEST_KINDS; kind++) {
        enum digest_kind read_kind;
        hash128 read, want;
        assert_true(digest_read(str_of(known[1].digests[kind]), &read_kind, &want));
        for (size_t i = 0; i < 2; i++) {
            str text = str_of(written[kind][i]);
            assert_true(digest_read(text, &read_kind, &read));
            assert_int_equal(read_kind, kind);
            assert_true(hash128_equal(read, want));
            assert_false(digest_read(str_from(text, 1), &read_kind, &read));
            assert_false(digest_read(str_first(text, text.len - 1), &read_kind, &read));
        }
    }
    enum digest_kind kind;
    hash128 bits;
    assert_false(digest_read(STR("="), &kind, &bits));
    assert_false(digest_read(STR("========================"), &kind, &bits));
    assert_false(digest_read(STR("AAAAAAAAAAAAAAAAAAAAA.=="), &kind, &bits));
    assert_false(digest_read(STR("AAAAAAAAAAAAAAAAAAAAAAA="), &kind, &bits));
    assert_true(digest_read(STR("AAAAAAAAAAAAAAAAAAAAAA=="), &kind, &bits));
    assert_true(bits.low == 0 && bits.high == 0);
}

static void test_every_digit(void **state)
{
    (void)state;
    enum digest_kind kind;
    hash128 bits;
    assert_true(digest_read(STR("0123456789abcdefFEDCBA9876543210"), &kind, &bits));
    assert_int_equal(kind, DIGEST_MD5);
    assert_true(bits.low == 0x0123456789abcdefu && bits.high == 0xfedcba9876543210u);
}

static void test_no_digest(void **state)
{
    (void)state;
    static const int lengths[] = {32, 40, 64};
    char text[64];
    enum digest_kind kind;
    hash128 bits;
    for (int i = 0; i < 3; i++) {
        str whole = {text, (size_t)lengths[i]};
        memset(text, 'a', sizeof text);
        assert_true(digest_read(whole, &kind, &bits));
        assert_false(digest_read(str_first(whole, whole.len - 1), &kind, &bits));
        for (int at = 0; at < lengths[i]; at++) {
            for (int byte = 0; byte < 256; byte++) {
                bool is_digit = byte && strchr("0123456789abcdefABCDEF", byte);
                text[at] = (char)byte;
                assert_int_equal(digest_read(whole, &kind, &bits), is_digit);
            }
            text[at] = 'a';
        }
    }
    assert_false(digest_read(STR(""), &kind, &bits));
    assert_false(digest_read((str){0}, &kind, &bits));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_made_and_read),
        cmocka_unit_test(test_base64),
        cmocka_unit_test(test_every_digit),
        cmocka_unit_test(test_no_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
