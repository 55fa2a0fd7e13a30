#include "reader.h"

#include "core/base/utf8.h"
#include "scan.h"
#include "strict.h"

enum {
    BLOCK_BYTES_DEFAULT = 256 << 10,
    // Located at a time, so that the separators found are looked at while they are in the cache.
    WINDOW_BYTES = 32 << 10,
};

struct csv_reader {
    csv_read *read;
    void *input;
    const char *name;
    size_t block_bytes;
    scan_function *scan;
    struct arena arena; // name and names
    str *names;
    uint32_t columns;
    // What was read and not handed out: bytes [carry_start, carry->len). NULL when there is none.
    struct block *carry;
    size_t carry_start;
    uint64_t line; // 1-based, where the next record begins
    bool is_at_end;
    struct err failure; // kept and given again
};

// A block with its separators located, in records->ends.
struct located {
    struct block *block;
    size_t count;     // of separators
    size_t whole;     // of those up to the last line end
    size_t whole_len; // bytes up to and with the last line end
    struct scan_state state;
};

static void take_carry(struct csv_reader *reader, struct block *block)
{
    if (!reader->carry) return;
    size_t len = reader->carry->len - reader->carry_start;
    memcpy(block->data, reader->carry->data + reader->carry_start, len);
    block->len = len;
    block_release(reader->carry);
    reader->carry = NULL;
}

static struct block *begin_block(struct csv_reader *reader)
{
    size_t carried = reader->carry ? reader->carry->len - reader->carry_start : 0;
    size_t capacity = reader->block_bytes;
    if (capacity < carried + 2) capacity = carried + 2; // a byte to read and the LF at the end
    struct block *block = block_new(capacity);
    take_carry(reader, block);
    return block;
}

static void double_block(struct block *block)
{
    block->capacity *= 2;
    block->data = memory_resize(block->data, block->capacity + BLOCK_PADDING);
    memset(block->data + block->capacity, 0, BLOCK_PADDING);
}

// Reads until the block is full but for one byte, the input ends, or fails (reader->failure).
static void read_bytes(struct csv_reader *reader, struct block *block)
{
    while (!reader->is_at_end && !reader->failure.kind && block->len + 1 < block->capacity) {
        size_t room = block->capacity - 1 - block->len;
        ssize_t got = reader->read(reader->input, block->data + block->len, room, &reader->failure);
        if (got < 0) err_set(&reader->failure, ERR_IO, reader->name, 0, "cannot read");
        if (got == 0) reader->is_at_end = true;
        if (got > 0) block->len += (size_t)got;
    }
}

static void locate_bytes(struct csv_reader *reader, struct located *located, size_t from,
                         struct records *out)
{
    const struct block *block = located->block;
    while (from < block->len) {
        size_t len = block->len - from < WINDOW_BYTES ? block->len - from : WINDOW_BYTES;
        out->ends =
            memory_grow(out->ends, &out->ends_capacity, located->count + len, sizeof *out->ends);
        located->count += reader->scan(block->data + from, len, ',', (uint32_t)from,
                                       &located->state, out->ends + located->count);
        from += len;
    }
}

static bool ends_in_lf(const struct located *located, const struct records *out)
{
    const struct block *block = located->block;
    return located->count && out->ends[located->count - 1] == block->len - 1 &&
           block->data[block->len - 1] == '\n';
}

static void find_whole(struct located *located, const struct records *out)
{
    located->whole = located->count;
    while (located->whole && located->block->data[out->ends[located->whole - 1]] != '\n') {
        located->whole--;
    }
    located->whole_len = located->whole ? (size_t)out->ends[located->whole - 1] + 1 : 0;
}

// Nothing but the beginning of a record is there. True when reading on may help.
static bool may_go_on(struct csv_reader *reader, const struct located *located)
{
    if (reader->failure.kind) return false;
    struct strict_place place = {reader->name, reader->line, reader->columns};
    str text = {located->block->data, located->block->len};
    if (reader->is_at_end || located->state.irregular) {
        if (!strict_check(text, reader->is_at_end, &place, &reader->failure)) return false;
    }
    if (located->block->capacity < CSV_RECORD_BYTES_MAX) return true;
    err_set(&reader->failure, ERR_DATA, reader->name, (long)reader->line,
            "record is longer than %d MiB", CSV_RECORD_BYTES_MAX >> 20);
    return err_hint(&reader->failure, "is a quote not closed? lead-normalize copes with that");
}

// Makes a block with at least one whole record. False at the end or with reader->failure.
static bool next_block(struct csv_reader *reader, struct located *located, struct records *out)
{
    *located = (struct located){.block = begin_block(reader)};
    struct block *block = located->block;
    for (size_t from = 0;;) {
        read_bytes(reader, block);
        locate_bytes(reader, located, from, out);
        from = block->len;
        bool lacks_lf = reader->is_at_end && block->len && !ends_in_lf(located, out);
        if (lacks_lf && !located->state.inside) {
            block->data[block->len++] = '\n';
            locate_bytes(reader, located, from, out);
            from = block->len;
        }
        find_whole(located, out);
        if (located->whole) return true;
        if (block->len == 0 && reader->is_at_end) break;
        if (!may_go_on(reader, located)) break;
        double_block(block);
    }
    block_release(block);
    return false;
}

static void keep_rest(struct csv_reader *reader, const struct located *located, size_t from)
{
    if (from == located->block->len) return;
    reader->carry = block_keep(located->block);
    reader->carry_start = from;
}

// Reads the names off the first record and leaves the rest to csv_reader_next.
static bool take_header(struct csv_reader *reader, struct located *located, struct records *out)
{
    const char *data = located->block->data;
    size_t count = 0;
    while (data[out->ends[count]] != '\n') count++;
    size_t end = out->ends[count++];
    if (str_starts((str){data, end}, STR("\xEF\xBB\xBF"))) {
        err_set(&reader->failure, ERR_DATA, reader->name, 1, "begins with a byte order mark");
        return err_hint(&reader->failure, "run lead-normalize first: it reads CSV of any kind");
    }
    struct strict_place place = {reader->name, 1, 0};
    if (!strict_check((str){data, end + 1}, true, &place, &reader->failure)) return false;
    reader->columns = (uint32_t)count;
    reader->names = arena_new(&reader->arena, str, count);
    size_t start = 0;
    for (size_t i = 0; i < count; i++) {
        str raw = {data + start, out->ends[i] - start};
        if (i + 1 == count && str_ends(raw, STR("\r"))) raw.len--;
        if (raw.len && raw.data[0] == '"') raw = csv_unquote(raw, &reader->arena);
        reader->names[i] = arena_copy(&reader->arena, raw);
        start = out->ends[i] + 1;
    }
    for (size_t i = 0; i < end; i++) reader->line += data[i] == '\n';
    reader->line++;
    keep_rest(reader, located, end + 1);
    return true;
}

static bool read_header(struct csv_reader *reader, struct err *err)
{
    struct records header = {0};
    struct located located;
    bool is_good = true;
    if (next_block(reader, &located, &header)) {
        is_good = take_header(reader, &located, &header);
        block_release(located.block);
    } else {
        is_good = !reader->failure.kind;
    }
    records_release(&header);
    if (!is_good && err && !err->kind) *err = reader->failure;
    return is_good;
}

struct csv_reader *csv_reader_open_from(csv_read *read, void *state, const char *name,
                                        size_t block_bytes, struct err *err)
{
    struct csv_reader *reader = memory_zeroed(1, sizeof *reader);
    reader->read = read;
    reader->input = state;
    reader->name = arena_cstring(&reader->arena, str_of(name));
    reader->block_bytes = block_bytes ? block_bytes : BLOCK_BYTES_DEFAULT;
    reader->scan = scan_best();
    reader->line = 1;
    if (read_header(reader, err)) return reader;
    csv_reader_close(reader);
    return NULL;
}

uint32_t csv_reader_columns(const struct csv_reader *reader) { return reader->columns; }

str csv_reader_name(const struct csv_reader *reader, uint32_t column)
{
    return reader->names[column];
}

// Turns the separators, which are the ends already, into ends of `columns` fields a record: marks
// quoted fields, takes the CR of a CR LF off the last. False when a line end is not where it
// should be.
static bool mark_fields(const char *data, struct records *out)
{
    uint32_t start = 0, *end = out->ends;
    bool is_good = true;
    for (size_t row = 0; row < out->count; row++) {
        out->starts[row] = start;
        for (size_t column = 1; column < out->columns; column++, end++) {
            uint32_t at = *end;
            is_good &= data[at] != '\n';
            *end = at | (uint32_t)(data[start] == '"') << 31;
            start = at + 1;
        }
        uint32_t at = *end;
        is_good &= data[at] == '\n';
        uint32_t text_end = at - (at > start && data[at - 1] == '\r');
        *end++ = text_end | (uint32_t)(data[start] == '"') << 31;
        start = at + 1;
    }
    return is_good;
}

// Returns how many lines the records hold.
static uint64_t count_lines(const char *data, size_t len, bool has_newlines_inside,
                            struct records *out)
{
    for (uint32_t row = 0; row < out->count; row++) out->lines[row] = row;
    if (!has_newlines_inside) return out->count;
    uint32_t line = 0;
    for (uint32_t row = 0; row < out->count; row++) {
        out->lines[row] = line;
        const char *at = data + out->starts[row];
        const char *end = data + (row + 1 < out->count ? out->starts[row + 1] : len);
        for (; at < end && (at = memchr(at, '\n', (size_t)(end - at))); at++) line++;
    }
    return line;
}

static bool is_canonical(struct csv_reader *reader, const struct located *located, bool has_columns)
{
    const struct scan_state *state = &located->state;
    str text = {located->block->data, located->whole_len};
    bool is_suspect = !has_columns || state->irregular || state->bare_cr || state->nul;
    if (!is_suspect && !(state->not_ascii && !utf8_is_valid(text))) return true;
    // What was seen may stand in the record that is not whole yet.
    struct strict_place place = {reader->name, reader->line, reader->columns};
    if (!strict_check(text, true, &place, &reader->failure)) return false;
    if (has_columns) return true;
    return err_set(&reader->failure, ERR_DATA, reader->name, (long)reader->line, "not canonical");
}

static bool fill_records(struct csv_reader *reader, struct located *located, struct records *out)
{
    size_t rows = located->whole / reader->columns;
    bool has_columns = located->whole % reader->columns == 0;
    records_reserve(out, rows, reader->columns);
    out->count = (uint32_t)rows;
    out->columns = reader->columns;
    out->line_first = reader->line;
    const char *data = located->block->data;
    has_columns = mark_fields(data, out) && has_columns;
    if (!is_canonical(reader, located, has_columns)) return false;
    reader->line += count_lines(data, located->whole_len, located->state.newlines_inside, out);
    return true;
}

bool csv_reader_next(struct csv_reader *reader, struct records *out, struct err *err)
{
    records_clear(out);
    memory_free(out->raw_starts);
    memory_free(out->raw_ends);
    out->raw_starts = out->raw_ends = NULL;
    out->raw_capacity = 0;
    struct located located;
    bool is_going = reader->columns && (!reader->failure.kind || reader->carry);
    if (is_going && next_block(reader, &located, out)) {
        if (fill_records(reader, &located, out)) {
            out->block = located.block;
            keep_rest(reader, &located, located.whole_len);
            return true;
        }
        block_release(located.block);
    }
    out->count = 0;
    if (reader->failure.kind && err && !err->kind) *err = reader->failure;
    return false;
}

void csv_reader_close(struct csv_reader *reader)
{
    if (!reader) return;
    block_release(reader->carry);
    arena_release(&reader->arena);
    memory_free(reader);
}
