// The reader of source profiles; see sources.h for the language.
#ifndef NORMALIZE_SOURCES_PARSE_H
#define NORMALIZE_SOURCES_PARSE_H

#include "core/base/suggest.h"
#include "sources.h"

// Appends the profiles of one file. What is wrong is added to diagnostics.
void sources_parse(struct sources *sources, struct rule_text text, struct diagnostics *diagnostics);

// The nearest of the twelve words for a source, len 0 when none is near.
str source_suggest(str word);

#endif
