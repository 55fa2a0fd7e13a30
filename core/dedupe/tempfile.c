#include "tempfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/base/buffer.h"

void temp_file_init(struct temp_file *file, const char *dir)
{
    *file = (struct temp_file){.dir = dir, .file = -1};
    pthread_mutex_init(&file->lock, NULL);
}

void temp_file_release(struct temp_file *file)
{
    if (file->file >= 0) close(file->file);
    file->file = -1;
    pthread_mutex_destroy(&file->lock);
}

// An unlinked file that only its owner could have opened.
static bool open_file(struct temp_file *file, struct err *err)
{
    file->file = open(file->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file->file >= 0) return true;
    struct buffer path = {0};
    buffer_format(&path, "%s/leadpipe.XXXXXX", file->dir);
    buffer_add_byte(&path, '\0');
    file->file = mkostemp(path.data, O_CLOEXEC);
    if (file->file >= 0) (void)unlink(path.data);
    buffer_release(&path);
    if (file->file >= 0) return true;
    return err_set(err, ERR_IO, file->dir, 0, "cannot make a temporary file: %s", strerror(errno));
}

static bool has_space(const struct temp_file *file, size_t wanted, struct err *err)
{
    struct statvfs about;
    if (fstatvfs(file->file, &about) != 0) return true;
    if ((uint64_t)about.f_bavail * about.f_frsize > wanted) return true;
    err_set(err, ERR_IO, file->dir, 0, "no space left for records that do not fit in memory");
    return err_hint(err, "name a folder with more room: --temp-dir DIR, or allow more --memory");
}

bool temp_file_take(struct temp_file *file, size_t len, uint64_t *at, struct err *err)
{
    pthread_mutex_lock(&file->lock);
    bool ok = (file->file >= 0 || open_file(file, err)) && has_space(file, len, err);
    *at = file->bytes;
    if (ok) file->bytes += len;
    pthread_mutex_unlock(&file->lock);
    return ok;
}

bool temp_file_write(const struct temp_file *file, str text, uint64_t at, struct err *err)
{
    while (text.len) {
        ssize_t put = pwrite(file->file, text.data, text.len, (off_t)at);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) {
            return err_set(err, ERR_IO, file->dir, 0, "cannot write: %s", strerror(errno));
        }
        text = str_from(text, (size_t)put);
        at += (uint64_t)put;
    }
    return true;
}

bool temp_file_read(const struct temp_file *file, void *out, size_t len, uint64_t at,
                    struct err *err)
{
    for (char *to = out; len;) {
        ssize_t got = pread(file->file, to, len, (off_t)at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            return err_set(err, ERR_IO, file->dir, 0, "cannot read a temporary file: %s",
                           got ? strerror(errno) : "it ends early");
        }
        to += got;
        len -= (size_t)got;
        at += (uint64_t)got;
    }
    return true;
}
