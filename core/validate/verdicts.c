#include "verdicts.h"

#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "verdicts_fold.h"

static const char results_file[] = "email/verifier_results.tsv";

static bool read_meaning(struct verdicts *verdicts, size_t row, const int columns[5],
                         struct err *err)
{
    struct verdict_meaning *meaning = &verdicts->meanings[row];
    str cells[5];
    for (int i = 0; i < 5; i++) cells[i] = table_cell(&verdicts->results, row, columns[i]);
    *meaning = (struct verdict_meaning){.verifier = cells[0],
                                        .result = verdicts_fold(cells[1], &verdicts->arena),
                                        .detail = verdicts_fold(cells[2], &verdicts->arena),
                                        .code = cells[3],
                                        .refutes = cells[4]};
    if (str_equal(cells[3], STR("deliverable"))) {
        meaning->code = (str){"", 0};
    } else if (!str_equal(cells[3], STR("nothing")) &&
               !email_rules_know(verdicts->rules, cells[3])) {
        err_set(err, ERR_RULES, results_file, 0, "email.rules has no line \"%.*s\"",
                STR_ARG(cells[3]));
        return err_hint(err, "a line with a severity, the code and a text makes one");
    }
    meaning->weight = email_rules_weight(verdicts->rules, meaning->code);
    meaning->is_lasting = email_rules_mark(verdicts->rules, meaning->code, EMAIL_LASTING);
    return true;
}

bool verdicts_load(struct verdicts *verdicts, struct rulebook *book,
                   const struct email_rules *rules, const struct email_providers *providers,
                   struct err *err)
{
    static const char *const names[] = {"verifier", "result", "detail", "code", "refutes"};
    int columns[5];
    verdicts->rules = rules;
    verdicts->providers = providers;
    if (!table_load(&verdicts->columns, book, STR("email/verifier_columns.tsv"), err) ||
        !table_load(&verdicts->results, book, STR("email/verifier_results.tsv"), err)) {
        return false;
    }
    for (int i = 0; i < 5; i++) {
        if (!table_need(&verdicts->results, results_file, names[i], &columns[i], err)) return false;
    }
    verdicts->meaning_count = verdicts->results.rows;
    verdicts->meanings = memory_zeroed(verdicts->meaning_count, sizeof *verdicts->meanings);
    for (size_t i = 0; i < verdicts->meaning_count; i++) {
        if (!read_meaning(verdicts, i, columns, err)) return false;
    }
    return true;
}

void verdicts_release(struct verdicts *verdicts)
{
    table_release(&verdicts->columns);
    table_release(&verdicts->results);
    memory_free(verdicts->meanings);
    memory_free(verdicts->found);
    key_table_release(&verdicts->by_key);
    arena_release(&verdicts->arena);
    *verdicts = (struct verdicts){0};
}

const struct verdict_found *verdicts_find(const struct verdicts *verdicts, str address,
                                          struct arena *arena)
{
    if (verdicts->count == 0) return NULL;
    str key = email_key(verdicts->providers, address, arena);
    if (key.len == 0) return NULL;
    const uint32_t *number = key_table_find(&verdicts->by_key, hash_128(key));
    if (!number || !*number) return NULL;
    const struct verdict_found *newest = &verdicts->found[*number - 1];
    if (newest->lasting == 0) return newest;
    const struct verdict_found *lasting = &verdicts->found[newest->lasting - 1];
    bool is_worse = newest->meaning && newest->day >= lasting->day &&
                    newest->meaning->weight > lasting->meaning->weight;
    return is_worse ? newest : lasting;
}

static bool is_refuted(str refutes, str code)
{
    for (str word; refutes.len && str_cut(&refutes, ' ', &word);) {
        if (str_equal(word, code)) return true;
    }
    return false;
}

void verdicts_apply(const struct verdicts *verdicts, const struct verdict_found *found, str address,
                    struct arena *arena, struct email_verdict *verdict)
{
    const struct verdict_meaning *meaning = found->meaning;
    // The codes that stay, and the verifier's.
    char *codes = arena_bytes(arena, verdict->reasons.len + meaning->code.len + 1);
    size_t len = 0;
    str rest = verdict->reasons, code;
    while (rest.len && str_cut(&rest, ';', &code)) {
        if (is_refuted(meaning->refutes, code) || str_equal(code, meaning->code)) continue;
        memcpy(codes + len, code.data, code.len);
        len += code.len;
        codes[len++] = ';';
    }
    memcpy(codes + len, meaning->code.data, meaning->code.len);
    len += meaning->code.len;
    email_verdict_of(verdicts->rules, (str){codes, len}, arena, verdict);
    if (is_refuted(meaning->refutes, STR("typo"))) verdict->suggestion = (str){"", 0};
    if (verdict->suggestion.len == 0 && found->suggestion.len &&
        !str_equal_nocase(found->suggestion, address)) {
        verdict->suggestion = found->suggestion;
    }
}

str verdicts_checked(const struct verdict_found *found, struct arena *arena)
{
    char day[21];
    str verifier = found->meaning->verifier;
    timestamp_format((int64_t)found->day * 86400, day);
    char *out = arena_bytes(arena, verifier.len + 11);
    memcpy(out, verifier.data, verifier.len);
    out[verifier.len] = ' ';
    memcpy(out + verifier.len + 1, day, 10);
    return (str){out, verifier.len + 11};
}
