// Writing a record anew behind its block's bytes, when it cannot be used as it stands. Only for
// lenient*.c.
#ifndef CSV_LENIENT_REPAIR_H
#define CSV_LENIENT_REPAIR_H

#include "core/base/buffer.h"
#include "lenient_walk.h"
#include "records.h"

// The fields of a record with regular quotes, and their ends from its start. Kept from record to
// record for its room.
struct repair {
    struct buffer text;
    uint32_t *ends;
    size_t ends_capacity;
    size_t kept;        // how many ends there are
    size_t keep;        // how many there may be
    bool has_more_text; // a field behind those is not empty
    char delimiter;
    struct libcsv_piece *pieces;
    size_t pieces_capacity;
};

// Decodes the irregular record walked (libcsv does) and writes its first `keep` fields into
// repair->text, delimiters between them.
void repair_decode(struct repair *repair, const struct walk_text *text, const struct walk *walk,
                   size_t keep);

// Takes the first `keep` fields of the regular record walked as they are.
void repair_copy(struct repair *repair, const struct walk_text *text, const struct walk *walk,
                 size_t keep);

// Fills it up with empty fields to `columns` and ends it with an LF.
void repair_pad(struct repair *repair, size_t columns);

// Appends repair->text to the block and puts its ends into ends[0..kept). Returns where it begins.
// May move the block's bytes.
uint32_t repair_append(const struct repair *repair, struct block *block, uint32_t *ends);

void repair_release(struct repair *repair);

// Calls libcsv for the record walked: with the field's text, then once `record`.
struct libcsv_events;
void repair_parse(struct repair *repair, const struct walk_text *text, const struct walk *walk,
                  const struct libcsv_events *events);

#endif
