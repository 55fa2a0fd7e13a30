#include "report.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/base/utf8.h"

enum { NAME_WIDTH_MIN = 12, NAME_WIDTH_MAX = 40 };

// The columns of the table: what is counted of a source.
enum column {
    COLUMN_READ,
    COLUMN_REJECTS,
    COLUMN_DUPLICATES,
    COLUMN_SUPPRESSED,
    COLUMN_EXISTING,
    COLUMN_KNOWN,
    COLUMN_LEADS,
    COLUMN_HOT,
    COLUMN_WARM,
    COLUMN_COLD,
    COLUMN_SUSPECT,
    COLUMN_ASIDE,
    COLUMN_COUNT,
};

static const struct {
    const char *header, *stage, *tally; // no tally: worked out here
    int width;                          // at least
    bool is_rare;                       // shown when there are any
} columns[COLUMN_COUNT] = {
    [COLUMN_READ] = {"read", "normalize", "in", 8, false},
    [COLUMN_REJECTS] = {"reject", "normalize", NULL, 8, false},
    [COLUMN_DUPLICATES] = {"dup", "dedupe", "duplicates", 8, false},
    [COLUMN_SUPPRESSED] = {"supp", "dedupe", "suppressed", 8, false},
    [COLUMN_EXISTING] = {"exist", "dedupe", "existing", 8, true},
    [COLUMN_KNOWN] = {"known", "dedupe", "known", 8, false},
    [COLUMN_LEADS] = {"leads", "normalize", NULL, 8, false},
    [COLUMN_HOT] = {"hot", "score", "hot", 8, false},
    [COLUMN_WARM] = {"warm", "score", "warm", 6, false},
    [COLUMN_COLD] = {"cold", "score", "cold", 6, false},
    [COLUMN_SUSPECT] = {"suspect", "score", "suspect", 9, false},
    [COLUMN_ASIDE] = {"aside", "score", "set_aside", 7, true},
};

// One line of the table.
struct line {
    str name;
    uint64_t counts[COLUMN_COUNT];
};

static const struct stage_result *find(const struct report *report, const char *name)
{
    for (size_t i = 0; i < report->stage_count; i++) {
        if (strcmp(report->results[i].name, name) == 0) return &report->results[i];
    }
    return NULL;
}

static uint64_t count_of(const struct stage_result *result, str source, const char *what)
{
    return result ? tally_get(&result->by_source, source, str_of(what)) : 0;
}

static struct line line_of(const struct report *report, str source)
{
    struct line line = {.name = source};
    uint64_t *counts = line.counts;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (!columns[i].tally) continue;
        counts[i] = count_of(find(report, columns[i].stage), source, columns[i].tally);
    }
    for (size_t i = 0; i < report->stage_count; i++) {
        counts[COLUMN_REJECTS] += count_of(&report->results[i], source, "rejects");
    }
    counts[COLUMN_LEADS] = counts[COLUMN_READ] - counts[COLUMN_REJECTS] -
                           counts[COLUMN_DUPLICATES] - counts[COLUMN_SUPPRESSED] -
                           counts[COLUMN_EXISTING];
    return line;
}

// A name padded or cut to width code points.
static void add_name(struct buffer *out, str name, size_t width)
{
    size_t count = utf8_count(name);
    if (count > width) {
        size_t at = 0;
        for (size_t i = 0; i < width - 1; i++) utf8_next(name, &at);
        buffer_format(out, "%.*s\xE2\x80\xA6", (int)at, name.data);
        return;
    }
    buffer_format(out, "%.*s%*s", STR_ARG(name), (int)(width - count), "");
}

// How wide every column is: 0 = not shown.
struct layout {
    size_t name;
    int widths[COLUMN_COUNT];
};

// The total is the largest number of its column.
static void set_widths(struct layout *layout, const struct report *report, const struct line *total)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        bool is_of_score = strcmp(columns[i].stage, "score") == 0;
        layout->widths[i] = 0;
        if (columns[i].is_rare && total->counts[i] == 0) continue;
        if (is_of_score && !find(report, "score")) continue;
        int needed = 2 + snprintf(NULL, 0, "%" PRIu64, total->counts[i]);
        layout->widths[i] = needed > columns[i].width ? needed : columns[i].width;
    }
}

static void add_header(struct buffer *out, const struct layout *layout)
{
    add_name(out, STR("source"), layout->name);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (layout->widths[i]) buffer_format(out, "%*s", layout->widths[i], columns[i].header);
    }
    buffer_add_byte(out, '\n');
}

static void add_line(struct buffer *out, const struct line *line, const struct layout *layout)
{
    add_name(out, line->name, layout->name);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (layout->widths[i]) buffer_format(out, "%*" PRIu64, layout->widths[i], line->counts[i]);
    }
    buffer_add_byte(out, '\n');
}

// The distinct source names, in order, from what normalize read.
static size_t sources(const struct report *report, str **names)
{
    const struct stage_result *normalize = find(report, "normalize");
    size_t count = 0;
    *names = memory_zeroed(normalize ? normalize->by_source.count : 0, sizeof **names);
    for (size_t i = 0; normalize && i < normalize->by_source.count; i++) {
        str group = normalize->by_source.entries[i].group;
        if (count == 0 || !str_equal((*names)[count - 1], group)) (*names)[count++] = group;
    }
    return count;
}

static void add_table(const struct report *report, struct buffer *out, struct line *total)
{
    str *names;
    size_t count = sources(report, &names);
    struct line *lines = memory_zeroed(count + 1, sizeof *lines);
    struct layout layout = {.name = NAME_WIDTH_MIN};
    *total = (struct line){.name = STR("total")};
    for (size_t i = 0; i < count; i++) {
        size_t len = utf8_count(names[i]);
        if (len > layout.name) layout.name = len < NAME_WIDTH_MAX ? len : NAME_WIDTH_MAX;
        lines[i] = line_of(report, names[i]);
        for (size_t j = 0; j < COLUMN_COUNT; j++) total->counts[j] += lines[i].counts[j];
    }
    set_widths(&layout, report, total);
    add_header(out, &layout);
    for (size_t i = 0; i < count; i++) add_line(out, &lines[i], &layout);
    add_line(out, total, &layout);
    memory_free(lines);
    memory_free(names);
}

static void add_count(struct buffer *out, const char *before, uint64_t count, const char *what)
{
    buffer_format(out, "%s%" PRIu64 " %s%s", before, count, what, count == 1 ? "" : "s");
}

static void add_sum(struct buffer *out, const struct line *total)
{
    const uint64_t *counts = total->counts;
    buffer_format(out, "\n%" PRIu64 " read", counts[COLUMN_READ]);
    add_count(out, " = ", counts[COLUMN_LEADS], "lead");
    add_count(out, " + ", counts[COLUMN_REJECTS], "reject");
    add_count(out, " + ", counts[COLUMN_DUPLICATES], "duplicate");
    buffer_format(out, " + %" PRIu64 " suppressed", counts[COLUMN_SUPPRESSED]);
    if (counts[COLUMN_EXISTING]) {
        buffer_format(out, " + %" PRIu64 " existing", counts[COLUMN_EXISTING]);
    }
    buffer_add_byte(out, '\n');
}

// Dates after the run's day, by column.
static void add_future(struct buffer *out, const struct report *report)
{
    const struct stage_result *score = find(report, "score");
    bool is_first = true;
    for (size_t i = 0; score && i < score->by_reason.count; i++) {
        const struct tally_entry *entry = &score->by_reason.entries[i];
        if (!str_equal(entry->group, STR("dates_in_future"))) continue;
        buffer_format(out, "%s%" PRIu64 " in %.*s", is_first ? "Dates in the future: " : ", ",
                      entry->count, STR_ARG(entry->name));
        is_first = false;
    }
    if (!is_first) buffer_add(out, STR("; they count as of today.\n"));
}

static void add_top(struct buffer *out, const struct top_lead *top)
{
    if (!top || !top->is_found) return;
    buffer_format(out, "\nCall first: %s", top->name[0] ? top->name : "a lead without a name");
    if (top->job_title[0]) buffer_format(out, ", %s", top->job_title);
    if (top->company[0]) buffer_format(out, ", %s", top->company);
    buffer_format(out, " (score %ld, %s)\n", top->score, top->tier);
    if (top->contact[0]) buffer_format(out, "  %s\n", top->contact);
    if (top->owner[0]) buffer_format(out, "  owner in the CRM: %s\n", top->owner);
    str reasons = str_of(top->reasons), reason;
    while (str_cut(&reasons, ';', &reason)) {
        buffer_format(out, "  %.*s\n", STR_ARG(str_trim(reason)));
    }
}

// Leads that the CRM knows, in no file: --on-match drop.
static uint64_t count_dropped(const struct report *report)
{
    uint64_t count = 0;
    for (size_t i = 0; i < report->other_count; i++) {
        if (strcmp(report->others[i], place_name(PLACE_EXISTING)) == 0) return 0;
    }
    for (size_t i = 0; i < report->stage_count; i++) {
        count += report->results[i].out[PLACE_EXISTING];
    }
    return count;
}

// "rejects.csv, duplicates.csv and suppressed.csv beside it hold every other record"
static void add_files(struct buffer *out, const struct report *report)
{
    buffer_format(out, "\n%s/leads.csv  the leads; ", report->dir);
    for (size_t i = 0; i < report->other_count; i++) {
        bool is_last = i + 1 == report->other_count;
        const char *before = i == 0 ? "" : is_last ? " and " : ", ";
        buffer_format(out, "%s%s.csv", before, report->others[i]);
    }
    uint64_t dropped = count_dropped(report);
    buffer_format(out, " beside it %s every other record",
                  report->other_count == 1 ? "holds" : "hold");
    if (dropped) buffer_format(out, " but the %" PRIu64 " existing, which were dropped", dropped);
    buffer_add(out, STR(",\n"));
    buffer_add(out, STR("summary.json the counts by source and reason.\n"));
}

void report_write(const struct report *report, struct buffer *out)
{
    struct line total;
    buffer_format(out, "%s: %zu %s, as of %s\n\n", report->program, report->input_count,
                  report->input_count == 1 ? "export" : "exports", report->as_of);
    add_table(report, out, &total);
    add_sum(out, &total);
    add_future(out, report);
    add_top(out, report->top);
    add_files(out, report);
}
