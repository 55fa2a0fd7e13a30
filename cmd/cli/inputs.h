// The files a program reads leads and lists from: an export may be the only one there is, so none
// of them is ever replaced by what is made of it.
#ifndef CLI_INPUTS_H
#define CLI_INPUTS_H

#include "core/base/err.h"

// Remembers a file that is read, for inputs_are_spared. One that cannot be looked at is left out.
void inputs_protect(const char *path);

// Whether writing path replaces none of those, however they are spelled. False with err. NULL and
// what is no file of its own (a FIFO, /dev/null) replace nothing.
bool inputs_are_spared(const char *path, struct err *err);

#endif
