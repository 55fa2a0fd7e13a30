#include "inputs.h"

#include <string.h>
#include <sys/stat.h>

#include "core/base/memory.h"

struct input {
    dev_t device;
    ino_t number;
    const char *path;
};

static struct input *inputs;
static size_t input_count, input_capacity;

void inputs_protect(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) return;
    inputs = memory_grow(inputs, &input_capacity, input_count + 1, sizeof *inputs);
    inputs[input_count++] = (struct input){status.st_dev, status.st_ino, path};
}

bool inputs_are_spared(const char *path, struct err *err)
{
    struct stat status;
    if (!path || strcmp(path, "-") == 0 || stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return true;
    for (size_t i = 0; i < input_count; i++) {
        if (inputs[i].device != status.st_dev || inputs[i].number != status.st_ino) continue;
        return err_set(err, ERR_USAGE, NULL, 0, "'%s' would overwrite the input '%s'", path,
                       inputs[i].path);
    }
    return true;
}
