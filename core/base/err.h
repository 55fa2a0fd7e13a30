// How a function of core fails: it fills a struct err and returns false.
//
//     bool thing_open(struct thing *thing, const char *name, struct err *err)
//     {
//         if (bad) return err_set(err, ERR_IO, name, 0, "cannot read: %s", strerror(errno));
//
// A bad lead is data, not failure: it becomes a reject with a reason. Failure is unreadable input,
// bad rules, no disk, wrong use. Only the programs in cmd decide what a failure means.
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

enum err_kind {
    ERR_NONE,
    ERR_USAGE,   // the caller asked for something that cannot be
    ERR_DATA,    // input that cannot be read as what it should be
    ERR_RULES,   // a rule file that cannot be used
    ERR_IO,      // the system refused: no file, no disk, no permission
    ERR_STOPPED, // a signal or a reader that has gone away: nothing to report
};

struct err {
    enum err_kind kind;
    char file[256]; // "" when no file is to blame
    long line;      // 1-based, 0 when no line is to blame
    char text[512]; // lower case, no full stop, what first
    char hint[256]; // what the user can do, or ""
};

// Records the first failure (a later one does not overwrite it) and returns false. err may be
// NULL. file may be NULL, line 0.
__attribute__((format(printf, 5, 6))) bool
err_set(struct err *err, enum err_kind kind, const char *file, long line, const char *format, ...);

// Adds what the user can do about it. Returns false, so that it can end a function too.
__attribute__((format(printf, 2, 3))) bool err_hint(struct err *err, const char *format, ...);

#endif
