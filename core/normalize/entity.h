// HTML character references, for cells that were copied out of web pages.
#ifndef NORMALIZE_ENTITY_H
#define NORMALIZE_ENTITY_H

#include "core/base/str.h"

enum { ENTITY_LEN_MAX = 10 }; // longest reference known, without & and ;

// The character of a reference ("amp", "#228", "#xE4"; what stands between & and ;), or -1.
int32_t entity_character(str reference);

#endif
