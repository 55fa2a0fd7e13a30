#include "phone_rules.h"

#include "core/base/memory.h"

// The places of a repair's `from`: a digit, [6-9], N for any digit.
static bool read_place(str *text, uint16_t *digits)
{
    char c = text->data[0];
    *digits = 0;
    if (c == 'N' || byte_is_digit(c)) {
        *digits = (uint16_t)(c == 'N' ? 0x3FFu : 1u << (c - '0'));
        *text = str_from(*text, 1);
        return true;
    }
    ptrdiff_t end = str_find(*text, ']');
    if (c != '[' || end < 2) return false;
    for (ptrdiff_t i = 1; i < end; i++) {
        char low = text->data[i], high = low;
        if (i + 2 < end && text->data[i + 1] == '-') high = text->data[i += 2];
        if (!byte_is_digit(low) || !byte_is_digit(high) || high < low) return false;
        for (char digit = low; digit <= high; digit++) *digits |= (uint16_t)(1u << (digit - '0'));
    }
    *text = str_from(*text, (size_t)end + 1);
    return true;
}

static bool is_one_digit(uint16_t digits) { return (digits & (digits - 1)) == 0; }

static bool read_template(struct phone_repair *repair, str from, str to)
{
    size_t given = 0, taken = 0;
    if (from.len && from.data[from.len - 1] == '*') {
        repair->open = true;
        from.len--;
    }
    while (from.len) {
        if (repair->from_len == PHONE_TEMPLATE_MAX) return false;
        uint16_t *digits = &repair->from[repair->from_len++];
        if (!read_place(&from, digits)) return false;
        given += !is_one_digit(*digits);
    }
    for (size_t i = 0; i < to.len; i++) {
        if (i == PHONE_TEMPLATE_MAX || (to.data[i] != 'N' && !byte_is_digit(to.data[i]))) {
            return false;
        }
        taken += to.data[i] == 'N';
        repair->to[repair->to_len++] = to.data[i] == 'N' ? PHONE_TAKE : (uint8_t)(to.data[i] - '0');
    }
    return repair->from_len && repair->to_len && taken == given;
}

static bool code_of(str text, uint16_t *code)
{
    uint32_t value = 0;
    for (size_t i = 0; i < text.len && i < 4; i++) {
        if (!byte_is_digit(text.data[i])) return false;
        value = value * 10 + (uint32_t)(text.data[i] - '0');
    }
    *code = (uint16_t)value;
    return value > 0 && value < 1000;
}

static bool load_repairs(struct phone_rules *rules, struct rulebook *book, struct err *err)
{
    static const char file[] = "normalize/phones.repairs.tsv";
    struct table table = {0};
    int reason, code, from, to;
    bool ok = table_load(&table, book, STR("normalize/phones.repairs.tsv"), err) &&
              table_need(&table, file, "reason", &reason, err) &&
              table_need(&table, file, "code", &code, err) &&
              table_need(&table, file, "from", &from, err) &&
              table_need(&table, file, "to", &to, err);
    if (ok) rules->repairs = memory_zeroed(table.rows + 1, sizeof *rules->repairs);
    for (size_t row = 0; ok && row < table.rows; row++) {
        struct phone_repair *repair = &rules->repairs[rules->repair_count++];
        ok = code_of(table_cell(&table, row, code), &repair->code) &&
             read_template(repair, table_cell(&table, row, from), table_cell(&table, row, to));
        if (!ok) {
            err_set(err, ERR_RULES, file, 0, "bad repair '%.*s'",
                    STR_ARG(table_cell(&table, row, from)));
            err_hint(err, "from: digits, N, [6-9], * at the end; to: digits and as many N");
            break;
        }
        repair->reason = arena_cstring(&rules->arena, table_cell(&table, row, reason));
    }
    table_release(&table);
    return ok;
}

static bool load_words(struct phone_rules *rules, struct rulebook *book, struct err *err)
{
    struct table table = {0};
    int word;
    bool ok = table_load(&table, book, STR("normalize/phones.words.tsv"), err) &&
              table_need(&table, "normalize/phones.words.tsv", "word", &word, err);
    for (size_t row = 0; ok && row < table.rows; row++) {
        map_put(&rules->extension_words, table_cell(&table, row, word), 1);
    }
    table_release(&table);
    return ok;
}

bool phone_rules_load(struct phone_rules *rules, struct rulebook *book, struct err *err)
{
    struct rule_text table;
    return rulebook_read(book, STR("normalize/phones.table"), NULL, &table, err) &&
           phone_rules_read_table(rules, table, err) && load_repairs(rules, book, err) &&
           load_words(rules, book, err);
}

void phone_rules_release(struct phone_rules *rules)
{
    memory_free(rules->states);
    memory_free(rules->plans);
    memory_free(rules->prefixes);
    memory_free(rules->repairs);
    map_release(&rules->extension_words);
    arena_release(&rules->arena);
    *rules = (struct phone_rules){0};
}
