// Outcomes by what was found true of a record.
//
// When no points fade and none are counted per unit, all that is said of a record follows from the
// rules that hold and from the bits that vetoes, tiers and lifecycles ask: few of the combinations
// that could be are ever met, so each is worked out and written once.
#include "worker.h"

enum { BITS = 64, SLOT_BITS = 11, SLOTS = 1 << SLOT_BITS };

static bool has_aging(const struct score_ruleset *rules, const struct score_worker *worker)
{
    uint64_t aging = 0;
    for (size_t i = 0; i < worker->rule_words; i++) {
        aging |= worker->rule_bits[i] & rules->aging[i];
    }
    return aging != 0;
}

static size_t key_words(const struct score_ruleset *rules, const struct score_worker *worker)
{
    return worker->rule_words + rules->choice_word_count;
}

static uint64_t make_key(const struct score_ruleset *rules, struct score_worker *worker)
{
    const uint64_t *rule_bits = worker->rule_bits;
    uint64_t *key = worker->key, mixed = 0;
    for (size_t i = 0; i < worker->rule_words; i++) {
        *key++ = rule_bits[i];
        mixed = (mixed ^ rule_bits[i]) * 0x9E3779B97F4A7C15u;
    }
    for (size_t i = 0; i < rules->choice_word_count; i++) {
        const struct choice_word *choice = &rules->choice_words[i];
        uint64_t bits = worker->bits[choice->word] & choice->mask;
        *key++ = bits;
        mixed = ((mixed << 5 | mixed >> 59) ^ bits) * 0x9E3779B97F4A7C15u;
    }
    return mixed;
}

static bool same_key(const uint64_t *a, const uint64_t *b, size_t count)
{
    uint64_t differs = 0;
    for (size_t i = 0; i < count; i++) differs |= a[i] ^ b[i];
    return differs == 0;
}

struct score_kept *score_recall_outcome(const struct score_ruleset *rules,
                                        struct score_worker *worker, bool *known)
{
    struct score_outcomes *outcomes = &worker->outcomes;
    *known = false;
    if (outcomes->is_useless || has_aging(rules, worker)) return NULL;
    size_t words = key_words(rules, worker);
    if (!outcomes->slots) {
        outcomes->slots = memory_zeroed(SLOTS, sizeof *outcomes->slots);
        outcomes->keys = memory_zeroed(SLOTS * words, sizeof *outcomes->keys);
    }
    size_t at = make_key(rules, worker) >> (BITS - SLOT_BITS);
    struct score_kept *kept = &outcomes->slots[at];
    uint64_t *key = outcomes->keys + at * words;
    *known = kept->is_there && same_key(key, worker->key, words);
    outcomes->hits += *known;
    if (++outcomes->lookups == SCORE_TRIAL_LOOKUPS) {
        outcomes->is_useless = outcomes->hits < SCORE_TRIAL_HITS_MIN;
    }
    if (!*known) memcpy(key, worker->key, words * sizeof *key);
    return kept;
}

void score_give_outcome(const struct score_kept *kept, struct arena *arena,
                        struct score_result *out)
{
    *out = kept->result;
    size_t len = out->reasons.len + out->grade.len;
    if (len == 0) return;
    char *text = arena_bytes(arena, len);
    memcpy(text, kept->text, len);
    out->reasons.data = text;
    out->grade.data = text + out->reasons.len;
}

void score_keep_outcome(struct score_kept *kept, const struct score_result *result)
{
    size_t len = result->reasons.len + result->grade.len;
    kept->text = memory_grow(kept->text, &kept->text_room, len + 1, 1);
    if (result->reasons.len) memcpy(kept->text, result->reasons.data, result->reasons.len);
    if (result->grade.len) {
        memcpy(kept->text + result->reasons.len, result->grade.data, result->grade.len);
    }
    kept->parts =
        memory_grow(kept->parts, &kept->part_room, result->part_count + 1, sizeof *kept->parts);
    if (result->part_count) {
        memcpy(kept->parts, result->parts, result->part_count * sizeof *kept->parts);
    }
    kept->result = *result;
    kept->result.parts = kept->parts;
    kept->is_there = true;
}

void score_outcomes_release(struct score_outcomes *outcomes)
{
    for (size_t i = 0; outcomes->slots && i < SLOTS; i++) {
        memory_free(outcomes->slots[i].text);
        memory_free(outcomes->slots[i].parts);
    }
    memory_free(outcomes->slots);
    memory_free(outcomes->keys);
}
