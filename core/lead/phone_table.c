// Reads rules/normalize/phones.table; see phone_rules.h.
#include "phone_rules.h"

#include "core/base/memory.h"
#include "phone.h"

// The kinds as the table writes them, in the order of enum phone_kind.
static const char kind_letters[] = "-fmetpsvngucz";

struct reader {
    struct phone_rules *rules;
    const char *file;
    str rest;
    long line;
    str fields[9];
    size_t field_count;
    uint32_t states, plans, prefixes, codes; // read so far
    struct err *err;
};

static bool damaged(struct reader *reader, const char *what)
{
    err_set(reader->err, ERR_RULES, reader->file, reader->line, "%s", what);
    return err_hint(reader->err, "make the file again with rules/refresh/phones.py");
}

static bool number_of(str text, uint32_t max, uint32_t *number)
{
    uint32_t value = 0;
    if (text.len == 0 || text.len > 6) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_digit(text.data[i])) return false;
        value = value * 10 + (uint32_t)(text.data[i] - '0');
    }
    *number = value;
    return value <= max;
}

// A field that is a number of at most max.
static bool field_number(struct reader *reader, size_t field, uint32_t max, uint32_t *number)
{
    return number_of(reader->fields[field], max, number) ||
           damaged(reader, "a number is missing or out of range");
}

// The next line that is no comment, cut at its tabs. False at the end.
static bool next_line(struct reader *reader)
{
    str line;
    while (str_cut(&reader->rest, '\n', &line)) {
        reader->line++;
        if (line.len == 0 || line.data[0] == '#') continue;
        if (line.data[line.len - 1] == '\r') line.len--;
        reader->field_count = 0;
        str field;
        while (reader->field_count < 9 && str_cut(&line, '\t', &field)) {
            reader->fields[reader->field_count++] = field;
        }
        return true;
    }
    return false;
}

static bool is_record(const struct reader *reader, const char *name, size_t fields)
{
    return str_equal(reader->fields[0], str_of(name)) && reader->field_count == fields;
}

static bool read_header(struct reader *reader)
{
    struct phone_rules *rules = reader->rules;
    if (!next_line(reader) || !is_record(reader, "phones", 7) ||
        !str_equal(reader->fields[1], STR("1"))) {
        return damaged(reader, "this is no table of phone numbers of format 1");
    }
    if (!field_number(reader, 3, UINT16_MAX, &rules->state_count)) return false;
    if (!field_number(reader, 4, 1000, &rules->plan_count)) return false;
    if (!field_number(reader, 5, UINT16_MAX, &rules->prefix_count)) return false;
    if (!field_number(reader, 6, 999, &rules->code_count)) return false;
    rules->states = memory_zeroed(rules->state_count + 1, sizeof *rules->states);
    rules->plans = memory_zeroed(rules->plan_count + 1, sizeof *rules->plans);
    rules->prefixes = memory_zeroed(rules->prefix_count + 1, sizeof *rules->prefixes);
    return true;
}

static bool read_label(struct reader *reader, str label, struct phone_state *state)
{
    if (str_equal(label, STR("-"))) return true;
    if (str_equal(label, STR("+"))) {
        state->accepts = true;
        return true;
    }
    if (label.len < 4 || label.data[label.len - 2] != '.') return damaged(reader, "bad label");
    str region = str_first(label, label.len - 2);
    const char *kind = memchr(kind_letters + 1, label.data[label.len - 1], PHONE_KIND_COUNT - 1);
    if (!kind) return damaged(reader, "unknown kind of number");
    state->kind = (uint8_t)(kind - kind_letters);
    if (str_equal(region, STR("001"))) return true;
    if (region.len != 2 || !byte_is_upper(region.data[0]) || !byte_is_upper(region.data[1])) {
        return damaged(reader, "bad region");
    }
    memcpy(state->region, region.data, 2);
    return true;
}

// "0123@17 4@9": the digits and the state that they lead to.
static bool read_runs(struct reader *reader, str runs, struct phone_state *state)
{
    if (str_equal(runs, STR("-"))) return true;
    str run;
    while (str_cut(&runs, ' ', &run)) {
        size_t digits = 0;
        while (digits < run.len && byte_is_digit(run.data[digits])) digits++;
        uint32_t target;
        if (digits == 0 || digits == run.len || run.data[digits] != '@' ||
            !number_of(str_from(run, digits + 1), reader->states - 1, &target)) {
            return damaged(reader, "bad steps of a state");
        }
        for (size_t i = 0; i < digits; i++) state->next[run.data[i] - '0'] = (uint16_t)target;
    }
    return true;
}

static bool read_state(struct reader *reader)
{
    if (++reader->states > reader->rules->state_count) return damaged(reader, "too many states");
    struct phone_state *state = &reader->rules->states[reader->states];
    return read_label(reader, reader->fields[1], state) &&
           read_runs(reader, reader->fields[2], state);
}

static bool read_lengths(struct reader *reader, str list, struct phone_plan *plan)
{
    if (str_equal(list, STR("-"))) return true;
    str piece;
    while (str_cut(&list, ',', &piece)) {
        uint32_t length;
        if (!number_of(piece, PHONE_NSN_MAX, &length)) return damaged(reader, "bad length");
        plan->lengths |= 1u << length;
        if (length > plan->length_max) plan->length_max = (uint8_t)length;
    }
    return true;
}

static bool read_plan(struct reader *reader)
{
    struct phone_rules *rules = reader->rules;
    if (++reader->plans > rules->plan_count) return damaged(reader, "too many plans");
    struct phone_plan *plan = &rules->plans[reader->plans];
    str region = reader->fields[1];
    uint32_t code = 0, general = 0, idd = 0, first = 0, count = 0;
    if (!field_number(reader, 2, 999, &code) || !read_lengths(reader, reader->fields[3], plan) ||
        !field_number(reader, 4, rules->state_count, &general) ||
        !field_number(reader, 5, rules->state_count, &idd) ||
        !field_number(reader, 6, rules->prefix_count, &first) ||
        !field_number(reader, 7, rules->prefix_count, &count)) {
        return false;
    }
    if (code == 0 || reader->fields[2].data[0] == '0') return damaged(reader, "bad calling code");
    if (count && (first == 0 || first + count - 1 > rules->prefix_count)) {
        return damaged(reader, "rules that are not there");
    }
    plan->code = (uint16_t)code;
    for (str digits = reader->fields[2]; digits.len; digits = str_from(digits, 1)) {
        plan->code_digits[plan->code_len++] = (uint8_t)(digits.data[0] - '0');
    }
    plan->general = (uint16_t)general;
    plan->idd = (uint16_t)idd;
    plan->prefix_first = (uint16_t)first;
    plan->prefix_count = (uint16_t)count;
    if (str_equal(region, STR("001"))) return true;
    if (region.len != 2 || !byte_is_upper(region.data[0]) || !byte_is_upper(region.data[1])) {
        return damaged(reader, "bad region");
    }
    memcpy(plan->region, region.data, 2);
    int at = (region.data[0] - 'A') * 26 + (region.data[1] - 'A');
    if (rules->region_plan[at]) return damaged(reader, "a second plan of one region");
    rules->region_plan[at] = (uint16_t)reader->plans;
    return true;
}

static bool read_prefix(struct reader *reader)
{
    struct phone_rules *rules = reader->rules;
    if (++reader->prefixes > rules->prefix_count) return damaged(reader, "too many rules");
    struct phone_prefix *prefix = &rules->prefixes[reader->prefixes];
    uint32_t start = 0, whole = 0, drop = PHONE_DROP_ALL, cut = 0;
    bool drops_all = str_equal(reader->fields[3], STR("*"));
    if (!field_number(reader, 1, rules->state_count, &start) ||
        !field_number(reader, 2, 1, &whole) ||
        (!drops_all && !field_number(reader, 3, PHONE_NSN_MAX, &drop)) ||
        !field_number(reader, 4, PHONE_NSN_MAX, &cut)) {
        return false;
    }
    prefix->start = (uint16_t)start;
    prefix->whole = whole;
    prefix->drop = (uint8_t)drop;
    prefix->cut = (uint8_t)cut;
    str insert = reader->fields[5];
    if (str_equal(insert, STR("-"))) return true;
    if (insert.len > PHONE_INSERT_MAX) return damaged(reader, "too many digits to put in front");
    uint8_t digits[PHONE_INSERT_MAX] = {0};
    for (size_t i = 0; i < insert.len; i++) {
        if (!byte_is_digit(insert.data[i])) return damaged(reader, "bad digits to put in front");
        digits[i] = (uint8_t)(insert.data[i] - '0');
    }
    memcpy(prefix->insert, digits, sizeof digits);
    prefix->insert_len = (uint8_t)insert.len;
    return true;
}

static bool read_code(struct reader *reader)
{
    struct phone_rules *rules = reader->rules;
    if (++reader->codes > rules->code_count) return damaged(reader, "too many calling codes");
    uint32_t code = 0, plan = 0, start = 0;
    if (!field_number(reader, 1, 999, &code) || !field_number(reader, 2, reader->plans, &plan) ||
        !field_number(reader, 3, rules->state_count, &start)) {
        return false;
    }
    if (code == 0 || plan == 0 || rules->code_plan[code] || rules->plans[plan].code != code) {
        return damaged(reader, "bad calling code");
    }
    rules->code_plan[code] = (uint16_t)plan;
    rules->code_start[code] = (uint16_t)start;
    return true;
}

static bool read_record(struct reader *reader)
{
    if (is_record(reader, "s", 3)) return read_state(reader);
    if (is_record(reader, "p", 8)) return read_plan(reader);
    if (is_record(reader, "n", 6)) return read_prefix(reader);
    if (is_record(reader, "c", 4)) return read_code(reader);
    return damaged(reader, "unknown line");
}

bool phone_rules_read_table(struct phone_rules *rules, struct rule_text table, struct err *err)
{
    struct reader reader = {.rules = rules, .file = table.file, .rest = table.text, .err = err};
    if (!read_header(&reader)) return false;
    while (next_line(&reader)) {
        if (!read_record(&reader)) return false;
    }
    if (reader.states != rules->state_count || reader.plans != rules->plan_count ||
        reader.prefixes != rules->prefix_count || reader.codes != rules->code_count) {
        return damaged(&reader, "the file is not whole");
    }
    // A plan whose calling code has no line could give numbers that cannot be judged.
    for (uint32_t i = 1; i <= rules->plan_count; i++) {
        if (!rules->code_plan[rules->plans[i].code]) return damaged(&reader, "a code is missing");
    }
    return true;
}
