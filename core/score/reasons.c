// The account of a score, written for people.
//
//     reasons = part {"; " part}
//     part    = points " " text       +25 decision maker; -10 free mail address; 0 no rule matched
//             | note                  suspicion 3: name looks typed at random
//
// Parts that begin with a sign or a digit are points: they add up to the score. Among them are what
// limits took away ("+5 fit floor -30", "-12 score is at most 100"). The largest come first, equal
// ones in the order of the rules. Notes follow: groups that are not in the score, and why a lead
// was set aside or discarded. No text holds a semicolon.
#include "worker.h"

// A record has a dozen parts: insertion sort, stable.
static void sort_parts(struct score_part parts[], size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct score_part part = parts[i];
        int32_t size = part.points < 0 ? -part.points : part.points;
        size_t at = i;
        for (; at > 0; at--) {
            int32_t before = parts[at - 1].points;
            if ((before < 0 ? -before : before) >= size) break;
            parts[at] = parts[at - 1];
        }
        parts[at] = part;
    }
}

static char *put(char *at, str s)
{
    memcpy(at, s.data, s.len);
    return at + s.len;
}

enum { NUMBER_BYTES = 12 };

static char *put_number(char *at, int32_t number, bool with_sign)
{
    char digits[NUMBER_BYTES];
    size_t len = 0;
    uint32_t size = number < 0 ? 0u - (uint32_t)number : (uint32_t)number;
    do digits[len++] = (char)('0' + size % 10);
    while (size /= 10);
    if (number < 0)
        *at++ = '-';
    else if (with_sign)
        *at++ = '+';
    while (len) *at++ = digits[--len];
    return at;
}

static char *put_part(const struct score_ruleset *rules, char *at, const struct score_part *part)
{
    if (part->rule != SCORE_NO_RULE) {
        const struct score_rule *rule = rules->by_order[part->rule];
        if (part->points == rule->points) return put(at, rule->rendered);
    }
    at = put_number(at, part->points, part->points > 0);
    *at++ = ' ';
    return put(at, part->reason);
}

// Whether the cell needs no quotes, as the rules' texts tell.
static bool is_plain(const struct score_ruleset *rules, const struct score_worker *worker)
{
    bool plain = true;
    for (size_t i = 0; i < worker->part_count; i++) {
        uint32_t rule = worker->parts[i].rule;
        if (rule != SCORE_NO_RULE) plain &= rules->by_order[rule]->is_plain;
    }
    for (size_t i = 0; i < worker->note_count; i++) {
        bool is_joined = i && worker->notes[i].group == worker->notes[i - 1].group; // by a comma
        plain &= worker->notes[i].rule->is_plain && !is_joined;
    }
    for (size_t i = 0; i < worker->veto_count; i++) {
        plain &= rules->vetoes[worker->vetoes[i]].is_plain;
    }
    return plain;
}

// Writes the notes of groups that are apart: "suspicion 5: one reason, another reason".
static char *put_notes(const struct score_ruleset *rules, const struct score_worker *worker,
                       char *at, const char *start)
{
    uint32_t group = UINT32_MAX;
    for (size_t i = 0; i < worker->note_count; i++) {
        const struct score_note *note = &worker->notes[i];
        if (note->group == group) {
            at = put(at, STR(", "));
        } else {
            group = note->group;
            if (at != start) at = put(at, STR("; "));
            at = put(at, rules->groups[group].name);
            *at++ = ' ';
            at = put_number(at, worker->group_points[group], false);
            at = put(at, STR(": "));
        }
        at = put(at, note->rule->reason);
    }
    return at;
}

static size_t room_needed(const struct score_ruleset *rules, const struct score_worker *worker)
{
    size_t room = 64;
    for (size_t i = 0; i < worker->part_count; i++) {
        room += worker->parts[i].reason.len + NUMBER_BYTES + 4;
    }
    for (size_t i = 0; i < worker->note_count; i++) {
        const struct score_note *note = &worker->notes[i];
        room += note->rule->reason.len + rules->groups[note->group].name.len + NUMBER_BYTES + 8;
    }
    for (size_t i = 0; i < worker->veto_count; i++) {
        room += rules->vetoes[worker->vetoes[i]].reason.len + 2;
    }
    return room;
}

void score_write_reasons(const struct score_ruleset *rules, struct score_worker *worker,
                         bool any_rule, struct arena *arena, struct score_result *out)
{
    sort_parts(worker->parts, worker->part_count);
    char *start = arena_bytes(arena, room_needed(rules, worker)), *at = start;
    for (size_t i = 0; i < worker->part_count; i++) {
        if (i) at = put(at, STR("; "));
        at = put_part(rules, at, &worker->parts[i]);
    }
    if (worker->part_count == 0) {
        at = put(at, any_rule ? STR("0 no rule gave points") : STR("0 no rule matched"));
    }
    at = put_notes(rules, worker, at, start);
    for (size_t i = 0; i < worker->veto_count; i++) {
        at = put(at, STR("; "));
        at = put(at, rules->vetoes[worker->vetoes[i]].reason);
    }
    arena_trim(arena, at);
    out->reasons = (str){start, (size_t)(at - start)};
    out->reasons_are_plain = is_plain(rules, worker);
    out->parts = worker->parts;
    out->part_count = worker->part_count;
}
