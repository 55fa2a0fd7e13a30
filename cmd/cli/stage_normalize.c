#include "stage_normalize.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/normalize/export.h"
#include "core/normalize/stage.h"
#include "message.h"
#include "program.h"

// A batch and its cells stay in the second-level cache.
enum { BLOCK_BYTES = 64 << 10 };

static struct {
    const char *source, *name, *campaign, *country, *encoding, *delimiter, *dates, *names, *zone;
    struct option_list mapping;
    long header_line;
} options;

static struct {
    void (*watch)(void *state, struct filler *filler);
    void *state;
} watching;

const struct option normalize_options[] = {
    {OPTION_TEXT, 0, "source", "WORD",
     "where the leads come from (ad, webinar ...), or a source profile", &options.source},
    {OPTION_TEXT, 0, "name", "TEXT", "the vendor's or list's name, for source_name", &options.name},
    {OPTION_TEXT, 0, "campaign", "TEXT", "the event or campaign, for source_campaign",
     &options.campaign},
    {OPTION_TEXT, 0, "country", "CODE",
     "the country of leads and numbers that do not say, such as FI", &options.country},
    {OPTION_TEXT, 0, "dates", "ORDER",
     "day-first, month-first or year-first, where dates do not show it", &options.dates},
    {OPTION_TEXT, 0, "zone", "ZONE", "the zone of times that name none: UTC, EET, +02:00",
     &options.zone},
    {OPTION_TEXT, 0, "names", "ORDER",
     "given-first or family-first: how whole names in one column stand", &options.names},
    {OPTION_TEXT, 0, "encoding", "NAME",
     "utf-8, utf-16le, windows-1252, windows-1250, cp850, macintosh ...", &options.encoding},
    {OPTION_TEXT, 0, "delimiter", "CHAR", "what stands between fields (tab for a tab)",
     &options.delimiter},
    {OPTION_LIST, 0, "mapping", "HEADER=FIELD",
     "take the column HEADER for FIELD (may be repeated)", &options.mapping},
    {OPTION_NUMBER, 0, "header-line", "LINE", "the header row is line LINE of the file",
     &options.header_line},
    {0},
};

struct normalizer {
    struct export_source *source;
    struct export_options options;
    struct export_mapping *mappings;
    struct export_input *exports;
    struct summary_input *inputs;
    struct tally *skipped;
    size_t count;
};

// Loaded once, for the leads and for the lists beside them.
static struct {
    bool is_loaded;
    struct knowledge knowledge;
    struct value_rules values;
} loaded;

static bool load(const struct setup *setup, struct err *err)
{
    if (loaded.is_loaded) return true;
    loaded.is_loaded = true;
    loaded.knowledge.persons = &loaded.values.persons;
    return knowledge_load(&loaded.knowledge, setup->book, setup->diagnostics, err) &&
           value_rules_load(&loaded.values, setup->book, err);
}

static void read_encoding(struct export_options *to)
{
    static const struct {
        const char *name;
        enum encoding encoding;
    } known[] = {{"utf-8", ENCODING_UTF8},          {"utf-16le", ENCODING_UTF16LE},
                 {"utf-16be", ENCODING_UTF16BE},    {"windows-1252", ENCODING_CP1252},
                 {"macintosh", ENCODING_MACROMAN},  {"windows-1250", ENCODING_CP1250},
                 {"windows-1251", ENCODING_CP1251}, {"windows-1254", ENCODING_CP1254},
                 {"windows-1257", ENCODING_CP1257}, {"cp850", ENCODING_CP850}};
    if (!options.encoding) return;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!str_equal_nocase(str_of(options.encoding), str_of(known[i].name))) continue;
        to->has_encoding = true;
        to->encoding = known[i].encoding;
        return;
    }
    message_usage("--encoding: '%s' is not utf-8, utf-16le, utf-16be, windows-1250, -1251, -1252, "
                  "-1254, -1257, cp850 or macintosh",
                  options.encoding);
}

static void read_delimiter(struct export_options *to)
{
    if (!options.delimiter) return;
    bool is_tab = strcmp(options.delimiter, "tab") == 0 || strcmp(options.delimiter, "\\t") == 0;
    if (!is_tab && strlen(options.delimiter) != 1) {
        message_usage("--delimiter: '%s' is not one character", options.delimiter);
    }
    to->delimiter = is_tab ? '\t' : options.delimiter[0];
}

static void read_dates(struct export_options *to)
{
    static const char *const names[] = {"", "", "day-first", "month-first", "year-first"};
    if (!options.dates) return;
    for (size_t i = DATE_DAY_FIRST; i <= DATE_YEAR_FIRST; i++) {
        if (strcmp(options.dates, names[i]) == 0) to->dates = (enum date_order)i;
    }
    if (to->dates == DATE_ORDER_UNKNOWN) {
        message_usage("--dates: '%s' is not day-first, month-first or year-first", options.dates);
    }
}

static void read_zone(struct export_options *to)
{
    if (!options.zone) return;
    to->has_zone = date_zone(str_of(options.zone), &to->zone);
    if (!to->has_zone) message_usage("--zone: '%s' is not UTC, EET, +02:00 ...", options.zone);
}

static void read_names(struct export_options *to)
{
    if (!options.names) return;
    if (strcmp(options.names, "given-first") == 0) to->names = PERSON_GIVEN_FIRST;
    if (strcmp(options.names, "family-first") == 0) to->names = PERSON_FAMILY_FIRST;
    if (to->names == PERSON_ORDER_UNKNOWN) {
        message_usage("--names: '%s' is not given-first or family-first", options.names);
    }
}

static void read_country(struct export_options *to)
{
    static char code[3];
    if (!options.country) return;
    for (size_t i = 0; i < 2 && options.country[i]; i++) code[i] = options.country[i] & ~32;
    to->country = str_of(code);
    if (strlen(options.country) != 2 || !country_is_code(&loaded.values.countries, to->country)) {
        message_usage("--country: '%s' is not a country's code of two letters, such as FI",
                      options.country);
    }
}

static void read_mappings(struct normalizer *normalizer)
{
    normalizer->mappings = memory_zeroed(options.mapping.count, sizeof *normalizer->mappings);
    for (size_t i = 0; i < options.mapping.count; i++) {
        str text = str_of(options.mapping.items[i]);
        size_t equals = text.len;
        while (equals && text.data[equals - 1] != '=') equals--;
        if (equals < 2) message_usage("--mapping: '%s' is not HEADER=FIELD", text.data);
        normalizer->mappings[i].header = str_first(text, equals - 1);
        normalizer->mappings[i].field = str_from(text, equals);
    }
    normalizer->options.mappings = normalizer->mappings;
    normalizer->options.mapping_count = options.mapping.count;
}

// Only the leads' exports are described by the options; a list beside them speaks for itself.
static void read_options(struct normalizer *normalizer)
{
    struct export_options *to = &normalizer->options;
    to->source = str_of(options.source);
    to->source_name = str_of(options.name);
    to->source_campaign = str_of(options.campaign);
    to->header_line = (uint64_t)options.header_line;
    to->is_look = watching.watch != NULL;
    read_encoding(to);
    read_delimiter(to);
    read_dates(to);
    read_zone(to);
    read_names(to);
    read_mappings(normalizer);
}

static int year_of(const struct setup *setup)
{
    return (int)strtol((const char[5]){setup->as_of_text[0], setup->as_of_text[1],
                                       setup->as_of_text[2], setup->as_of_text[3], '\0'},
                       NULL, 10);
}

struct normalizer *normalizer_open(const struct setup *setup, const char *const paths[],
                                   size_t count, bool uses_options, struct stage *stage,
                                   struct err *err)
{
    if (!load(setup, err)) return NULL;
    struct normalizer *normalizer = memory_zeroed(1, sizeof *normalizer);
    read_country(&normalizer->options); // holds for lists beside the exports too
    if (uses_options)
        read_options(normalizer);
    else
        normalizer->options.is_look = true; // list_read says what it is to hold
    normalizer->options.threads = setup->threads;
    normalizer->count = count;
    normalizer->exports = memory_zeroed(count, sizeof *normalizer->exports);
    for (size_t i = 0; i < count; i++) {
        normalizer->exports[i] =
            (struct export_input){paths[i], &normalizer->options, program_stop()};
    }
    normalizer->source =
        export_source_open(normalizer->exports, count, &loaded.knowledge, BLOCK_BYTES, err);
    if (!normalizer->source) {
        normalizer_close(normalizer);
        return NULL;
    }
    struct normalize_options made = {.rules = &loaded.values,
                                     .source_words = &loaded.knowledge.sources,
                                     .year_now = year_of(setup),
                                     .today = str_first(str_of(setup->as_of_text), 10),
                                     .watch = watching.watch,
                                     .watch_state = watching.state};
    normalize_stage(&made, stage);
    return normalizer;
}

struct source *normalizer_source(struct normalizer *normalizer)
{
    return export_source_stage(normalizer->source);
}

const struct summary_input *normalizer_inputs(struct normalizer *normalizer, size_t *count)
{
    *count = normalizer->count;
    if (normalizer->inputs) return normalizer->inputs;
    normalizer->inputs = memory_zeroed(normalizer->count, sizeof *normalizer->inputs);
    normalizer->skipped = memory_zeroed(normalizer->count, sizeof *normalizer->skipped);
    for (size_t i = 0; i < normalizer->count; i++) {
        struct export_counts counts;
        export_source_counts(normalizer->source, i, &counts);
        for (int kind = 0; kind < SKIP_COUNT; kind++) {
            if (counts.skipped[kind] == 0) continue;
            tally_add(&normalizer->skipped[i], STR(""), str_of(skip_name((enum skip_kind)kind)),
                      counts.skipped[kind]);
        }
        tally_sort(&normalizer->skipped[i]);
        normalizer->inputs[i] =
            (struct summary_input){.name = export_source_plan(normalizer->source, i)->file,
                                   .digest = counts.digest,
                                   .records = counts.records,
                                   .skipped = &normalizer->skipped[i]};
    }
    return normalizer->inputs;
}

void normalizer_say_warnings(const struct normalizer *normalizer)
{
    for (size_t i = 0; i < normalizer->count; i++) {
        const struct export_plan *plan = export_source_plan(normalizer->source, i);
        for (const struct plan_note *note = plan->notes; note; note = note->next) {
            message_warning("%s: %.*s", plan->name, STR_ARG(note->text));
        }
        struct export_counts counts;
        export_source_counts(normalizer->source, i, &counts);
        if (counts.irregular) {
            message_warning("%s: %" PRIu64
                            " records had stray or unclosed quotes and were repaired",
                            plan->name, counts.irregular);
        }
        if (counts.unreadable) {
            message_warning("%s: %" PRIu64 " records have more fields than the header: rejected",
                            plan->name, counts.unreadable);
        }
    }
}

static void say_unread(const struct stage_result *result, const char *const fields[],
                       const char *what, const char *advice)
{
    enum { UNREAD_PART = 20 };
    uint64_t unread = 0, leads = result->out[PLACE_MAIN];
    for (size_t i = 0; fields[i]; i++) {
        unread += tally_get(&result->by_reason, STR("unreadable_values"), str_of(fields[i]));
    }
    if (unread * UNREAD_PART <= leads) return;
    message_warning("%" PRIu64 " %s%s of %" PRIu64 " lead%s could not be read; %s", unread, what,
                    unread == 1 ? "" : "s", leads, leads == 1 ? "" : "s", advice);
}

void normalizer_say_numbers(const struct stage_result *result)
{
    static const char *const numbers[] = {"phone", "mobile", "phone_other", NULL};
    static const char *const dates[] = {"created_at", "last_activity_at", "consent_at",
                                        "acquired_at", NULL};
    say_unread(result, numbers, "phone number",
               "where they are national ones, --country CODE names their country");
    say_unread(result, dates, "date",
               "leadpipe inspect shows how their columns are read, --dates ORDER decides it");
}

void normalizer_watch(void (*watch)(void *state, struct filler *filler), void *state)
{
    watching.watch = watch;
    watching.state = state;
}

const struct export_plan *normalizer_plan(const struct normalizer *normalizer, size_t i)
{
    return export_source_plan(normalizer->source, i);
}

void normalizer_counts(const struct normalizer *normalizer, size_t i, struct export_counts *counts)
{
    export_source_counts(normalizer->source, i, counts);
}

const struct knowledge *normalizer_knowledge(void) { return &loaded.knowledge; }

const struct value_rules *normalizer_values(void)
{
    return loaded.is_loaded ? &loaded.values : NULL;
}

void normalizer_close(struct normalizer *normalizer)
{
    if (!normalizer) return;
    export_source_close(normalizer->source);
    for (size_t i = 0; normalizer->skipped && i < normalizer->count; i++) {
        tally_release(&normalizer->skipped[i]);
    }
    memory_free(normalizer->skipped);
    memory_free(normalizer->inputs);
    memory_free(normalizer->exports);
    memory_free(normalizer->mappings);
    memory_free(normalizer);
}

static void release(void)
{
    if (!loaded.is_loaded) return;
    knowledge_release(&loaded.knowledge);
    value_rules_release(&loaded.values);
    loaded.is_loaded = false;
}

// Made by normalizer_open, not by make: its source and its stage belong together.
const struct stage_module normalize_module = {
    "normalize", normalize_options, NULL, release, NULL, NULL, NULL};
