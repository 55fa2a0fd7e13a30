// From the bytes of a foreign file to UTF-8.
//
// Decided once, from the profile window (the first 16 MiB): BOM (a doubled one as well), UTF-16
// with and without BOM by its NUL bytes, strict UTF-8, else Windows-1252 line by line, because
// exports mix both. What is not a text file (a ZIP, so an .xlsx; HTML saved as .xls; PDF) is named.
//
// Line ends: CR LF and lone CR become LF where the file's own are CR; see decode_next.
#ifndef CSV_DECODE_H
#define CSV_DECODE_H

#include "core/base/buffer.h"
#include "core/base/err.h"

enum encoding {
    ENCODING_UTF8,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_CP1252,   // lines that are not UTF-8 are read as Windows-1252
    ENCODING_MACROMAN, // CR line ends and letters that only make sense as Mac Roman
};

struct decoding {
    enum encoding encoding;
    size_t bom_bytes; // to skip at the start
    bool cr_only;     // line ends are lone CRs: they become LFs
    // What was met, summed over decode_append calls:
    uint64_t cp1252_lines;  // lines that were not UTF-8
    uint64_t nul_bytes;     // removed
    uint64_t bad_sequences; // UTF-16 surrogates out of order, became U+FFFD
};

const char *encoding_name(enum encoding encoding);

// Decides from the start of the input. False with err (ERR_DATA, name in the message) when it is
// not a text file: names what it is and what to do.
bool decode_guess(struct decoding *decoding, str window, const char *name, struct err *err);

// Appends the UTF-8 of raw bytes to out. `raw` is a piece of the input without its BOM; is_last
// says that nothing follows. Returns how many bytes of raw were used: all but an incomplete
// character or, for line-by-line decoding, an incomplete last line (unless is_last, or raw is
// longer than 1 MiB and has no line end). NUL bytes are dropped and counted, a Ctrl-Z as the very
// last byte too.
size_t decode_append(struct decoding *decoding, str raw, bool is_last, struct buffer *out);

#endif
