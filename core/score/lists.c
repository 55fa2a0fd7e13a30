// `list NAME from "file"` and `list NAME is "a", "b"`.
#include "parse.h"

void score_version_add(struct score_ruleset *rules, str name, str content)
{
    struct buffer both = {0};
    buffer_add(&both, name);
    buffer_add_byte(&both, '\0');
    buffer_add(&both, content);
    hash128 hash = hash_128(buffer_str(&both));
    buffer_release(&both);
    // A sum does not depend on the order in which files are read.
    rules->version_sum.low += hash.low;
    rules->version_sum.high += hash.high;
}

// Lists come with their ASCII letters in lower case; the others are folded here.
static void fold_items(struct score_ruleset *rules, struct list *list)
{
    size_t count = 0;
    str *items = memory_zeroed(list->items.count + 1, sizeof *items);
    for (size_t i = 0; i < list->items.capacity; i++) {
        const struct map_slot *slot = &list->items.slots[i];
        str item = {slot->key, slot->len};
        if (slot->key && slot->value && !str_is_ascii(item)) items[count++] = item;
    }
    for (size_t i = 0; i < count; i++) list_add(list, score_fold_kept(rules, items[i]));
    memory_free(items);
}

static bool load_list(struct score_parser *parser, struct list *list)
{
    struct token token;
    if (!parser_expect(&parser->base, TOKEN_TEXT, &token, "a file name in quotes", NULL)) {
        return false;
    }
    if (!parser->book) {
        return parser_error(&parser->base, token.place, NULL, "no files can be read here");
    }
    struct err err = {0};
    const char *from = parser->file->file;
    if (!list_load(list, parser->book, token.text, from, &err)) {
        return parser_error(&parser->base, token.place, err.hint[0] ? err.hint : NULL, "%s%s%s",
                            err.file, err.file[0] ? ": " : "", err.text);
    }
    struct rule_text text;
    if (rulebook_read(parser->book, token.text, from, &text, NULL)) {
        score_version_add(parser->rules, token.text, text.text);
    }
    if (rulebook_read_local(parser->book, token.text, &text, NULL)) {
        score_version_add(parser->rules, STR(".local"), text.text);
    }
    fold_items(parser->rules, list);
    return true;
}

static bool parse_items(struct score_parser *parser, struct list *list)
{
    do {
        struct token token;
        if (!parser_expect(&parser->base, TOKEN_TEXT, &token, "a text in quotes", NULL)) {
            return false;
        }
        list_add(list, score_fold_kept(parser->rules, token.text));
    } while (parser_accept_punctuation(&parser->base, ","));
    return true;
}

// Where the list goes: a new one, or that of an included file, which a nearer file replaces. NULL
// (reported) when the same file has one already.
static struct score_list *list_place(struct score_parser *parser, const struct token *name)
{
    struct score_ruleset *rules = parser->rules;
    struct score_list *known = score_list_find(rules, name->text);
    if (known && known->layer == parser->layer) {
        parser_error(&parser->base, name->place, NULL,
                     "there is a list called \"%.*s\" already, in line %d", STR_ARG(name->text),
                     known->place.line);
        return NULL;
    }
    if (known) return known;
    struct score_list *list = arena_new(&rules->arena, struct score_list, 1);
    *list = (struct score_list){.name = arena_copy(&rules->arena, name->text),
                                .layer = parser->layer + 1}; // anything else than this layer
    rules->lists = memory_grow(rules->lists, &rules->list_capacity, rules->list_count + 1,
                               sizeof *rules->lists);
    rules->lists[rules->list_count++] = list;
    return list;
}

bool score_parse_list(struct score_parser *parser)
{
    struct rule_place place = parser->base.last.place;
    struct token name;
    if (!parser_expect(&parser->base, TOKEN_WORD, &name, "a name for the list", NULL)) return false;
    struct score_list *list = list_place(parser, &name);
    if (!list) return false;
    struct list read = {0};
    bool ok;
    if (parser_accept_word(&parser->base, "from")) {
        ok = load_list(parser, &read);
    } else if (parser_accept_word(&parser->base, "is")) {
        ok = parse_items(parser, &read);
    } else {
        ok = parser_expect(&parser->base, TOKEN_BAD, NULL, "\"from\" or \"is\"", NULL);
    }
    if (list->layer > parser->layer) {
        list_release(&list->list);
        list->list = read;
        list->layer = parser->layer;
        list->place = place;
    } else {
        list_release(&read); // an including file has its own
    }
    return ok;
}
