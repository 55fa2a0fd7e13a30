#include "packing.h"

#include <zlib.h>
#include <zstd.h>

#include "core/base/memory.h"

// Levels: both are where a higher one costs more time than it saves bytes on lead lists
// (zlib 4 packs twice as fast as its default 6 and 4 % larger; 3 is the default of zstd).
enum { GZIP_LEVEL = 4, ZSTD_LEVEL = 3 };

// zlib: the largest window, 16 added for a gzip header and trailer.
enum { GZIP_WINDOW = 15 + 16, GZIP_MEMORY = 8 };

// zlib counts in unsigned int.
enum { PIECE_BYTES_MAX = 1 << 30 };

struct unpacker {
    enum packing packing;
    bool is_between;
    z_stream gzip;
    ZSTD_DCtx *zstd;
};

struct packer {
    enum packing packing;
    z_stream gzip;
    ZSTD_CCtx *zstd;
};

enum packing packing_of_bytes(str first)
{
    if (first.len < PACKING_MAGIC_BYTES) return PACKING_NONE;
    const unsigned char *p = (const unsigned char *)first.data;
    // Deflate is the only method gzip has; with it in the test, text cannot be taken for gzip.
    if (p[0] == 0x1F && p[1] == 0x8B && p[2] == 8) return PACKING_GZIP;
    if (p[0] == 0x28 && p[1] == 0xB5 && p[2] == 0x2F && p[3] == 0xFD) return PACKING_ZSTD;
    // A skippable frame, which is how files packed in parallel may begin.
    if ((p[0] & 0xF0) == 0x50 && p[1] == 0x2A && p[2] == 0x4D && p[3] == 0x18) return PACKING_ZSTD;
    return PACKING_NONE;
}

static bool ends_nocase(str name, str suffix)
{
    return name.len > suffix.len && str_equal_nocase(str_from(name, name.len - suffix.len), suffix);
}

enum packing packing_of_name(str name)
{
    if (ends_nocase(name, STR(".gz"))) return PACKING_GZIP;
    if (ends_nocase(name, STR(".zst"))) return PACKING_ZSTD;
    return PACKING_NONE;
}

const char *packing_name(enum packing packing)
{
    static const char *const names[] = {"plain", "gzip", "zstd"};
    return names[packing];
}

static void *zlib_alloc(void *opaque, unsigned items, unsigned bytes)
{
    (void)opaque;
    return memory_alloc((size_t)items * bytes);
}

static void zlib_free(void *opaque, void *memory)
{
    (void)opaque;
    memory_free(memory);
}

struct unpacker *unpacker_open(enum packing packing)
{
    struct unpacker *unpacker = memory_zeroed(1, sizeof *unpacker);
    unpacker->packing = packing;
    unpacker->is_between = true;
    if (packing == PACKING_GZIP) {
        unpacker->gzip.zalloc = zlib_alloc;
        unpacker->gzip.zfree = zlib_free;
        (void)inflateInit2(&unpacker->gzip, GZIP_WINDOW);
    } else if (packing == PACKING_ZSTD) {
        unpacker->zstd = ZSTD_createDCtx();
    }
    return unpacker;
}

static bool unpack_gzip(struct unpacker *unpacker, str *in, char *out, size_t len, size_t *got,
                        const char **why)
{
    z_stream *z = &unpacker->gzip;
    if (unpacker->is_between) {
        while (in->len && in->data[0] == '\0') *in = str_from(*in, 1);
        if (in->len == 0) return true;
        (void)inflateReset(z);
        unpacker->is_between = false;
    }
    size_t piece = in->len < PIECE_BYTES_MAX ? in->len : PIECE_BYTES_MAX;
    // zlib does not write through next_in; its type only dates from before const.
    z->next_in = (z_const Bytef *)(uintptr_t)in->data;
    z->avail_in = (unsigned)piece;
    z->next_out = (Bytef *)out;
    z->avail_out = (unsigned)(len < PIECE_BYTES_MAX ? len : PIECE_BYTES_MAX);
    int status = inflate(z, Z_NO_FLUSH);
    *in = str_from(*in, piece - z->avail_in);
    *got = (size_t)((char *)z->next_out - out);
    if (status == Z_STREAM_END) unpacker->is_between = true;
    if (status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR) return true;
    *why = status == Z_NEED_DICT ? "it needs a dictionary" : z->msg ? z->msg : "invalid data";
    return false;
}

static bool unpack_zstd(struct unpacker *unpacker, str *in, char *out, size_t len, size_t *got,
                        const char **why)
{
    if (!unpacker->zstd) {
        *why = "out of memory";
        return false;
    }
    ZSTD_inBuffer from = {in->data, in->len, 0};
    ZSTD_outBuffer to = {out, len, 0};
    if (unpacker->is_between && in->len == 0) return true;
    size_t left = ZSTD_decompressStream(unpacker->zstd, &to, &from);
    *in = str_from(*in, from.pos);
    *got = to.pos;
    if (ZSTD_isError(left)) {
        *why = ZSTD_getErrorName(left);
        return false;
    }
    unpacker->is_between = left == 0;
    return true;
}

bool unpack(struct unpacker *unpacker, str *in, char *out, size_t len, size_t *got,
            const char **why)
{
    *got = 0;
    if (unpacker->packing == PACKING_GZIP) return unpack_gzip(unpacker, in, out, len, got, why);
    return unpack_zstd(unpacker, in, out, len, got, why);
}

bool unpacker_is_between(const struct unpacker *unpacker) { return unpacker->is_between; }

void unpacker_close(struct unpacker *unpacker)
{
    if (!unpacker) return;
    if (unpacker->packing == PACKING_GZIP) (void)inflateEnd(&unpacker->gzip);
    ZSTD_freeDCtx(unpacker->zstd);
    memory_free(unpacker);
}

struct packer *packer_open(enum packing packing)
{
    struct packer *packer = memory_zeroed(1, sizeof *packer);
    packer->packing = packing;
    if (packing == PACKING_GZIP) {
        packer->gzip.zalloc = zlib_alloc;
        packer->gzip.zfree = zlib_free;
        (void)deflateInit2(&packer->gzip, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
                           Z_DEFAULT_STRATEGY);
    } else if (packing == PACKING_ZSTD) {
        packer->zstd = ZSTD_createCCtx();
        if (!packer->zstd) return packer;
        (void)ZSTD_CCtx_setParameter(packer->zstd, ZSTD_c_compressionLevel, ZSTD_LEVEL);
        (void)ZSTD_CCtx_setParameter(packer->zstd, ZSTD_c_checksumFlag, 1);
    }
    return packer;
}

// Room that is made for output at a time.
enum { ROOM_BYTES = 64 << 10 };

static bool pack_gzip(z_stream *z, str bytes, bool finish, struct buffer *out)
{
    do {
        size_t piece = bytes.len < PIECE_BYTES_MAX ? bytes.len : PIECE_BYTES_MAX;
        z->next_in = (z_const Bytef *)(uintptr_t)bytes.data;
        z->avail_in = (unsigned)piece;
        bytes = str_from(bytes, piece);
        do {
            z->next_out = (Bytef *)buffer_room(out, ROOM_BYTES);
            z->avail_out = ROOM_BYTES;
            (void)deflate(z, finish && bytes.len == 0 ? Z_FINISH : Z_NO_FLUSH);
            out->len += ROOM_BYTES - z->avail_out;
        } while (z->avail_out == 0);
    } while (bytes.len);
    return true;
}

static bool pack_zstd(ZSTD_CCtx *zstd, str bytes, bool finish, struct buffer *out)
{
    if (!zstd) return false;
    ZSTD_inBuffer from = {bytes.data, bytes.len, 0};
    size_t left;
    do {
        ZSTD_outBuffer to = {buffer_room(out, ROOM_BYTES), ROOM_BYTES, 0};
        left = ZSTD_compressStream2(zstd, &to, &from, finish ? ZSTD_e_end : ZSTD_e_continue);
        if (ZSTD_isError(left)) return false;
        out->len += to.pos;
    } while (finish ? left != 0 : from.pos < from.size);
    return true;
}

bool pack(struct packer *packer, str bytes, bool finish, struct buffer *out)
{
    if (packer->packing == PACKING_GZIP) return pack_gzip(&packer->gzip, bytes, finish, out);
    return pack_zstd(packer->zstd, bytes, finish, out);
}

void packer_close(struct packer *packer)
{
    if (!packer) return;
    if (packer->packing == PACKING_GZIP) (void)deflateEnd(&packer->gzip);
    ZSTD_freeCCtx(packer->zstd);
    memory_free(packer);
}
