// A folder of its own for tests that need files.
#ifndef CSV_TEST_FILES_H
#define CSV_TEST_FILES_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/str.h"

static char folder[256];

// The path of a file in the folder; the last four returned stay valid.
static inline const char *path_of(const char *name)
{
    static char paths[4][512];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name ? name : "");
    return path;
}

static inline const char *put_file(const char *name, str bytes)
{
    const char *path = path_of(name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    if (bytes.len) assert_int_equal(fwrite(bytes.data, 1, bytes.len, file), bytes.len);
    fclose(file);
    return path;
}

static inline int count_files(void)
{
    DIR *open = opendir(folder);
    int count = 0;
    for (const struct dirent *entry; (entry = readdir(open));) count += entry->d_name[0] != '.';
    closedir(open);
    return count;
}

static inline int make_folder(void **state)
{
    (void)state;
    const char *where = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/leadpipe_test.XXXXXX", where ? where : P_tmpdir);
    return mkdtemp(folder) ? 0 : -1;
}

static inline int empty_folder(void **state)
{
    (void)state;
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'/*", folder);
    return system(command);
}

static inline int remove_folder(void **state) { return empty_folder(state) || rmdir(folder); }

#endif
