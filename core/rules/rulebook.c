#include "rulebook.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"

enum { FILE_BYTES_MAX = 64 << 20 };

struct rulebook_entry {
    struct rulebook_entry *next;
    const char *name;
    struct rule_text text;
    hash128 hash; // of name and content
};

void rulebook_add_dir(struct rulebook *book, const char *dir)
{
    if (book->dir_count == RULEBOOK_DIRS_MAX) return;
    book->is_missing[book->dir_count] = access(dir, F_OK) != 0;
    book->dirs[book->dir_count++] = arena_cstring(&book->arena, str_of(dir));
}

static const char *join(struct rulebook *book, str dir, str name)
{
    return arena_format(&book->arena, "%.*s%s%.*s", STR_ARG(dir), dir.len ? "/" : "", STR_ARG(name))
        .data;
}

static str folder_of(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? (str){file, (size_t)(slash - file)} : (str){"", 0};
}

static bool is_path(str name)
{
    return str_starts(name, STR("/")) || str_starts(name, STR("./")) ||
           str_starts(name, STR("../"));
}

static const char *locate(struct rulebook *book, str name, const char *from)
{
    if (is_path(name)) return arena_cstring(&book->arena, name);
    if (from) {
        const char *beside = join(book, folder_of(from), name);
        if (access(beside, F_OK) == 0) return beside;
    }
    for (size_t i = 0; i < book->dir_count; i++) {
        if (book->is_missing[i]) continue;
        const char *path = join(book, str_of(book->dirs[i]), name);
        if (access(path, F_OK) == 0) return path;
    }
    return NULL;
}

const char *rulebook_where(struct rulebook *book, str name) { return locate(book, name, NULL); }

static bool read_all(int file, const char *path, size_t size, struct arena *arena, str *out,
                     struct err *err)
{
    char *data = arena_bytes(arena, size + 1);
    size_t len = 0;
    while (len < size) {
        ssize_t got = read(file, data + len, size - len);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return err_set(err, ERR_IO, path, 0, "cannot read: %s", strerror(errno));
        if (got == 0) break;
        len += (size_t)got;
    }
    data[len] = '\0';
    *out = (str){data, len};
    if (str_starts(*out, STR("\xEF\xBB\xBF"))) *out = str_from(*out, 3);
    return true;
}

static bool read_file(struct rulebook *book, const char *path, str *out, struct err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return err_set(err, ERR_IO, path, 0, "cannot open: %s", strerror(errno));
    struct stat about;
    bool ok = fstat(file, &about) == 0;
    if (!ok) err_set(err, ERR_IO, path, 0, "cannot read: %s", strerror(errno));
    if (ok && !S_ISREG(about.st_mode)) ok = err_set(err, ERR_IO, path, 0, "not a regular file");
    if (ok && about.st_size > FILE_BYTES_MAX) {
        ok = err_set(err, ERR_RULES, path, 0, "a rule file may hold 64 MiB at most");
    }
    if (ok) ok = read_all(file, path, (size_t)about.st_size, &book->arena, out, err);
    close(file);
    return ok;
}

static hash128 entry_hash(str name, str text)
{
    struct hash_stream *stream = hash_stream_new();
    hash_stream_add(stream, name);
    hash_stream_add(stream, (str){"", 1}); // its NUL
    hash_stream_add(stream, text);
    hash128 hash = hash_stream_digest(stream);
    hash_stream_free(stream);
    return hash;
}

static bool read_entry(struct rulebook *book, str name, const char *path, struct rule_text *out,
                       struct err *err)
{
    for (struct rulebook_entry *known = book->entries; known; known = known->next) {
        if (strcmp(known->text.file, path) != 0) continue;
        *out = known->text;
        return true;
    }
    str text;
    if (!read_file(book, path, &text, err)) return false;
    struct rulebook_entry *entry = arena_new(&book->arena, struct rulebook_entry, 1);
    *entry = (struct rulebook_entry){
        book->entries, arena_cstring(&book->arena, name), {path, text}, entry_hash(name, text)};
    book->entries = entry;
    *out = entry->text;
    return true;
}

bool rulebook_read(struct rulebook *book, str name, const char *from, struct rule_text *out,
                   struct err *err)
{
    const char *path = locate(book, name, from);
    if (path) return read_entry(book, name, path, out, err);
    struct buffer dirs = {0};
    for (size_t i = 0; i < book->dir_count; i++) {
        buffer_format(&dirs, "%s%s", i ? ", " : "", book->dirs[i]);
    }
    err_set(err, ERR_RULES, NULL, 0, "no rule file '%.*s'", STR_ARG(name));
    err_hint(err, "looked in: %.*s", STR_ARG(buffer_str(&dirs)));
    buffer_release(&dirs);
    return false;
}

bool rulebook_has_read(const struct rulebook *book, const char *path)
{
    for (const struct rulebook_entry *known = book->entries; known; known = known->next) {
        if (strcmp(known->text.file, path) == 0) return true;
    }
    return false;
}

bool rulebook_read_local(struct rulebook *book, str name, struct rule_text *out, struct err *err)
{
    str local = arena_format(&book->arena, "%.*s.local", STR_ARG(name));
    const char *path = locate(book, local, NULL);
    if (!path || access(path, F_OK) != 0) return false; // a name given as a path need not exist
    return read_entry(book, local, path, out, err);
}

struct name_list {
    str *names;
    size_t count, capacity;
};

static bool list_folder(struct rulebook *book, const char *path, str folder, str suffix,
                        struct name_list *list, struct err *err)
{
    DIR *entries = opendir(path);
    if (!entries && (errno == ENOENT || errno == ENOTDIR)) return true;
    if (!entries) return err_set(err, ERR_IO, path, 0, "cannot read: %s", strerror(errno));
    for (const struct dirent *entry; (entry = readdir(entries));) {
        str name = str_of(entry->d_name);
        if (name.data[0] == '.' || !str_ends(name, suffix)) continue;
        list->names =
            memory_grow(list->names, &list->capacity, list->count + 1, sizeof *list->names);
        list->names[list->count++] = str_of(join(book, folder, name));
    }
    closedir(entries);
    return true;
}

static int compare_names(const void *a, const void *b)
{
    return str_compare(*(const str *)a, *(const str *)b);
}

bool rulebook_list(struct rulebook *book, str folder, str suffix, str **names, size_t *count,
                   struct err *err)
{
    struct name_list list = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < book->dir_count; i++) {
        const char *path = join(book, str_of(book->dirs[i]), folder);
        ok = list_folder(book, path, folder, suffix, &list, err);
    }
    if (list.count) qsort(list.names, list.count, sizeof *list.names, compare_names);
    *count = 0;
    *names = arena_new(&book->arena, str, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        if (i && str_equal(list.names[i], list.names[i - 1])) continue;
        (*names)[(*count)++] = list.names[i];
    }
    memory_free(list.names);
    return ok;
}

hash128 rulebook_hash(const struct rulebook *book)
{
    // A sum does not depend on the order in which the files were read.
    hash128 sum = {0};
    for (const struct rulebook_entry *entry = book->entries; entry; entry = entry->next) {
        sum.low += entry->hash.low;
        sum.high += entry->hash.high;
    }
    return sum;
}

void rulebook_release(struct rulebook *book)
{
    arena_release(&book->arena);
    *book = (struct rulebook){0};
}
