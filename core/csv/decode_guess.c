// The encoding of a foreign file, from its first bytes; what is no text file is named.
#include "codepage_guess.h"
#include "core/base/utf8.h"
#include "decode.h"

// Enough to tell: NULs are looked for in this much.
enum { NUL_SAMPLE_BYTES = 64 << 10, START_CHARACTERS = 256 };

struct kind {
    const char *bytes;
    unsigned char at, len;
    const char *what, *hint;
};

#define SAVE_AS_CSV "open it in a spreadsheet and save it as CSV UTF-8"

// First bytes of files that are handed over as CSV and are none. From the formats' own
// specifications; none can begin a list that somebody would send.
static const struct kind kinds[] = {
    {"PK\3\4", 0, 4, "an Excel workbook (.xlsx) or another ZIP archive",
     SAVE_AS_CSV ", or unpack the archive"},
    {"PK\5\6", 0, 4, "an empty ZIP archive", "ask for the export again"},
    {"\xD0\xCF\x11\xE0", 0, 4, "an old Excel workbook (.xls)", SAVE_AS_CSV},
    {"%PDF-", 0, 5, "a PDF document", "ask for the list as CSV"},
    {"{\\rtf", 0, 5, "a rich text document", "save it as plain text"},
    {"\x1F\x8B\x08", 0, 3, "gzip data inside of the file", "unpack it first: gunzip"},
    {"\x28\xB5\x2F\xFD", 0, 4, "zstd data inside of the file", "unpack it first: unzstd"},
    {"1AY&SY", 4, 6, "bzip2 data", "unpack it first: bunzip2"},
    {"\xFD\x37zXZ", 0, 5, "xz data", "unpack it first: unxz"},
    {"7z\xBC\xAF\x27\x1C", 0, 6, "a 7-Zip archive", "unpack it first"},
    {"Rar!\x1A\x07", 0, 6, "a RAR archive", "unpack it first"},
    {"PAR1\x15", 0, 5, "a Parquet file", "write it as CSV first"},
    {"SQLite format 3", 0, 15, "a database file (SQLite)", "export its table as CSV"},
    {"\xFF\xFE\0\0", 0, 4, "text in UTF-32", "save it as UTF-8"},
    {"\0\0\xFE\xFF", 0, 4, "text in UTF-32", "save it as UTF-8"},
};

// First characters, whatever their case and encoding, behind blanks.
static const struct kind text_kinds[] = {
    {"<!doctype", 0, 9, "an HTML page", SAVE_AS_CSV},
    {"<html", 0, 5, "an HTML page", SAVE_AS_CSV},
    {"<head", 0, 5, "an HTML page", SAVE_AS_CSV},
    {"<meta", 0, 5, "an HTML page", SAVE_AS_CSV},
    {"<style", 0, 6, "an HTML page", SAVE_AS_CSV},
    {"<body", 0, 5, "an HTML page", SAVE_AS_CSV},
    {"<table", 0, 6, "an HTML page", SAVE_AS_CSV},
    {"<div", 0, 4, "an HTML page", SAVE_AS_CSV},
    {"<?xml", 0, 5, "an XML document", SAVE_AS_CSV},
    {"[{\"", 0, 3, "JSON", "export the list as CSV"},
    {"{\"", 0, 2, "JSON", "export the list as CSV"},
};

static bool refuse(const struct kind *kind, const char *name, struct err *err)
{
    err_set(err, ERR_DATA, name, 0, "this is %s, not a CSV file", kind->what);
    return err_hint(err, "%s", kind->hint);
}

static const struct kind *kind_of_bytes(str window)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        str want = {kinds[i].bytes, kinds[i].len};
        if (window.len > kinds[i].at && str_starts(str_from(window, kinds[i].at), want)) {
            return &kinds[i];
        }
    }
    return NULL;
}

static size_t unit_bytes(const struct decoding *decoding)
{
    return decoding->encoding == ENCODING_UTF16LE || decoding->encoding == ENCODING_UTF16BE ? 2 : 1;
}

// The i-th byte, or UTF-16 unit, as a byte: '?' for a unit that is no ASCII.
static char unit_at(const struct decoding *decoding, str text, size_t i)
{
    if (unit_bytes(decoding) == 1) return text.data[i];
    bool is_little = decoding->encoding == ENCODING_UTF16LE;
    char low = text.data[2 * i + !is_little], high = text.data[2 * i + is_little];
    return high || (low & 0x80) ? '?' : low;
}

static const struct kind *kind_of_text(const struct decoding *decoding, str text)
{
    char start[START_CHARACTERS];
    size_t count = text.len / unit_bytes(decoding);
    if (count > START_CHARACTERS) count = START_CHARACTERS;
    for (size_t i = 0; i < count; i++) start[i] = unit_at(decoding, text, i);
    str trimmed = str_trim((str){start, count});
    for (size_t i = 0; i < sizeof text_kinds / sizeof *text_kinds; i++) {
        str want = {text_kinds[i].bytes, text_kinds[i].len};
        if (str_equal_nocase(str_first(trimmed, want.len), want)) return &text_kinds[i];
    }
    return NULL;
}

// Bytes of the BOMs at the start, and the encoding they name. Tools that add one without looking
// make two of them, and a BOM that was read as Windows-1252 and saved as UTF-8 has six bytes.
static size_t bom_bytes(str window, enum encoding *encoding)
{
    static const struct {
        str bytes;
        enum encoding encoding;
    } boms[] = {
        {{"\xEF\xBB\xBF", 3}, ENCODING_UTF8},
        {{"\xC3\xAF\xC2\xBB\xC2\xBF", 6}, ENCODING_UTF8},
        {{"\xFF\xFE", 2}, ENCODING_UTF16LE},
        {{"\xFE\xFF", 2}, ENCODING_UTF16BE},
    };
    size_t bytes = 0;
    for (size_t i = 0; i < sizeof boms / sizeof *boms; i++) {
        if (bytes && boms[i].encoding != *encoding) break;
        for (; str_starts(str_from(window, bytes), boms[i].bytes); bytes += boms[i].bytes.len) {
            *encoding = boms[i].encoding;
        }
    }
    return bytes;
}

// UTF-16 without a BOM: every second byte of what is ASCII in it is NUL, and lists have delimiters,
// digits and addresses even where the names are in another script.
static bool is_bare_utf16(str window, enum encoding *encoding)
{
    size_t pairs = (window.len < NUL_SAMPLE_BYTES ? window.len : NUL_SAMPLE_BYTES) / 2;
    size_t even = 0, odd = 0;
    for (size_t i = 0; i < pairs; i++) {
        even += window.data[2 * i] == '\0';
        odd += window.data[2 * i + 1] == '\0';
    }
    size_t more = even > odd ? even : odd, less = even > odd ? odd : even;
    if (pairs == 0 || more * 4 < pairs || less * 8 > more) return false;
    *encoding = odd > even ? ENCODING_UTF16LE : ENCODING_UTF16BE;
    return true;
}

// Whether lone CRs end the lines: there are some outside quotes, and no LF is. Spreadsheets on the
// Mac write LF for a line break in a cell and CR behind the record.
static bool has_cr_lines(const struct decoding *decoding, str text)
{
    bool is_inside = false, has_cr = false, has_lf = false, has_cr_inside = false;
    size_t count = text.len / unit_bytes(decoding);
    for (size_t i = 0; i < count; i++) {
        char c = unit_at(decoding, text, i);
        if (c == '"') is_inside = !is_inside;
        if (c == '\n' && !is_inside) return false;
        has_lf = has_lf || c == '\n';
        if (c != '\r') continue;
        if (i + 1 < count && unit_at(decoding, text, i + 1) == '\n') continue;
        has_cr = has_cr || !is_inside;
        has_cr_inside = has_cr_inside || is_inside;
    }
    // A stray quote can hide line ends; without any LF there is no other kind.
    return has_cr || (has_cr_inside && !has_lf);
}

// The window may end inside a character.
static bool is_utf8(str text)
{
    size_t valid = utf8_valid_len(text);
    if (valid == text.len) return true;
    str rest = str_from(text, valid);
    unsigned char lead = (unsigned char)rest.data[0];
    size_t need = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (lead > 0xF4 || rest.len >= need) return false;
    for (size_t i = 1; i < rest.len; i++) {
        if ((rest.data[i] & 0xC0) != 0x80) return false;
    }
    return true;
}

bool decode_guess(struct decoding *decoding, str window, const char *name, struct err *err)
{
    *decoding = (struct decoding){.encoding = ENCODING_UTF8};
    if (window.len == 0) return true;
    const struct kind *kind = kind_of_bytes(window);
    if (kind) return refuse(kind, name, err);
    decoding->bom_bytes = bom_bytes(window, &decoding->encoding);
    str text = str_from(window, decoding->bom_bytes);
    if (decoding->bom_bytes == 0) (void)is_bare_utf16(text, &decoding->encoding);
    kind = kind_of_text(decoding, text);
    if (kind) return refuse(kind, name, err);
    decoding->cr_only = has_cr_lines(decoding, text);
    if (decoding->encoding == ENCODING_UTF8 && !is_utf8(text)) {
        decoding->encoding = codepage_guess(text, decoding->cr_only ? '\r' : '\n');
    }
    return true;
}
