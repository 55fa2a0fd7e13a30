// What is made of the texts of several members: words, values, notes.
#include <stdlib.h>

#include "core/base/keytable.h"
#include "core/base/timestamp.h"
#include "merge.h"

static str field_or_empty(const struct member *member, int column)
{
    return column < 0 ? (str){"", 0} : member->fields[column];
}

static bool has_word(str words, str word)
{
    str piece;
    while (str_cut(&words, ' ', &piece)) {
        if (str_equal(piece, word)) return true;
    }
    return false;
}

// Nearly all clusters are small, and looking through what there is costs less than a table.
enum { WORD_BYTES_FEW = 4096 };

str merge_words(const struct member members[], size_t count, int column, struct arena *arena)
{
    size_t room = 1;
    for (size_t i = 0; i < count; i++) room += field_or_empty(&members[i], column).len + 1;
    char *out = arena_bytes(arena, room);
    struct key_table met = {0};
    size_t len = 0;
    for (size_t i = 0; i < count; i++) {
        str words = field_or_empty(&members[i], column), word;
        while (str_cut(&words, ' ', &word)) {
            bool is_known =
                word.len == 0 || (room <= WORD_BYTES_FEW ? has_word((str){out, len}, word)
                                                         : !key_table_add(&met, hash_128(word)));
            if (is_known) continue;
            if (len) out[len++] = ' ';
            memcpy(out + len, word.data, word.len);
            len += word.len;
        }
    }
    key_table_release(&met);
    return (str){out, len};
}

// A value of one member, in the order in which values are written.
struct piece {
    str text;
    const struct merge_plan *plan;
    const struct member *member;
    bool is_first; // the survivor's
};

static int compare_union(const void *left, const void *right)
{
    const struct piece *a = left, *b = right;
    if (a->is_first != b->is_first) return a->is_first ? -1 : 1;
    if (merge_is_better(a->plan, a->member, b->member)) return -1;
    if (merge_is_better(a->plan, b->member, a->member)) return 1;
    return str_compare(a->text, b->text);
}

static int compare_joined(const void *left, const void *right)
{
    const struct piece *a = left, *b = right;
    if (a->member->oldest != b->member->oldest) {
        return a->member->oldest < b->member->oldest ? -1 : 1;
    }
    int order = str_compare(a->text, b->text);
    if (order) return order;
    return str_compare(field_or_empty(a->member, a->plan->source_name),
                       field_or_empty(b->member, b->plan->source_name));
}

// The members that have something in the column, in order. In arena.
static struct piece *pieces_of(const struct merge_plan *plan, const struct member members[],
                               size_t count, size_t survivor, uint32_t column, size_t *found,
                               struct arena *arena)
{
    struct piece *pieces = NULL;
    *found = 0;
    for (size_t i = 0; i < count; i++) {
        str text = str_trim(members[i].fields[column]);
        if (text.len == 0) continue;
        if (!pieces) pieces = arena_new(arena, struct piece, count - i);
        pieces[(*found)++] = (struct piece){text, plan, &members[i], i == survivor};
    }
    int (*compare)(const void *, const void *) = survivor < count ? compare_union : compare_joined;
    if (*found > 1) qsort(pieces, *found, sizeof *pieces, compare);
    return pieces;
}

// Texts, each once, with a separator between them.
enum { MET_FEW = 32 };

struct joining {
    str few[MET_FEW]; // the first texts; further ones are in the table
    size_t few_count;
    struct key_table met;
    str separator;
    char *out;
    size_t len, room, left_out;
};

enum { JOINED_BYTES_MAX = 16 << 10 };

static bool is_new(struct joining *joining, str text)
{
    for (size_t i = 0; i < joining->few_count; i++) {
        if (str_equal(joining->few[i], text)) return false;
    }
    if (joining->few_count < MET_FEW) {
        joining->few[joining->few_count++] = text;
        return true;
    }
    return key_table_add(&joining->met, hash_128(text));
}

static void put(struct joining *joining, str text)
{
    memcpy(joining->out + joining->len, text.data, text.len);
    joining->len += text.len;
}

static void join(struct joining *joining, str text)
{
    if (joining->len + joining->separator.len + text.len > joining->room) {
        joining->left_out++;
        return;
    }
    if (joining->len) put(joining, joining->separator);
    put(joining, text);
}

// Room for what there is, within the limit.
static struct joining begin(str separator, size_t bytes, struct arena *arena)
{
    struct joining joining = {.separator = separator};
    joining.room = bytes < JOINED_BYTES_MAX ? bytes : JOINED_BYTES_MAX;
    joining.out = arena_bytes(arena, joining.room);
    return joining;
}

static str finish(struct joining *joining, struct arena *arena)
{
    key_table_release(&joining->met);
    str text = {joining->out, joining->len};
    if (joining->left_out == 0) return text;
    return arena_format(arena, "%.*s%.*s... and %zu more", STR_ARG(text),
                        STR_ARG(joining->separator), joining->left_out);
}

// Takes the next piece up to the separator, without blanks at its ends.
static bool cut(str *rest, str separator, str *piece)
{
    if (rest->len == 0) return false;
    size_t at = 0;
    while (at < rest->len && !str_starts(str_from(*rest, at), separator)) at++;
    *piece = str_trim(str_first(*rest, at));
    *rest = str_from(*rest, at < rest->len ? at + separator.len : at);
    return true;
}

static str join_objects(const struct piece pieces[], size_t count, struct arena *arena)
{
    str *texts = arena_new(arena, str, count);
    for (size_t i = 0; i < count; i++) texts[i] = pieces[i].text;
    return merge_objects(texts, count, arena);
}

str merge_union(const struct merge_plan *plan, const struct member members[], size_t count,
                size_t survivor, uint32_t column, struct arena *arena)
{
    size_t found, bytes = 0;
    struct piece *pieces = pieces_of(plan, members, count, survivor, column, &found, arena);
    if (found < 2) return found ? pieces[0].member->fields[column] : (str){"", 0};
    if (plan->takes[column] == TAKE_OBJECTS) return join_objects(pieces, found, arena);
    for (size_t i = 0; i < found; i++) bytes += pieces[i].text.len + 2;
    struct joining joining = begin(STR("; "), bytes, arena);
    for (size_t i = 0; i < found; i++) {
        str rest = pieces[i].text, text;
        while (cut(&rest, STR(";"), &text)) {
            if (text.len && is_new(&joining, text)) join(&joining, text);
        }
    }
    return finish(&joining, arena);
}

// "Zoom 2026-10-29": the record's source and the day from which it is.
static str origin_of(const struct merge_plan *plan, const struct member *member,
                     struct arena *arena)
{
    enum { DAY_BYTES = 10 };
    str name = field_or_empty(member, plan->source_name);
    if (name.len == 0) name = field_or_empty(member, plan->source);
    str first = merge_first_touch(plan, member), day = str_first(first, DAY_BYTES);
    if (name.len == 0 || day.len == 0) return name.len ? name : day;
    return arena_join(arena, name, ' ', day);
}

str merge_joined(const struct merge_plan *plan, const struct member members[], size_t count,
                 uint32_t column, struct arena *arena)
{
    static const str separator = {" | ", 3};
    size_t found, bytes = 0;
    struct piece *pieces = pieces_of(plan, members, count, count, column, &found, arena);
    bool has_several = false;
    for (size_t i = 1; i < found; i++) has_several |= !str_equal(pieces[0].text, pieces[i].text);
    if (!has_several) return found ? pieces[0].member->fields[column] : (str){"", 0};
    str *texts = arena_new(arena, str, found);
    for (size_t i = 0; i < found; i++) {
        texts[i] = pieces[i].text;
        str from = origin_of(plan, pieces[i].member, arena);
        // What was joined before has said already where each is from.
        bool is_joined = false;
        str rest = texts[i], first;
        if (cut(&rest, separator, &first)) is_joined = rest.len > 0;
        if (from.len && !is_joined) {
            texts[i] = arena_format(arena, "%.*s: %.*s", STR_ARG(from), STR_ARG(texts[i]));
        }
        bytes += texts[i].len + separator.len;
    }
    struct joining joining = begin(separator, bytes, arena);
    for (size_t i = 0; i < found; i++) {
        // One text of two sources is said once; so is one that was joined before.
        if (!is_new(&joining, pieces[i].text)) continue;
        str rest = texts[i], text;
        while (cut(&rest, separator, &text)) {
            bool is_whole = str_equal(text, pieces[i].text);
            if (text.len && (is_whole || is_new(&joining, text))) join(&joining, text);
        }
    }
    return finish(&joining, arena);
}
