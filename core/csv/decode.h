// From the bytes of a foreign file to UTF-8.
//
//     struct decoding decoding;
//     if (!decode_guess(&decoding, window, "leads.csv", &err)) ...
//     used = decode_append(&decoding, str_from(raw, decoding.bom_bytes), is_last, &text);
//
// Decided once, from the profile window (the first 16 MiB): BOM (a doubled one as well), UTF-16
// with and without BOM by its NUL bytes, strict UTF-8, else a code page line by line, because
// exports mix both: Windows-1252, unless the letters clearly say another (codepage_guess.h). What
// is not a text file (a ZIP, so an .xlsx; HTML saved as .xls; PDF) is named.
//
// Decoding in pieces gives the same text as decoding at once, whatever the pieces.
#ifndef CSV_DECODE_H
#define CSV_DECODE_H

#include "core/base/buffer.h"
#include "core/base/err.h"

enum encoding {
    ENCODING_UTF8,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_CP1252,   // some lines of the window are not UTF-8: those are read as Windows-1252
    ENCODING_MACROMAN, // and so on: as another code page
    ENCODING_CP1250,
    ENCODING_CP1251,
    ENCODING_CP1254,
    ENCODING_CP1257,
    ENCODING_CP850,
    ENCODING_COUNT
};

struct decoding {
    enum encoding encoding;
    size_t bom_bytes; // to skip at the start
    bool cr_only;     // line ends are lone CRs: they, and a CR LF, become LF
    // What was met, summed over decode_append calls:
    uint64_t codepage_lines; // lines that were not UTF-8 (in a file guessed to be UTF-8 as well)
    uint64_t nul_bytes;      // removed
    uint64_t bad_sequences;  // UTF-16 surrogates out of order and half units, became U+FFFD
};

// "UTF-8", "UTF-16LE", "UTF-16BE", "Windows-1252", "Mac Roman", "Windows-1250" ..., "IBM 850".
const char *encoding_name(enum encoding encoding);

// Decides from the start of the input, fills *decoding. False with err (ERR_DATA) when it is not a
// text file: says what it is and what to do. Costs one look at each byte of the window (16 MiB of
// ASCII: 2 ms). An empty window is UTF-8.
bool decode_guess(struct decoding *decoding, str window, const char *name, struct err *err);

// Appends the UTF-8 of raw bytes to out. `raw` is a piece of the input without its BOM; is_last
// says that nothing follows. Returns how many bytes of raw were used: all but an incomplete
// character or, for line-by-line decoding, an incomplete last line (unless is_last); the caller
// gives the rest again, with more behind it. A line longer than 1 MiB is decoded in pieces of that
// size, each judged by itself; so raw is never left unused for good. NUL bytes are dropped and
// counted, a Ctrl-Z as the very last character too.
//
// Lines that are valid UTF-8 are copied: 10 GB/s for ASCII, 2 GB/s where every line has some
// letters that are not.
size_t decode_append(struct decoding *decoding, str raw, bool is_last, struct buffer *out);

// How many bytes at the start of raw, whole lines, decode_append would copy as they are, were more
// to follow. 0 when it would change one or raw holds no whole line.
size_t decode_unchanged(const struct decoding *decoding, str raw);

#endif
