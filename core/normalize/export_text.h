// The decoded text of an input, piece by piece, with the profile window looked at first.
//
//     struct export_text text = {0};
//     if (!export_text_open(&text, "leads.csv", options, &err)) ...
//     str window = export_text_window(&text);           // what the plan is made from
//     export_text_rewind(&text, &err);
//     while (export_text_fill(&text, 256 << 10, &err) && text.left.len) ...use, then
//         export_text_use(&text, used);
//
// A regular file is opened twice, so that many inputs can be profiled before the first is read and
// no window need be kept; of a pipe the window is kept.
#ifndef NORMALIZE_EXPORT_TEXT_H
#define NORMALIZE_EXPORT_TEXT_H

#include <stdatomic.h>

#include "core/csv/decode.h"
#include "core/csv/input.h"

// How much of an input decides the plan: the first 16 MiB of it, unpacked.
enum { EXPORT_WINDOW_BYTES = 16 << 20 };

struct export_text {
    const char *path;
    const atomic_bool *stop; // see input_stop_on; may be NULL
    struct input *input;
    struct decoding decoding;
    struct buffer raw; // read and not decoded
    size_t raw_at;
    struct buffer text; // decoded and not used
    size_t text_at;
    bool raw_ended;  // nothing more to read
    bool ended;      // nothing more to decode
    bool is_kept;    // the window is kept: a pipe
    bool is_changed; // decoding has changed bytes: it is not tried in place again
    bool is_fresh;   // raw holds what has not been given to the decoder
};

// Reads the window and decides how it is encoded, unless encoding is given (NULL = guess). False
// with err when it cannot be read or is no text.
bool export_text_open(struct export_text *text, const char *path, const enum encoding *encoding,
                      const atomic_bool *stop, struct err *err);

// The window's text. Valid until export_text_rewind.
str export_text_window(const struct export_text *text);

// Goes to the start of the text. A regular file is opened anew when text is next filled.
void export_text_rewind(struct export_text *text);

// Makes at least `wanted` bytes of text available, or all that is left. False with err.
bool export_text_fill(struct export_text *text, size_t wanted, struct err *err);

// What is available. Valid until the next fill.
static inline str export_text_left(const struct export_text *text)
{
    if (!text->text.data) return (str){"", 0}; // nothing was filled yet
    return (str){text->text.data + text->text_at, text->text.len - text->text_at};
}

static inline void export_text_use(struct export_text *text, size_t bytes)
{
    text->text_at += bytes;
}

void export_text_close(struct export_text *text);

#endif
