#include "report.h"

#include <inttypes.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/base/utf8.h"

enum { NAME_WIDTH_MIN = 12, NAME_WIDTH_MAX = 40 };

// One line of the table.
struct line {
    str name;
    uint64_t read, rejects, duplicates, suppressed, existing, known, leads, hot, warm, cold,
        suspect;
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
    const struct stage_result *dedupe = find(report, "dedupe"), *score = find(report, "score");
    struct line line = {.name = source};
    for (size_t i = 0; i < report->stage_count; i++) {
        line.rejects += count_of(&report->results[i], source, "rejects");
    }
    line.read = count_of(find(report, "normalize"), source, "in");
    line.duplicates = count_of(dedupe, source, "duplicates");
    line.suppressed = count_of(dedupe, source, "suppressed");
    line.existing = count_of(dedupe, source, "existing");
    line.known = count_of(dedupe, source, "known");
    line.leads = line.read - line.rejects - line.duplicates - line.suppressed - line.existing;
    line.hot = count_of(score, source, "hot");
    line.warm = count_of(score, source, "warm");
    line.cold = count_of(score, source, "cold");
    line.suspect = count_of(score, source, "suspect");
    return line;
}

static void add(struct line *total, const struct line *line)
{
    total->read += line->read;
    total->rejects += line->rejects;
    total->duplicates += line->duplicates;
    total->suppressed += line->suppressed;
    total->existing += line->existing;
    total->known += line->known;
    total->leads += line->leads;
    total->hot += line->hot;
    total->warm += line->warm;
    total->cold += line->cold;
    total->suspect += line->suspect;
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

static void add_line(struct buffer *out, const struct line *line, size_t width, bool is_scored)
{
    add_name(out, line->name, width);
    buffer_format(out, "%8" PRIu64 "%8" PRIu64 "%8" PRIu64 "%8" PRIu64 "%8" PRIu64 "%8" PRIu64,
                  line->read, line->rejects, line->duplicates, line->suppressed, line->known,
                  line->leads);
    if (is_scored) {
        buffer_format(out, "%8" PRIu64 "%6" PRIu64 "%6" PRIu64 "%9" PRIu64, line->hot, line->warm,
                      line->cold, line->suspect);
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
    size_t count = sources(report, &names), width = NAME_WIDTH_MIN;
    bool is_scored = find(report, "score") != NULL;
    for (size_t i = 0; i < count; i++) {
        size_t len = utf8_count(names[i]);
        if (len > width) width = len < NAME_WIDTH_MAX ? len : NAME_WIDTH_MAX;
    }
    add_name(out, STR("source"), width);
    buffer_add(out, STR("    read  reject     dup    supp   known   leads"));
    if (is_scored) buffer_add(out, STR("     hot  warm  cold  suspect"));
    buffer_add_byte(out, '\n');
    *total = (struct line){.name = STR("total")};
    for (size_t i = 0; i < count; i++) {
        struct line line = line_of(report, names[i]);
        add_line(out, &line, width, is_scored);
        add(total, &line);
    }
    add_line(out, total, width, is_scored);
    memory_free(names);
}

static void add_sum(struct buffer *out, const struct line *total)
{
    buffer_format(out,
                  "\n%" PRIu64 " read = %" PRIu64 " leads + %" PRIu64 " rejects + %" PRIu64
                  " duplicates + %" PRIu64 " suppressed",
                  total->read, total->leads, total->rejects, total->duplicates, total->suppressed);
    if (total->existing) buffer_format(out, " + %" PRIu64 " existing", total->existing);
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
    buffer_format(out, "\nCall first: %s", top->name);
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

void report_write(const struct report *report, struct buffer *out)
{
    struct line total;
    buffer_format(out, "%s: %zu %s, as of %s\n\n", report->program, report->input_count,
                  report->input_count == 1 ? "export" : "exports", report->as_of);
    add_table(report, out, &total);
    add_sum(out, &total);
    add_future(out, report);
    add_top(out, report->top);
    buffer_format(
        out,
        "\n%s/leads.csv  the leads; rejects.csv, duplicates.csv and suppressed.csv beside it"
        " hold every other record,\nsummary.json the counts by source and reason.\n",
        report->dir);
}
