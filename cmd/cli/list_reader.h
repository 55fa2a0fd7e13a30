// Reading a list that a stage needs beside its input: a CRM export, an opt-out list, as they come.
#ifndef CLI_LIST_READER_H
#define CLI_LIST_READER_H

#include "common.h"

// Normalizes the file, whatever export it is, and runs its records through the stage, which is
// closed afterwards. False with err.
bool list_read(const struct setup *setup, const char *path, struct stage *stage, struct err *err);

#endif
