// The unfinished files of this process, by name, so that a signal handler can remove them.
//
// A fixed table and atomic states: no lock, no allocation, so that unfinished_unlink_all may run at
// any moment in any thread.
#ifndef CSV_UNFINISHED_H
#define CSV_UNFINISHED_H

// How many files the table holds. Further ones are not removed on a signal, nothing worse.
enum { UNFINISHED_MAX = 256 };

// Remembers a path and returns its place, or -1 when the table is full or the path too long.
int unfinished_add(const char *path);

// Forgets it: the file was renamed or removed. -1 allowed.
void unfinished_remove(int place);

// Removes the files. Async-signal-safe.
void unfinished_unlink_all(void);

#endif
