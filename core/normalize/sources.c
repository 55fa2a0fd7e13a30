#include "sources.h"

#include "core/base/memory.h"
#include "core/base/utf8.h"
#include "core/rules/list.h"
#include "sources_parse.h"
#include "synonyms.h"

static const char *const source_words[] = {
    "ad",     "trade_show",       "webinar", "purchased_list", "referral",
    "social", "content",          "chat",    "direct_mail",    "partner",
    "crm",    "lost_opportunity", "other"};

static int word_number(str word)
{
    for (int i = 0; i < (int)(sizeof source_words / sizeof *source_words); i++) {
        if (str_equal(word, str_of(source_words[i]))) return i;
    }
    return -1;
}

bool source_is_word(str word) { return word_number(word) >= 0; }

str source_suggest(str word)
{
    struct suggestion best = suggest_start(word);
    for (size_t i = 0; i < sizeof source_words / sizeof *source_words; i++) {
        suggest_offer(&best, str_of(source_words[i]));
    }
    return best.word;
}

static bool load_words(struct sources *sources, struct rulebook *book, struct err *err)
{
    static const char file[] = "lead_source_words.tsv";
    struct table table = {0};
    int source, words;
    bool ok = table_load(&table, book, str_of(file), err) &&
              table_need(&table, file, "source", &source, err) &&
              table_need(&table, file, "words", &words, err);
    for (size_t row = 0; ok && row < table.rows; row++) {
        str name = table_cell(&table, row, source), rest = table_cell(&table, row, words), word;
        int number = word_number(name);
        if (number < 0 || !utf8_is_valid(rest)) {
            ok = err_set(err, ERR_RULES, file, 0, "'%.*s' is not a kind of source, or not UTF-8",
                         STR_ARG(name));
            break;
        }
        while (str_cut(&rest, ';', &word)) {
            str folded = header_fold(word, &sources->arena);
            if (folded.len) map_put(&sources->words, folded, (uint32_t)number);
        }
    }
    table_release(&table);
    return ok;
}

str sources_word(const struct sources *sources, str text, struct arena *arena)
{
    enum { WORD_BYTES_MAX = 64 };
    text = str_trim(text);
    if (text.len == 0 || text.len > WORD_BYTES_MAX) return STR("");
    int own = word_number(text);
    if (own >= 0) return str_of(source_words[own]);
    uint32_t number;
    if (!map_find(&sources->words, header_fold(text, arena), &number)) return STR("");
    return str_of(source_words[number]);
}

// Whether a file of the sources stands in that folder of rules.
static bool is_in(const char *dir, const char *file)
{
    size_t len = strlen(dir);
    return file && strncmp(file, dir, len) == 0 && strncmp(file + len, "/sources/", 9) == 0;
}

// Reads the files in the order of their folders: of profiles that are recognised alike the first
// wins, so that of the folder searched first.
static bool read_files(struct sources *sources, struct rulebook *book, str names[], size_t count,
                       struct diagnostics *diagnostics, struct err *err)
{
    bool *is_read = memory_zeroed(count, sizeof *is_read), ok = true;
    for (size_t dir = 0; ok && dir < book->dir_count; dir++) {
        for (size_t i = 0; ok && i < count; i++) {
            struct rule_text text;
            if (is_read[i] || !is_in(book->dirs[dir], rulebook_where(book, names[i]))) continue;
            is_read[i] = true; // a folder may be named twice
            ok = rulebook_read(book, names[i], NULL, &text, err);
            if (ok) sources_parse(sources, text, diagnostics);
        }
    }
    memory_free(is_read);
    return ok;
}

bool sources_load(struct sources *sources, struct rulebook *book, struct diagnostics *diagnostics,
                  struct err *err)
{
    str *names;
    size_t count;
    return rulebook_list(book, STR("sources"), STR(".rules"), &names, &count, err) &&
           read_files(sources, book, names, count, diagnostics, err) &&
           diagnostics_ok(diagnostics, err) && load_words(sources, book, err);
}

void sources_release(struct sources *sources)
{
    for (size_t i = 0; i < sources->count; i++) {
        struct source_profile *profile = &sources->profiles[i];
        for (size_t j = 0; j < profile->recognition_count; j++) {
            memory_free(profile->recognitions[j].texts.items);
        }
        memory_free(profile->recognitions);
        memory_free(profile->columns);
        memory_free(profile->sets);
        memory_free(profile->tables.items);
        memory_free(profile->other_tables.items);
        memory_free(profile->ends.items);
        memory_free(profile->campaign_keys.items);
        memory_free(profile->date_keys.items);
    }
    memory_free(sources->profiles);
    map_release(&sources->words);
    arena_release(&sources->arena);
    *sources = (struct sources){0};
}

const struct source_profile *sources_find(const struct sources *sources, str name)
{
    for (size_t i = 0; i < sources->count; i++) {
        if (str_equal_nocase(sources->profiles[i].name, name)) return &sources->profiles[i];
    }
    return NULL;
}

bool text_set_has(const struct text_set *set, str folded)
{
    for (size_t i = 0; i < set->count; i++) {
        if (str_equal(set->items[i], folded)) return true;
    }
    return false;
}

static bool begins(str text, str prefix)
{
    if (!str_starts(text, prefix)) return false;
    if (text.len == prefix.len) return true;
    char next = text.data[prefix.len];
    return !byte_is_letter(next) && !byte_is_digit(next) && (unsigned char)next < 0x80;
}

bool text_set_begins(const struct text_set *set, str folded)
{
    for (size_t i = 0; i < set->count; i++) {
        if (begins(folded, set->items[i])) return true;
    }
    return false;
}

static bool has_text(str text, bool by_preamble, const str texts[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (by_preamble ? begins(texts[i], text) : str_equal(texts[i], text)) return true;
    }
    return false;
}

const struct source_profile *sources_recognise(const struct sources *sources, const str headers[],
                                               size_t header_count, const str preamble[],
                                               size_t preamble_count, const struct recognition **by)
{
    const struct source_profile *best = NULL;
    size_t best_count = 0;
    for (size_t i = 0; i < sources->count; i++) {
        const struct source_profile *profile = &sources->profiles[i];
        for (size_t j = 0; j < profile->recognition_count; j++) {
            const struct recognition *one = &profile->recognitions[j];
            const str *texts = one->by_preamble ? preamble : headers;
            size_t count = one->by_preamble ? preamble_count : header_count, hits = 0;
            while (hits < one->texts.count &&
                   has_text(one->texts.items[hits], one->by_preamble, texts, count)) {
                hits++;
            }
            if (hits < one->texts.count || hits <= best_count) continue;
            best = profile;
            if (by) *by = one;
            best_count = hits;
        }
    }
    return best;
}
