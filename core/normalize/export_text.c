#include "export_text.h"

#include <sys/stat.h>

enum { READ_BYTES = 256 << 10 };

static bool read_raw(struct export_text *text, size_t wanted, struct err *err)
{
    // A short read is the end only when nothing follows: it may also be the last good piece before
    // a failure, which the next read tells.
    while (wanted) {
        char *room = buffer_room(&text->raw, wanted);
        ssize_t got = input_read(text->input, room, wanted, err);
        if (got < 0) return false;
        if (got == 0) text->raw_ended = true;
        if (got == 0) break;
        text->raw.len += (size_t)got;
        wanted -= (size_t)got;
    }
    return true;
}

static bool is_regular(const char *path)
{
    struct stat about;
    return strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

static void decode(struct export_text *text)
{
    str left = str_from(buffer_str(&text->raw), text->raw_at);
    text->raw_at += decode_append(&text->decoding, left, text->raw_ended, &text->text);
    text->ended = text->raw_ended;
}

// Reads behind the text, where bytes that decoding leaves as they are can stay; an incomplete last
// line waits in raw. At the first that would be changed all goes the usual way, from then on.
static bool read_in_place(struct export_text *text, struct err *err)
{
    size_t waiting = text->raw.len;
    char *room = buffer_room(&text->text, waiting + READ_BYTES);
    if (waiting) memcpy(room, text->raw.data, waiting);
    ssize_t got = input_read(text->input, room + waiting, READ_BYTES, err);
    if (got < 0) return false;
    text->raw_ended = got == 0;
    str piece = {room, waiting + (size_t)got};
    size_t used = text->raw_ended ? 0 : decode_unchanged(&text->decoding, piece);
    if (used == 0) {
        text->is_changed = !text->raw_ended;
        buffer_add(&text->raw, str_from(piece, waiting));
        decode(text);
        return true;
    }
    text->text.len += used;
    text->raw.len = 0;
    buffer_add(&text->raw, str_from(piece, used));
    return true;
}

// Of a file that is read again the window's bytes become its text where decoding leaves them as
// they are, without a copy.
static void decode_window(struct export_text *text)
{
    str window = str_from(buffer_str(&text->raw), text->raw_at);
    size_t used = text->is_kept ? 0 : decode_unchanged(&text->decoding, window);
    if (used) {
        struct buffer rest = {0};
        buffer_add(&rest, str_from(window, used));
        text->text = text->raw;
        text->text.len = text->raw_at + used;
        text->text_at = text->raw_at;
        text->raw = rest;
        text->raw_at = 0;
    }
    decode(text);
}

bool export_text_open(struct export_text *text, const char *path, const enum encoding *encoding,
                      const atomic_bool *stop, struct err *err)
{
    *text = (struct export_text){.path = path, .stop = stop, .is_kept = !is_regular(path)};
    text->input = input_open(path, err);
    if (text->input && stop) input_stop_on(text->input, stop);
    if (text->input && !text->is_kept) input_skip_digest(text->input); // it is opened again
    if (!text->input || !read_raw(text, EXPORT_WINDOW_BYTES, err)) return false;
    // A file of exactly the window's size has not shown its end yet.
    str window = buffer_str(&text->raw);
    if (!decode_guess(&text->decoding, window, input_name(text->input), err)) return false;
    if (encoding) text->decoding.encoding = *encoding;
    text->raw_at = text->decoding.bom_bytes;
    decode_window(text);
    return true;
}

str export_text_window(const struct export_text *text) { return export_text_left(text); }

// The counts that decoding the window has left; the text is decoded again from its start.
static void forget_counts(struct decoding *decoding)
{
    decoding->codepage_lines = decoding->nul_bytes = decoding->bad_sequences = 0;
}

void export_text_rewind(struct export_text *text)
{
    forget_counts(&text->decoding);
    buffer_release(&text->text);
    text->text_at = 0;
    text->ended = false;
    text->is_fresh = true;
    text->raw_at = text->decoding.bom_bytes;
    if (text->is_kept) return;
    buffer_release(&text->raw);
    text->raw_ended = false;
    input_close(text->input);
    text->input = NULL;
}

// Opens a regular file again and steps over its byte order mark.
static bool reopen(struct export_text *text, struct err *err)
{
    text->input = input_open(text->path, err);
    if (text->input && text->stop) input_stop_on(text->input, text->stop);
    if (!text->input || !read_raw(text, READ_BYTES, err)) return false;
    if (text->raw.len < text->raw_at) {
        return err_set(err, ERR_IO, text->path, 0, "the file has changed while it was read");
    }
    return true;
}

static void drop_used(struct buffer *buffer, size_t *at)
{
    if (*at == 0) return;
    memmove(buffer->data, buffer->data + *at, buffer->len - *at);
    buffer->len -= *at;
    *at = 0;
}

bool export_text_fill(struct export_text *text, size_t wanted, struct err *err)
{
    if (!text->input && !reopen(text, err)) return false;
    // What is left moves to the front when more is read, not with every block.
    if (export_text_left(text).len >= wanted) return true;
    drop_used(&text->text, &text->text_at);
    while (text->text.len < wanted && !text->ended) {
        // What was read before rewinding is decoded first, a kept window in one go.
        if (!text->is_fresh && !text->raw_ended) {
            drop_used(&text->raw, &text->raw_at);
            if (!text->is_changed) {
                if (!read_in_place(text, err)) return false;
                continue;
            }
            if (!read_raw(text, READ_BYTES, err)) return false;
        }
        text->is_fresh = false;
        decode(text);
    }
    return true;
}

void export_text_close(struct export_text *text)
{
    buffer_release(&text->raw);
    buffer_release(&text->text);
    input_close(text->input);
    *text = (struct export_text){0};
}
