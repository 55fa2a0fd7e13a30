#include "title.h"

#include "core/base/memory.h"
#include "core/lead/fold.h"
#include "core/lead/words.h"

enum { WORDS_MAX = 24, SHORT_START_LEN = 4, LENGTH_MASK_MAX = 31 };

struct title_entry {
    uint8_t seniority, seniority_priority;
    uint8_t department, department_priority;
    uint32_t phrase_lengths; // bit n: a phrase of n words begins with this word
};

// ---- Loading ----

static uint8_t number_of(const str words[], size_t count, str word)
{
    for (size_t i = 1; i < count; i++) {
        if (str_equal(word, words[i])) return (uint8_t)i;
    }
    return 0;
}

static uint8_t read_priority(str text)
{
    unsigned value = 0;
    for (size_t i = 0; i < text.len && byte_is_digit(text.data[i]); i++) {
        value = value * 10 + (unsigned)(text.data[i] - '0');
    }
    return (uint8_t)(value < 255 ? value : 255);
}

static struct title_entry *entry_of(struct title_rules *rules, struct map *map, str key)
{
    uint32_t at = (uint32_t)rules->count;
    if (!map_find(map, key, &at)) {
        map_put(map, key, at);
        rules->count++;
    }
    return &rules->entries[at];
}

static uint32_t hash_3(const char *at)
{
    uint32_t three = (uint32_t)(unsigned char)at[0] << 16 | (uint32_t)(unsigned char)at[1] << 8 |
                     (unsigned char)at[2];
    return three * 2654435761u >> 22;
}

static uint32_t length_bit(size_t len)
{
    return 1u << (len < LENGTH_MASK_MAX ? len : LENGTH_MASK_MAX);
}

static void set_value(struct title_entry *entry, str field, str value, uint8_t priority)
{
    bool is_seniority = str_equal(field, STR("seniority"));
    uint8_t number = is_seniority ? number_of(lead_seniorities, SENIORITY_COUNT, value)
                                  : number_of(lead_departments, DEPARTMENT_COUNT, value);
    uint8_t *had = is_seniority ? &entry->seniority_priority : &entry->department_priority;
    if (number == 0 || priority < *had) return;
    *had = priority;
    *(is_seniority ? &entry->seniority : &entry->department) = number;
}

static void add_pattern(struct title_rules *rules, str kind, str field, str value, uint8_t priority,
                        str text)
{
    str key = fold_text(text, FOLD_AND, &rules->arena), words[8];
    size_t count = fold_words(key, words, 8);
    if (count == 0 || count == 8) return;
    if (str_equal(kind, STR("suffix"))) {
        if (key.len < 3) return;
        set_value(entry_of(rules, &rules->ends, key), field, value, priority);
        rules->end_lengths[hash_3(key.data + key.len - 3)] |= length_bit(key.len);
        return;
    }
    if (str_equal(kind, STR("stem")) && key.len >= 3) {
        set_value(entry_of(rules, &rules->starts, key), field, value, priority);
        rules->start_lengths[hash_3(key.data)] |= length_bit(key.len);
    } else {
        set_value(entry_of(rules, &rules->exact, key), field, value, priority);
    }
    if (count > 1) entry_of(rules, &rules->exact, words[0])->phrase_lengths |= 1u << count;
}

bool title_rules_load(struct title_rules *rules, struct rulebook *book, struct err *err)
{
    static const char file[] = "normalize/job_titles.tsv";
    int kind, field, value, priority, text;
    struct table *table = &rules->table;
    if (!table_load(table, book, str_of(file), err) ||
        !table_need(table, file, "kind", &kind, err) ||
        !table_need(table, file, "field", &field, err) ||
        !table_need(table, file, "value", &value, err) ||
        !table_need(table, file, "priority", &priority, err) ||
        !table_need(table, file, "text", &text, err)) {
        return false;
    }
    rules->entries = memory_zeroed(table->rows * 2 + 1, sizeof *rules->entries);
    for (size_t i = 0; i < table->rows; i++) {
        add_pattern(rules, table_cell(table, i, kind), table_cell(table, i, field),
                    table_cell(table, i, value), read_priority(table_cell(table, i, priority)),
                    table_cell(table, i, text));
    }
    return true;
}

void title_rules_release(struct title_rules *rules)
{
    map_release(&rules->exact);
    map_release(&rules->ends);
    map_release(&rules->starts);
    memory_free(rules->entries);
    table_release(&rules->table);
    arena_release(&rules->arena);
    *rules = (struct title_rules){0};
}

// ---- Matching ----

struct part {
    struct title_entry best;            // of this part
    size_t seniority_to, department_to; // words below these were used by a phrase
};

static const struct title_entry *find(const struct title_rules *rules, const struct map *map,
                                      str key)
{
    uint32_t at;
    return map_find(map, key, &at) ? &rules->entries[at] : NULL;
}

static void take_seniority(struct part *part, const struct title_entry *entry)
{
    if (entry->seniority_priority <= part->best.seniority_priority) return;
    part->best.seniority = entry->seniority;
    part->best.seniority_priority = entry->seniority_priority;
}

static void take_department(struct part *part, const struct title_entry *entry)
{
    if (entry->department_priority <= part->best.department_priority) return;
    part->best.department = entry->department;
    part->best.department_priority = entry->department_priority;
}

static str span(const str words[], size_t from, size_t to)
{
    const char *start = words[from].data;
    return (str){start, (size_t)(words[to - 1].data + words[to - 1].len - start)};
}

static void take_phrase(struct part *part, const struct title_entry *entry, size_t i, size_t n)
{
    if (!entry) return;
    if (entry->seniority && i >= part->seniority_to) {
        take_seniority(part, entry);
        part->seniority_to = i + n;
    }
    if (entry->department && i >= part->department_to) {
        take_department(part, entry);
        part->department_to = i + n;
    }
}

// Phrases that begin at word i, longest first; a phrase uses its words up.
static void match_phrases(const struct title_rules *rules, struct part *part, const str words[],
                          size_t i, size_t count, uint32_t lengths)
{
    for (size_t n = count - i < 7 ? count - i : 7; n > 1; n--) {
        if (!(lengths >> n & 1)) continue;
        str text = span(words, i, i + n);
        take_phrase(part, find(rules, &rules->exact, text), i, n);
        take_phrase(part, find(rules, &rules->starts, text), i, n);
    }
}

// The longest pattern that ends the word.
static const struct title_entry *find_end(const struct title_rules *rules, str word)
{
    if (word.len < 3) return NULL;
    uint32_t lengths = rules->end_lengths[hash_3(word.data + word.len - 3)];
    for (size_t len = word.len; lengths && len >= 3; len--) {
        if (!(lengths & length_bit(len))) continue;
        const struct title_entry *entry = find(rules, &rules->ends, str_from(word, word.len - len));
        if (entry) return entry;
    }
    return NULL;
}

// The longest pattern that begins the word. One of four letters or fewer is too short to be told
// from chance, so what follows it must end as a title does: "ostopäällikkö" but not "ostos".
static const struct title_entry *find_start(const struct title_rules *rules, str word)
{
    if (word.len < 3) return NULL;
    uint32_t lengths = rules->start_lengths[hash_3(word.data)];
    for (size_t len = word.len; lengths && len >= 3; len--) {
        if (!(lengths & length_bit(len))) continue;
        const struct title_entry *entry = find(rules, &rules->starts, str_first(word, len));
        if (!entry) continue;
        if (len > SHORT_START_LEN || len == word.len || find_end(rules, str_from(word, len))) {
            return entry;
        }
    }
    return NULL;
}

static void match_word(const struct title_rules *rules, struct part *part, const str words[],
                       size_t i, size_t count)
{
    const struct title_entry *entry = find(rules, &rules->exact, words[i]);
    if (entry && entry->phrase_lengths) {
        match_phrases(rules, part, words, i, count, entry->phrase_lengths);
    }
    if (i >= part->seniority_to) {
        if (entry) take_seniority(part, entry);
        const struct title_entry *end = find_end(rules, words[i]);
        if (end) take_seniority(part, end);
    }
    if (i >= part->department_to) {
        if (entry) take_department(part, entry);
        const struct title_entry *start = find_start(rules, words[i]);
        if (start) take_department(part, start);
    }
}

static bool is_and(str word)
{
    static const char *const ands[] = {"and", "ja", "och", "og", "und", "et", "oraz", "sekä"};
    if (word.len < 2 || word.len > 5) return false;
    for (size_t i = 0; i < sizeof ands / sizeof *ands; i++) {
        if (word.data[0] == ands[i][0] && str_equal(word, str_of(ands[i]))) return true;
    }
    return false;
}

// Takes a finished part over: the most senior part counts, and the department with the strongest
// sign.
static void close_part(struct part *part, struct title_entry *all)
{
    if (part->best.seniority > all->seniority) all->seniority = part->best.seniority;
    if (part->best.department_priority > all->department_priority) {
        all->department = part->best.department;
        all->department_priority = part->best.department_priority;
    }
    part->best = (struct title_entry){0};
}

static void read_segment(const struct title_rules *rules, str text, struct title_entry *all,
                         struct arena *arena)
{
    str words[WORDS_MAX];
    size_t count = fold_words(fold_text(text, FOLD_AND, arena), words, WORDS_MAX);
    struct part part = {.seniority_to = 0};
    for (size_t i = 0; i < count; i++) {
        bool is_used = i < part.seniority_to || i < part.department_to;
        if (!is_used && is_and(words[i]))
            close_part(&part, all);
        else
            match_word(rules, &part, words, i, count);
    }
    close_part(&part, all);
}

// The length of the first segment: up to a comma, slash, bar or a dash between blanks.
static size_t segment_len(str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == ',' || c == '/' || c == '|' || c == ';') return i;
        bool is_dash = c == '-' && i && text.data[i - 1] == ' ';
        if (is_dash && i + 1 < text.len && text.data[i + 1] == ' ') return i;
    }
    return text.len;
}

struct title_code title_code(const struct title_rules *rules, str title, struct arena *arena)
{
    struct title_entry all = {0};
    while (title.len) {
        size_t len = segment_len(title);
        read_segment(rules, str_first(title, len), &all, arena);
        title = str_from(title, len + 1);
    }
    return (struct title_code){all.seniority, all.department};
}

struct title title_words(struct title_code code)
{
    return (struct title){lead_seniorities[code.seniority], lead_departments[code.department]};
}

struct title title_read(const struct title_rules *rules, str title, struct arena *arena)
{
    return title_words(title_code(rules, title, arena));
}
