// Seeds: testdata/corpus/csv.
//
// All scanners agree, in one piece or two; and on input that they call regular they find the fields
// that libcsv finds in strict mode, which in turn refuses exactly what they call irregular.
#include <stdlib.h>

#include "core/base/buffer.h"
#include "libcsv.h"
#include "records.h"
#include "scan.h"

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) abort();                                                                 \
    } while (0)

static size_t scan_cut(scan_function *scan, str text, char delimiter, size_t cut,
                       struct scan_state *state, uint32_t *ends)
{
    *state = (struct scan_state){0};
    size_t count = scan(text.data, cut, delimiter, 0, state, ends);
    return count +
           scan(text.data + cut, text.len - cut, delimiter, (uint32_t)cut, state, ends + count);
}

static void same_state(const struct scan_state *a, const struct scan_state *b)
{
    CHECK(a->inside == b->inside && a->after_text == b->after_text);
    CHECK(a->after_close == b->after_close && a->after_cr == b->after_cr);
    CHECK(!a->quotes == !b->quotes && !a->irregular == !b->irregular);
    CHECK(!a->bare_cr == !b->bare_cr && !a->nul == !b->nul);
    CHECK(!a->not_ascii == !b->not_ascii && a->newlines_inside == b->newlines_inside);
}

static void add_field(struct buffer *out, str text)
{
    buffer_add(out, (str){(const char *)&text.len, sizeof text.len});
    buffer_add(out, text);
}

static void on_field(void *state, str text) { add_field(state, text); }

static void on_record(void *state) { buffer_add(state, STR("end of record")); }

static void fields_of_scan(str text, const uint32_t *ends, size_t count, struct buffer *out)
{
    struct arena arena = {0};
    size_t start = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_last = text.data[ends[i]] == '\n';
        str raw = {text.data + start, ends[i] - start};
        if (is_last && str_ends(raw, STR("\r"))) raw.len--;
        add_field(out, raw.len && raw.data[0] == '"' ? csv_unquote(raw, &arena) : raw);
        if (is_last) buffer_add(out, STR("end of record"));
        start = ends[i] + 1;
    }
    arena_release(&arena);
}

static void check_libcsv(str text, char delimiter, size_t piece, const struct scan_state *state,
                         const uint32_t *ends, size_t count)
{
    struct buffer want = {0}, got = {0};
    struct libcsv_events events = {on_field, on_record, &want};
    bool is_regular = libcsv_parse(text, delimiter, piece, true, &events);
    CHECK(is_regular == (!state->irregular && !state->inside));
    if (is_regular) {
        fields_of_scan(text, ends, count, &got);
        CHECK(str_equal(buffer_str(&want), buffer_str(&got)));
    }
    buffer_release(&want);
    buffer_release(&got);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Two bytes choose the delimiter and the cut; the rest is the text, to which an LF is added.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) return 0;
    char delimiter = ",;\t|"[data[0] & 3];
    size_t len = size - 1, cut = data[1] % (len + 1);
    char *copy = memory_alloc(len);
    memcpy(copy, data + 2, size - 2);
    copy[len - 1] = '\n';
    str text = {copy, len};
    uint32_t *want = memory_alloc(len * sizeof *want), *got = memory_alloc(len * sizeof *got);
    struct scan_state want_state, state;
    size_t count = scan_cut(scan_of(SCAN_PORTABLE), text, delimiter, len, &want_state, want);
    for (int kind = 0; kind < SCAN_KIND_COUNT; kind++) {
        scan_function *scan = scan_of((enum scan_kind)kind);
        if (!scan) continue;
        CHECK(scan_cut(scan, text, delimiter, cut, &state, got) == count);
        CHECK(memcmp(got, want, count * sizeof *got) == 0);
        same_state(&state, &want_state);
    }
    // To libcsv a lone CR ends a record.
    if (!state.bare_cr) check_libcsv(text, delimiter, cut, &state, want, count);
    memory_free(copy);
    memory_free(want);
    memory_free(got);
    return 0;
}
