// The strict reader over an input. Apart from reader.c so that the reader can be linked without
// inputs.
#include "reader.h"

static ssize_t read_input(void *state, char *out, size_t len, struct err *err)
{
    return input_read(state, out, len, err);
}

struct csv_reader *csv_reader_open(struct input *input, size_t block_bytes, struct err *err)
{
    return csv_reader_open_from(read_input, input, input_name(input), block_bytes, err);
}
