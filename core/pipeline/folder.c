#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ID_TRIES_MAX = 1000 };

static bool fail(struct err *err, const char *path, const char *what)
{
    return err_set(err, ERR_IO, path, 0, "%s: %s", what, strerror(errno));
}

static const char *join(struct folder *folder, const char *dir, const char *name)
{
    return arena_format(&folder->arena, "%s/%s", dir, name).data;
}

static bool is_empty(const char *path)
{
    DIR *dir = opendir(path);
    if (!dir) return false;
    bool empty = true;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) empty = false;
    }
    closedir(dir);
    return empty;
}

static bool claim(struct folder *folder, struct err *err)
{
    const char *marker = join(folder, folder->dir, ".leadpipe");
    folder->is_made = mkdir(folder->dir, 0777) == 0;
    if (!folder->is_made && errno != EEXIST) {
        return fail(err, folder->dir, "cannot make the folder");
    }
    if (access(marker, F_OK) != 0 && !is_empty(folder->dir)) {
        err_set(err, ERR_USAGE, folder->dir, 0, "is there already and is not a run folder");
        return err_hint(err, "name a folder that does not exist yet, or an earlier run's");
    }
    folder->lock = open(marker, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (folder->lock < 0) return fail(err, marker, "cannot write");
    if (flock(folder->lock, LOCK_EX | LOCK_NB) == 0) return true;
    return err_set(err, ERR_IO, folder->dir, 0, "another run is at work in this folder");
}

static bool make_partial(struct folder *folder, const char *runs, const char *id, struct err *err)
{
    for (int i = 1; i < ID_TRIES_MAX; i++) {
        folder->id = i == 1 ? arena_cstring(&folder->arena, str_of(id))
                            : arena_format(&folder->arena, "%s-%d", id, i).data;
        const char *final = join(folder, runs, folder->id);
        folder->partial = arena_format(&folder->arena, "%s.partial", final).data;
        if (access(final, F_OK) == 0) continue;
        if (mkdir(folder->partial, 0777) == 0) return true;
        if (errno != EEXIST) break;
    }
    const char *partial = folder->partial;
    folder->partial = NULL;
    return fail(err, partial, "cannot make the folder");
}

static void remove_partial(const char *path)
{
    DIR *dir = opendir(path);
    if (!dir) return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        (void)unlinkat(dirfd(dir), entry->d_name, 0);
    }
    closedir(dir);
    (void)rmdir(path);
}

// We hold the lock, so whatever is unfinished belongs to a run that has died.
static void remove_dead_runs(struct folder *folder, const char *runs)
{
    DIR *dir = opendir(runs);
    if (!dir) return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (!str_ends(str_of(entry->d_name), STR(".partial"))) continue;
        remove_partial(join(folder, runs, entry->d_name));
    }
    closedir(dir);
}

bool folder_open(struct folder *folder, const char *dir, const char *id, struct err *err)
{
    *folder = (struct folder){.lock = -1};
    folder->dir = arena_cstring(&folder->arena, str_of(dir));
    const char *runs = join(folder, dir, "runs");
    if (!claim(folder, err)) return false;
    if (mkdir(runs, 0777) != 0 && errno != EEXIST) return fail(err, runs, "cannot make the folder");
    remove_dead_runs(folder, runs);
    return make_partial(folder, runs, id, err);
}

const char *folder_path(struct folder *folder, const char *name)
{
    return join(folder, folder->partial, name);
}

static bool sync_folder(const char *path, struct err *err)
{
    int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0) return fail(err, path, "cannot open");
    bool ok = fsync(dir) == 0 || errno == EINVAL || errno == EROFS;
    if (!ok) fail(err, path, "cannot synchronise");
    close(dir);
    return ok;
}

// Points the link `name` in DIR to target, whatever it pointed to before.
static bool point(struct folder *folder, const char *name, const char *target, struct err *err)
{
    const char *link = join(folder, folder->dir, name);
    const char *beside = arena_format(&folder->arena, "%s.new", link).data;
    char now[512];
    ssize_t len = readlink(link, now, sizeof now);
    if (len > 0 && str_equal((str){now, (size_t)len}, str_of(target))) return true;
    (void)unlink(beside);
    if (symlink(target, beside) != 0) return fail(err, beside, "cannot make the link");
    if (rename(beside, link) == 0) return true;
    (void)unlink(beside);
    return fail(err, link, "cannot replace the link");
}

static bool is_hidden(const struct dirent *entry) { return entry->d_name[0] == '.'; }

bool folder_name_is_free(struct folder *folder, const char *name, struct err *err)
{
    struct stat about;
    const char *link = join(folder, folder->dir, name);
    if (lstat(link, &about) != 0 || S_ISLNK(about.st_mode)) return true;
    err_set(err, ERR_USAGE, link, 0, "is in the way: it is no link to a run's file");
    return err_hint(err, "move it away");
}

static bool names_are_free(struct folder *folder, struct err *err)
{
    DIR *dir = opendir(folder->partial);
    if (!dir) return fail(err, folder->partial, "cannot read the folder");
    bool ok = true;
    for (struct dirent *entry; ok && (entry = readdir(dir));) {
        ok = is_hidden(entry) || folder_name_is_free(folder, entry->d_name, err);
    }
    closedir(dir);
    return ok;
}

static bool point_all(struct folder *folder, const char *final, struct err *err)
{
    DIR *dir = opendir(final);
    if (!dir) return fail(err, final, "cannot read the folder");
    bool ok = true;
    for (struct dirent *entry; ok && (entry = readdir(dir));) {
        if (is_hidden(entry)) continue;
        const char *target = arena_format(&folder->arena, "latest/%s", entry->d_name).data;
        ok = point(folder, entry->d_name, target, err);
    }
    closedir(dir);
    return ok;
}

// Takes away our links to files that the latest run does not have.
static void remove_stale_links(struct folder *folder)
{
    DIR *dir = opendir(folder->dir);
    if (!dir) return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        char target[512];
        const char *link = join(folder, folder->dir, entry->d_name);
        ssize_t len = readlink(link, target, sizeof target);
        if (len <= 0 || !str_starts((str){target, (size_t)len}, STR("latest/"))) continue;
        if (access(link, F_OK) != 0) (void)unlink(link);
    }
    closedir(dir);
}

// Takes back a run that could not be shown: its files are removed with the folder's close, and
// links that lead nowhere without it.
static bool take_back(struct folder *folder, const char *final)
{
    const char *partial = arena_format(&folder->arena, "%s.partial", final).data;
    if (rename(final, partial) == 0) folder->partial = partial;
    remove_stale_links(folder);
    return false;
}

bool folder_publish(struct folder *folder, struct err *err)
{
    const char *runs = join(folder, folder->dir, "runs");
    const char *final = join(folder, runs, folder->id);
    if (!names_are_free(folder, err) || !folder_name_is_free(folder, "latest", err) ||
        !sync_folder(folder->partial, err))
        return false;
    if (rename(folder->partial, final) != 0) return fail(err, final, "cannot publish");
    folder->partial = NULL;
    const char *target = arena_format(&folder->arena, "runs/%s", folder->id).data;
    // `latest` is what publishes, so it is the last that can fail: the links beside it lead through
    // it, to the run before until then. Whether it outlives a power cut is not known when the
    // folder cannot be synchronised; the run is whole either way.
    if (!sync_folder(runs, err) || !point_all(folder, final, err) ||
        !point(folder, "latest", target, err)) {
        return take_back(folder, final);
    }
    folder->is_published = true;
    remove_stale_links(folder);
    (void)sync_folder(folder->dir, NULL);
    return true;
}

// A folder made for a run that did not publish goes with it.
static void remove_made(struct folder *folder)
{
    if (rmdir(join(folder, folder->dir, "runs")) != 0 && errno != ENOENT) return;
    (void)unlink(join(folder, folder->dir, ".leadpipe"));
    (void)rmdir(folder->dir);
}

void folder_close(struct folder *folder)
{
    if (folder->partial) remove_partial(folder->partial);
    if (folder->is_made && !folder->is_published) remove_made(folder);
    if (folder->lock >= 0) close(folder->lock);
    arena_release(&folder->arena);
    *folder = (struct folder){.lock = -1};
}
