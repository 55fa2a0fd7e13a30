// Any bytes: the text is valid UTF-8 without NULs, the same in pieces of any size, and decoding it
// again changes nothing.
#include <stdlib.h>

#include "core/base/utf8.h"
#include "decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

static void decode_pieces(struct decoding *decoding, str file, size_t piece, bool is_told_later,
                          struct buffer *out)
{
    struct buffer held = {0};
    bool is_last;
    do {
        buffer_add(&held, str_first(file, piece));
        is_last = file.len == 0 || (file.len <= piece && !is_told_later);
        file = str_from(file, piece);
        char *exact = malloc(held.len ? held.len : 1);
        must(exact);
        if (held.len) memcpy(exact, held.data, held.len);
        size_t used = decode_append(decoding, (str){exact, held.len}, is_last, out);
        free(exact);
        must(used <= held.len && (!is_last || used == held.len));
        if (used) memmove(held.data, held.data + used, held.len - used);
        held.len -= used;
    } while (!is_last);
    buffer_release(&held);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) return 0;
    size_t piece = 1 + data[0] % 64;
    bool forced = data[1] & 0x80;
    str file = {(const char *)data + 2, size - 2};
    struct decoding decoding;
    if (forced) {
        decoding = (struct decoding){.encoding = data[1] % 5, .cr_only = data[1] & 0x40};
    } else if (!decode_guess(&decoding, file, "fuzz", NULL)) {
        return 0;
    }
    file = str_from(file, decoding.bom_bytes);
    struct decoding whole = decoding, pieces = decoding, again = {.encoding = ENCODING_UTF8};
    struct buffer text = {0}, same = {0}, copy = {0};
    must(decode_append(&whole, file, true, &text) == file.len);
    decode_pieces(&pieces, file, piece, data[0] & 0x80, &same);
    must(str_equal(buffer_str(&text), buffer_str(&same)));
    must(whole.codepage_lines == pieces.codepage_lines && whole.nul_bytes == pieces.nul_bytes &&
         whole.bad_sequences == pieces.bad_sequences);
    must(utf8_is_valid(buffer_str(&text)) && str_find(buffer_str(&text), '\0') < 0);
    buffer_add_byte(&text, '.'); // so that no Ctrl-Z comes last
    decode_pieces(&again, buffer_str(&text), piece, data[0] & 0x80, &copy);
    must(str_equal(buffer_str(&text), buffer_str(&copy)));
    must(again.codepage_lines == 0 && again.nul_bytes == 0);
    buffer_release(&text);
    buffer_release(&same);
    buffer_release(&copy);
    return 0;
}
