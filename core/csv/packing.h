// Compression: gzip and Zstandard, both ways. The only module that knows zlib and libzstd.
//
//     struct unpacker *unpacker = unpacker_open(PACKING_GZIP);
//     while (there is input) unpack(unpacker, &packed, out, sizeof out, &got, &why);
//     whole = unpacker_is_between(unpacker);
//     unpacker_close(unpacker);
//
// Packed bytes depend on their input alone: no name and no time is stored.
#ifndef CSV_PACKING_H
#define CSV_PACKING_H

#include "core/base/buffer.h"
#include "core/base/str.h"

enum packing { PACKING_NONE, PACKING_GZIP, PACKING_ZSTD };

// How many first bytes packing_of_bytes looks at.
enum { PACKING_MAGIC_BYTES = 4 };

// By the first bytes of a stream: RFC 1952 section 2.3.1, RFC 8878 sections 3.1.1 and 3.1.2.
enum packing packing_of_bytes(str first);

// By the end of a file name: .gz or .zst, whatever their case.
enum packing packing_of_name(str name);

// "gzip", "zstd", "plain".
const char *packing_name(enum packing packing);

struct unpacker;

// Never NULL. About 40 KiB for gzip; for zstd the window of the stream, at most 128 MiB.
struct unpacker *unpacker_open(enum packing packing);

// Unpacks from *in, which moves on over what was used, into out; *got is how much was written.
// A further member or frame is read on; zero bytes behind a gzip member are padding. False when the
// stream is damaged or asks for too much, *why says so and lives as long as the program; *got is
// valid then too. With an empty *in it delivers what it still holds.
bool unpack(struct unpacker *unpacker, str *in, char *out, size_t len, size_t *got,
            const char **why);

// Whether the stream may end here: no member or frame is unfinished.
bool unpacker_is_between(const struct unpacker *unpacker);

void unpacker_close(struct unpacker *unpacker); // NULL allowed

struct packer;

// Never NULL.
struct packer *packer_open(enum packing packing);

// Appends what comes out to *out; with finish, all that is left and the end of the stream. Some of
// it may stay inside until then. False only when zstd runs out of memory.
bool pack(struct packer *packer, str bytes, bool finish, struct buffer *out);

void packer_close(struct packer *packer); // NULL allowed

#endif
