// Seeds: testdata/corpus/bare_list.
//
// Property: any bytes as an opt-out list are read to their end, wherever the part that was looked
// at ends; no more entries than lines, and every one of them can stop somebody or is told.
#include <stdlib.h>

#include "bare_list.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds) abort();
}

struct counts {
    uint64_t entries, keys, unusable, distinct;
};

static struct counts read_list(const struct bare_list *list, str text)
{
    static const struct email_providers providers;
    struct err err = {0};
    struct opt_outs outs;
    opt_outs_init(&outs, &providers, 0, "/tmp");
    opt_outs_begin_list(&outs, STR("list"), NEVER_CONTACT);
    struct input *input = input_open("/dev/null", &err);
    check(input && bare_list_read(list, text, input, &outs, &err));
    check(opt_outs_seal(&outs, &err));
    struct counts counts = {outs.entry_count, outs.key_count, outs.unusable_count, outs.set.count};
    input_close(input);
    opt_outs_release(&outs);
    return counts;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str text = {(const char *)data, size};
    uint64_t lines = 1;
    for (size_t i = 0; i < size; i++) lines += data[i] == '\n';
    struct bare_list list, whole_list;
    bool is_list = bare_list_guess(text, true, &whole_list);
    (void)bare_list_guess(text, false, &list);
    struct counts counts = read_list(&whole_list, text);
    check(counts.entries <= lines && counts.unusable <= counts.entries);
    check(counts.distinct <= counts.keys);
    check(!is_list || counts.entries > counts.unusable);
    return 0;
}
