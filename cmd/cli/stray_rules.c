#include "stray_rules.h"

#include "core/base/suggest.h"
#include "message.h"

// A file may be meant for --score-rules: only a slip in its name makes one without .local suspect.
enum { NEAR_MAX = 2 };

struct names {
    str *items;
    size_t count;
};

static struct names list(struct rulebook *book, const char *folder)
{
    struct names names = {0};
    struct err err = {0};
    if (!rulebook_list(book, str_of(folder), STR(""), &names.items, &names.count, &err)) {
        return (struct names){0};
    }
    for (size_t i = 0; i < names.count; i++) {
        if (str_starts(names.items[i], STR("./"))) names.items[i] = str_from(names.items[i], 2);
    }
    return names;
}

static bool has(const struct names *names, str name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (str_equal(names->items[i], name)) return true;
    }
    return false;
}

static str without(str name, str ending)
{
    return str_ends(name, ending) ? str_first(name, name.len - ending.len) : name;
}

// The known name, with .local for one with .local, that was meant; empty when none is near.
static str meant(const struct names *known, str name, struct arena *arena)
{
    str stem = without(name, STR(".txt")); // what an editor adds to score.rules.local
    bool is_local = str_ends(stem, STR(".local"));
    str base = without(stem, STR(".local"));
    struct suggestion best = suggest_start(base);
    if (!is_local && best.distance > NEAR_MAX + 1) best.distance = NEAR_MAX + 1;
    for (size_t i = 0; i < known->count; i++) suggest_offer(&best, known->items[i]);
    if (best.word.len == 0) return best.word;
    return is_local ? arena_format(arena, "%.*s.local", STR_ARG(best.word)) : best.word;
}

static bool is_backup(str name)
{
    return str_ends(name, STR("~")) || str_ends(name, STR(".bak")) || str_ends(name, STR(".orig"));
}

static void say_of(struct rulebook *own, const struct names *mine, const struct names *known,
                   str name, bool is_named_freely)
{
    bool is_local = str_ends(name, STR(".local"));
    str base = without(name, STR(".local"));
    if (is_backup(name) || has(known, name)) return;
    if (is_local && (has(known, base) || has(mine, base))) return;
    const char *path = rulebook_where(own, name);
    bool looks_local = is_local || str_ends(name, STR(".local.txt"));
    str word = is_named_freely && !looks_local ? (str){0} : meant(known, name, &own->arena);
    if (word.len) {
        message_warning("%s is not used: did you mean %.*s?", path, STR_ARG(word));
    } else if (is_local) {
        message_warning("%s is not used: there is no file '%.*s' to add to", path, STR_ARG(base));
    }
}

void stray_rules_say(const struct rulebook *book)
{
    static const struct {
        const char *name;
        bool is_named_freely; // rules name its files, or all of them are read
    } folders[] = {
        {".", false}, {"email", false}, {"normalize", false}, {"sources", true}, {"lists", true}};
    struct rulebook own = {0}, shipped = {0};
    size_t i = 0;
    while (i < book->dir_count && strcmp(book->dirs[i], "/etc/leadpipe") != 0) {
        rulebook_add_dir(&own, book->dirs[i++]);
    }
    while (i < book->dir_count) rulebook_add_dir(&shipped, book->dirs[i++]);
    for (size_t at = 0; own.dir_count && at < sizeof folders / sizeof *folders; at++) {
        struct names mine = list(&own, folders[at].name);
        struct names known = list(&shipped, folders[at].name);
        if (known.count == 0) continue; // more folders than a book takes: nothing to go by
        for (size_t j = 0; j < mine.count; j++) {
            const char *path = rulebook_where(&own, mine.items[j]);
            if (!path || rulebook_has_read(book, path)) continue; // NULL: a link to nothing
            say_of(&own, &mine, &known, mine.items[j], folders[at].is_named_freely);
        }
    }
    rulebook_release(&own);
    rulebook_release(&shipped);
}
