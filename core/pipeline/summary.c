#include "summary.h"

#include <inttypes.h>

#include "core/base/json.h"

static void write_hash(struct buffer *out, hash128 hash)
{
    char hex[32];
    hash_hex(hash, hex);
    json_add_string(out, (str){hex, sizeof hex});
}

// The names and counts of one group of a sorted tally, from entry *at on.
static void write_group(struct buffer *out, const struct tally *tally, size_t *at)
{
    str group = tally->entries[*at].group;
    bool is_first = true;
    buffer_add_byte(out, '{');
    for (; *at < tally->count && str_equal(tally->entries[*at].group, group); ++*at) {
        json_add_name(out, &is_first, tally->entries[*at].name);
        buffer_format(out, "%" PRIu64, tally->entries[*at].count);
    }
    buffer_add_byte(out, '}');
}

static void write_tally(struct buffer *out, const struct tally *tally)
{
    bool is_first = true;
    buffer_add_byte(out, '{');
    for (size_t at = 0; at < tally->count;) {
        json_add_name(out, &is_first, tally->entries[at].group);
        write_group(out, tally, &at);
    }
    buffer_add_byte(out, '}');
}

static void write_input(struct buffer *out, const struct summary_input *input)
{
    buffer_add(out, STR("    {\"name\": "));
    json_add_string(out, input->name);
    buffer_add(out, STR(", \"xxh3\": "));
    write_hash(out, input->digest);
    buffer_format(out, ", \"records\": %" PRIu64 ", \"skipped\": ", input->records);
    size_t at = 0;
    if (input->skipped && input->skipped->count)
        write_group(out, input->skipped, &at);
    else
        buffer_add(out, STR("{}"));
    buffer_add_byte(out, '}');
}

static void write_stage(struct buffer *out, const struct stage_result *result)
{
    buffer_add(out, STR("    {\"name\": "));
    json_add_string(out, str_of(result->name));
    buffer_format(out, ", \"in\": %" PRIu64 ", \"out\": {", result->in);
    bool is_first = true;
    for (int place = 0; place < PLACE_COUNT; place++) {
        if (place != PLACE_MAIN && result->out[place] == 0) continue;
        json_add_name(out, &is_first, str_of(place_name((enum place)place)));
        buffer_format(out, "%" PRIu64, result->out[place]);
    }
    buffer_add(out, STR("},\n     \"by_source\": "));
    write_tally(out, &result->by_source);
    buffer_add(out, STR(",\n     \"by_reason\": "));
    write_tally(out, &result->by_reason);
    buffer_add_byte(out, '}');
}

void summary_write(const struct summary *summary, struct buffer *out)
{
    buffer_add(out, STR("{\"schema\": 1,\n \"program\": "));
    json_add_string(out, str_of(summary->program));
    buffer_add(out, STR(",\n \"as_of\": "));
    json_add_string(out, summary->as_of);
    buffer_add(out, STR(",\n \"rules_hash\": "));
    write_hash(out, summary->rules_hash);
    buffer_add(out, STR(",\n \"stats_hash\": "));
    write_hash(out, summary->stats_hash);
    buffer_add(out, STR(",\n \"inputs\": [\n"));
    for (size_t i = 0; i < summary->input_count; i++) {
        if (i) buffer_add(out, STR(",\n"));
        write_input(out, &summary->inputs[i]);
    }
    buffer_add(out, STR("],\n \"stages\": [\n"));
    for (size_t i = 0; i < summary->stage_count; i++) {
        if (i) buffer_add(out, STR(",\n"));
        write_stage(out, &summary->results[i]);
    }
    buffer_add(out, STR("]}\n"));
}

bool summary_holds(const struct summary *summary, uint64_t records, struct err *err)
{
    uint64_t expected = records;
    for (size_t i = 0; i < summary->stage_count; i++) {
        const struct stage_result *result = &summary->results[i];
        uint64_t given = 0;
        for (int place = 0; place < PLACE_COUNT; place++) {
            if (!place_is_beside((enum place)place)) given += result->out[place];
        }
        if (result->in != expected || given != result->in) {
            return err_set(err, ERR_DATA, NULL, 0,
                           "records were lost in %s: %" PRIu64 " came, %" PRIu64 " taken, %" PRIu64
                           " given",
                           result->name, expected, result->in, given);
        }
        expected = result->out[PLACE_MAIN];
    }
    return true;
}
