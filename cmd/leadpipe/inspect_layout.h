// Laying out plain text of a fixed width. Text of foreign files is masked: what steers a terminal
// is written as \xHH.
#ifndef LEADPIPE_INSPECT_LAYOUT_H
#define LEADPIPE_INSPECT_LAYOUT_H

#include "core/base/arena.h"
#include "core/base/buffer.h"

enum { LAYOUT_WIDTH = 100 };

// Text that can be shown: no control characters, no bytes that are not UTF-8, nothing invisible. In
// arena or a view.
str layout_mask(str text, struct arena *arena);

// Shown text cut (with an ellipsis) or padded to width columns; is_padded = false only cuts.
void layout_cell(struct buffer *out, str text, size_t width, bool is_padded);

// A line "  label  text ...  option": text is broken at blanks, option stands at the right end of
// the first line; either may be empty.
void layout_fact(struct buffer *out, const char *label, str text, const char *option);

#endif
