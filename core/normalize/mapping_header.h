// What a header means when it is not known as it stands: with the words that systems put before
// and behind it taken off, or as a whole name made of both parts.
#ifndef NORMALIZE_MAPPING_HEADER_H
#define NORMALIZE_MAPPING_HEADER_H

#include "synonyms.h"

// As synonyms_find, for a header (name) and what header_fold made of it; folded.len 0 when the name
// is not UTF-8.
size_t header_meanings(const struct synonyms *synonyms, str name, str folded, struct arena *arena,
                       struct meaning meanings[MEANINGS_MAX]);

#endif
