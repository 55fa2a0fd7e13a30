// Ids and stored digests depend on these very bits: they must never change.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "hash.h"

static void assert_hex(hash128 hash, const char *want)
{
    char hex[33] = {0};
    hash_hex(hash, hex);
    assert_string_equal(hex, want);
}

// Figures: xxhsum -H2 and -H3 of the reference implementation.
static void test_known_values(void **state)
{
    (void)state;
    assert_hex(hash_128(STR("")), "99aa06d3014798d86001c324468d497f");
    assert_hex(hash_128((str){0}), "99aa06d3014798d86001c324468d497f");
    assert_true(hash_64(STR("")) == 0x2d06800538d394c2);
    assert_true(hash_64((str){0}) == 0x2d06800538d394c2);
    assert_true(hash_64_seed(STR("a"), 0) == hash_64(STR("a")));
    assert_true(hash_64_seed(STR("a"), 1) != hash_64(STR("a")));
    assert_hex((hash128){0x0123456789abcdef, 0xfedcba9876543210},
               "fedcba98765432100123456789abcdef");
}

// In pieces of any size the digest is that of the whole.
static void test_stream(void **state)
{
    (void)state;
    static char text[5000];
    for (size_t i = 0; i < sizeof text; i++) text[i] = (char)(i * 31 % 251);
    for (size_t len = 0; len <= sizeof text; len += 1 + len / 3) {
        for (size_t piece = 1; piece < 600; piece = piece * 3 + 1) {
            struct hash_stream *stream = hash_stream_new();
            str rest = {text, len};
            while (rest.len) {
                hash_stream_add(stream, str_first(rest, piece));
                hash_stream_add(stream, (str){0});
                rest = str_from(rest, piece);
            }
            assert_true(hash128_equal(hash_stream_digest(stream), hash_128((str){text, len})));
            hash_stream_free(stream);
        }
    }
    hash_stream_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_values),
        cmocka_unit_test(test_stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
