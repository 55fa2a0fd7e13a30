// Opt-out lists that are no exports: a digest or a domain a line, with or without a header, maybe
// with other columns beside it. They may have tens of millions of lines, so they are read as they
// come, one pass, without making leads of them.
#ifndef DEDUPE_BARE_LIST_H
#define DEDUPE_BARE_LIST_H

#include "core/base/buffer.h"
#include "core/csv/input.h"
#include "opt_outs.h"

enum { BARE_LIST_SAMPLE = 1 << 16 };

struct bare_list {
    int domain_column; // by its header; 0 in a list of one column; -1: there is none
};

// Whether a list that begins with sample is one: most of its rows have a digest, or a domain alone
// or below a header that says so, and no address. is_whole: it ends there.
bool bare_list_guess(str sample, bool is_whole, struct bare_list *list);

// Takes the entries of all lines: first those of head, which was read before, then the input's.
// 30 ns a digest beside reading. False with err.
bool bare_list_read(const struct bare_list *list, str head, struct input *input,
                    struct opt_outs *outs, struct err *err);

#endif
