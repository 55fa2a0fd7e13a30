// Where rule files, lists and tables come from: a list of folders, the first that has the file
// wins.
//
//     struct rulebook book = {0};
//     rulebook_add_dir(&book, "/etc/leadpipe");
//     rulebook_add_dir(&book, "rules");
//     struct rule_text text;
//     if (!rulebook_read(&book, STR("email.rules"), NULL, &text, &err)) ...
//
// A file NAME.local in any of the folders adds to NAME (its readers ask with rulebook_read_local).
// What was read stays in memory until rulebook_release, since rules and lists keep views of it.
#ifndef RULES_RULEBOOK_H
#define RULES_RULEBOOK_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/base/hash.h"

enum { RULEBOOK_DIRS_MAX = 8 };

struct rule_text {
    const char *file; // path as found, for messages
    str text;         // whole content
};

struct rulebook_entry;

struct rulebook {
    struct arena arena;
    const char *dirs[RULEBOOK_DIRS_MAX];
    bool is_missing[RULEBOOK_DIRS_MAX]; // when it was added: not looked into
    size_t dir_count;
    struct rulebook_entry *entries; // what was read, newest first
};

// Adds a folder, searched after those added before. The text is copied. More than 8 are ignored.
void rulebook_add_dir(struct rulebook *book, const char *dir);

// Reads NAME: beside the file `from` when that is given (an including file), else from the first
// folder that has it. A name with a leading '/' or "./" is taken as a path. Files over 64 MiB are
// refused.
bool rulebook_read(struct rulebook *book, str name, const char *from, struct rule_text *out,
                   struct err *err);

// Reads NAME.local from the first folder that has one. Returns false without an error when there
// is none; err is set when it cannot be read.
bool rulebook_read_local(struct rulebook *book, str name, struct rule_text *out, struct err *err);

// The path that rulebook_read would use, or NULL.
const char *rulebook_where(struct rulebook *book, str name);

// Whether the file of that path has been read.
bool rulebook_has_read(const struct rulebook *book, const char *path);

// Lists the files of a folder inside the folders ("sources"): *names is set to "FOLDER/FILE" of
// every one that ends in suffix, each once, sorted bytewise; rulebook_read then takes the first
// folder that has it. Hidden files do not count. No such folder anywhere is an empty list; one that
// cannot be read is an error. The names live as long as the rulebook.
bool rulebook_list(struct rulebook *book, str folder, str suffix, str **names, size_t *count,
                   struct err *err);

// One digest of everything read so far: names (not folders) and contents, whatever the order.
hash128 rulebook_hash(const struct rulebook *book);

void rulebook_release(struct rulebook *book);

#endif
