#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/buffer.h"

static bool fail(const struct spool *spool, const char *what, struct err *err)
{
    return err_set(err, ERR_IO, spool->temp_dir, 0, "%s: %s", what, strerror(errno));
}

static bool open_file(struct spool *spool, struct err *err)
{
    struct buffer path = {0};
    buffer_format(&path, "%s/leadpipe.XXXXXX", spool->temp_dir);
    buffer_add_byte(&path, '\0');
    spool->file = mkostemp(path.data, O_CLOEXEC);
    bool ok = spool->file >= 0 || fail(spool, "cannot make a temporary file", err);
    if (ok) (void)unlink(path.data);
    buffer_release(&path);
    return ok;
}

static bool keep(void *state, str text, struct err *err)
{
    struct spool *spool = state;
    if (spool->skips_header) {
        spool->skips_header = false;
        return true;
    }
    if (spool->file < 0 && !open_file(spool, err)) return false;
    while (text.len) {
        ssize_t put = write(spool->file, text.data, text.len);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return fail(spool, "cannot write", err);
        text = str_from(text, (size_t)put);
    }
    return true;
}

void spool_init(struct spool *spool, const char *temp_dir)
{
    *spool = (struct spool){.temp_dir = temp_dir, .file = -1, .skips_header = true};
    spool->sink = (struct sink){keep, spool};
}

bool spool_copy(struct spool *spool, struct output *output, struct err *err)
{
    char block[65536];
    if (spool->file < 0) return true;
    if (lseek(spool->file, 0, SEEK_SET) < 0) return fail(spool, "cannot read", err);
    for (;;) {
        ssize_t got = read(spool->file, block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(spool, "cannot read", err);
        if (got == 0) return true;
        if (!output_write(output, (str){block, (size_t)got}, err)) return false;
    }
}

void spool_release(struct spool *spool)
{
    if (spool->file >= 0) close(spool->file);
    spool->file = -1;
}
