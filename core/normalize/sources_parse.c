#include "sources_parse.h"

#include "core/base/memory.h"
#include "core/base/utf8.h"
#include "core/rules/parser.h"
#include "synonyms.h"
#include "target.h"

struct source_parser {
    struct parser parser;
    struct sources *sources;
    struct source_profile *profile; // the one being read, NULL before the first
};

static const char *const statements[] = {
    "source", "recognised", "name",     "key",     "id",    "column", "strip",    "set",  "dates",
    "names",  "zone",       "delivery", "country", "table", "other",  "campaign", "date", "own"};

static str folded(struct source_parser *reader, const struct token *token)
{
    struct arena *arena = &reader->sources->arena;
    if (utf8_is_valid(token->text)) return header_fold(arena_copy(arena, token->text), arena);
    parser_error(&reader->parser, token->place, NULL, "this text is not UTF-8");
    return (str){"", 0};
}

static bool expect_text(struct source_parser *reader, struct token *token, const char *what)
{
    return parser_expect(&reader->parser, TOKEN_TEXT, token, what, "write it between quotes");
}

// "A", "B", ... to the end of the line, folded.
static bool read_texts(struct source_parser *reader, struct text_set *set)
{
    do {
        struct token token;
        if (!expect_text(reader, &token, "a text")) return false;
        set->items = memory_grow(set->items, &set->capacity, set->count + 1, sizeof *set->items);
        set->items[set->count] = folded(reader, &token);
        if (set->items[set->count].len == 0) {
            return parser_error(&reader->parser, token.place, NULL, "this text says nothing");
        }
        set->count++;
    } while (parser_accept_punctuation(&reader->parser, ","));
    return true;
}

static bool read_target(struct source_parser *reader, int *target)
{
    struct token token;
    if (!parser_expect(&reader->parser, TOKEN_WORD, &token, "a field", NULL)) return false;
    *target = target_find(token.text);
    if (*target >= 0) return true;
    struct suggestion best = suggest_start(token.text);
    for (int i = 0; i < TARGET_COUNT; i++) suggest_offer(&best, target_name(i));
    return parser_error(&reader->parser, token.place, parser_did_you_mean(&reader->parser, best),
                        "\"%.*s\" is not a field of a lead", STR_ARG(token.text));
}

// [without prefix "P"]
static bool read_prefix(struct source_parser *reader, str *prefix)
{
    struct token token;
    if (!parser_accept_word(&reader->parser, "without")) return true;
    if (!parser_expect_word(&reader->parser, "prefix")) return false;
    if (!expect_text(reader, &token, "the prefix")) return false;
    *prefix = arena_copy(&reader->sources->arena, token.text);
    return true;
}

static void add_column(struct source_profile *profile, struct column_rule rule)
{
    profile->columns = memory_grow(profile->columns, &profile->column_capacity,
                                   profile->column_count + 1, sizeof *profile->columns);
    profile->columns[profile->column_count++] = rule;
}

static bool read_source(struct source_parser *reader)
{
    struct parser *parser = &reader->parser;
    struct sources *sources = reader->sources;
    struct token name, word;
    if (!expect_text(reader, &name, "the name of the source")) return false;
    if (!parser_expect_word(parser, "is")) return false;
    if (!parser_expect(parser, TOKEN_WORD, &word, "what kind of source it is", NULL)) return false;
    if (!source_is_word(word.text)) {
        struct suggestion best = {.wanted = word.text, .word = source_suggest(word.text)};
        parser_error(parser, word.place, parser_did_you_mean(parser, best),
                     "\"%.*s\" is not a kind of source", STR_ARG(word.text));
    }
    const struct source_profile *known = sources_find(sources, name.text);
    if (known) {
        parser_error(parser, name.place, NULL, "\"%.*s\" is described in %s:%d already",
                     STR_ARG(name.text), known->place.file, known->place.line);
    }
    sources->profiles = memory_grow(sources->profiles, &sources->capacity, sources->count + 1,
                                    sizeof *sources->profiles);
    reader->profile = &sources->profiles[sources->count++];
    *reader->profile = (struct source_profile){.name = arena_copy(&sources->arena, name.text),
                                               .source = arena_copy(&sources->arena, word.text),
                                               .place = name.place};
    return true;
}

static bool read_recognised(struct source_parser *reader)
{
    struct parser *parser = &reader->parser;
    struct source_profile *profile = reader->profile;
    struct recognition one = {0};
    if (!parser_expect_word(parser, "by")) return false;
    one.by_preamble = parser_accept_word(parser, "preamble");
    if (!one.by_preamble && !parser_expect_word(parser, "header")) return false;
    if (!parser_expect_word(parser, "has")) return false;
    bool ok = read_texts(reader, &one.texts);
    profile->recognitions =
        memory_grow(profile->recognitions, &profile->recognition_capacity,
                    profile->recognition_count + 1, sizeof *profile->recognitions);
    profile->recognitions[profile->recognition_count++] = one;
    return ok;
}

static bool read_word_or_text(struct source_parser *reader, str *text, const char *what)
{
    struct token token;
    if (parser_at(&reader->parser, TOKEN_TEXT)) {
        if (!expect_text(reader, &token, what)) return false;
    } else if (!parser_expect(&reader->parser, TOKEN_WORD, &token, what, NULL)) {
        return false;
    }
    *text = arena_copy(&reader->sources->arena, token.text);
    return true;
}

// A key begins a lead_id: a letter, then letters, digits, _ and -.
static bool read_key(struct source_parser *reader)
{
    struct rule_place place = reader->parser.token.place;
    str *key = &reader->profile->key;
    if (!read_word_or_text(reader, key, "the key")) return false;
    bool ok = key->len && byte_is_letter(key->data[0]);
    for (size_t i = 0; i < key->len; i++) {
        char c = key->data[i];
        ok = ok && (byte_is_letter(c) || byte_is_digit(c) || c == '_' || c == '-');
    }
    if (ok) return true;
    return parser_error(&reader->parser, place, NULL,
                        "a key is a letter followed by letters, digits, _ and -");
}

static bool read_id(struct source_parser *reader)
{
    struct token token;
    if (!parser_expect_word(&reader->parser, "column")) return false;
    if (!expect_text(reader, &token, "the header of the column")) return false;
    reader->profile->id_header = folded(reader, &token);
    return read_prefix(reader, &reader->profile->id_prefix);
}

static bool read_column(struct source_parser *reader)
{
    struct token token;
    struct column_rule rule = {0};
    if (!expect_text(reader, &token, "the header of the column")) return false;
    if (!parser_expect_word(&reader->parser, "is")) return false;
    if (!read_target(reader, &rule.target) || !read_prefix(reader, &rule.prefix)) return false;
    rule.header = folded(reader, &token);
    add_column(reader->profile, rule);
    return true;
}

static bool read_strip(struct source_parser *reader)
{
    struct token token;
    struct column_rule rule = {0};
    if (!expect_text(reader, &token, "the prefix")) return false;
    if (!parser_expect_word(&reader->parser, "from")) return false;
    if (!read_target(reader, &rule.target)) return false;
    rule.prefix = arena_copy(&reader->sources->arena, token.text);
    add_column(reader->profile, rule);
    return true;
}

static bool read_set(struct source_parser *reader)
{
    struct source_profile *profile = reader->profile;
    struct set_rule rule = {0};
    if (!read_target(reader, &rule.target)) return false;
    if (!parser_expect_word(&reader->parser, "to")) return false;
    struct token token;
    if (!expect_text(reader, &token, "the text")) return false;
    rule.text = arena_copy(&reader->sources->arena, token.text);
    profile->sets = memory_grow(profile->sets, &profile->set_capacity, profile->set_count + 1,
                                sizeof *profile->sets);
    profile->sets[profile->set_count++] = rule;
    return true;
}

static bool read_dates(struct source_parser *reader)
{
    struct parser *parser = &reader->parser;
    if (parser_accept_word(parser, "day")) {
        reader->profile->dates = DATE_DAY_FIRST;
    } else if (parser_accept_word(parser, "month")) {
        reader->profile->dates = DATE_MONTH_FIRST;
    } else if (parser_accept_word(parser, "year")) {
        reader->profile->dates = DATE_ISO;
    } else {
        return parser_error(parser, parser->token.place, NULL,
                            "expected day, month or year, found %s",
                            parser_describe(parser, &parser->token));
    }
    return parser_expect_word(parser, "first");
}

static bool read_names(struct source_parser *reader)
{
    struct parser *parser = &reader->parser;
    if (parser_accept_word(parser, "given")) {
        reader->profile->names = PERSON_GIVEN_FIRST;
    } else if (parser_accept_word(parser, "family")) {
        reader->profile->names = PERSON_FAMILY_FIRST;
    } else {
        return parser_error(parser, parser->token.place, NULL, "expected given or family, found %s",
                            parser_describe(parser, &parser->token));
    }
    return parser_expect_word(parser, "first");
}

static bool read_zone(struct source_parser *reader)
{
    struct token token;
    if (!expect_text(reader, &token, "a time zone")) return false;
    reader->profile->has_zone = date_zone(token.text, &reader->profile->zone);
    if (reader->profile->has_zone) return true;
    return parser_error(&reader->parser, token.place, NULL,
                        "a time zone is written \"UTC\", \"EET\" or \"+02:00\"");
}

static bool read_delivery(struct source_parser *reader)
{
    struct parser *parser = &reader->parser;
    bool is_once = parser_accept_word(parser, "once");
    reader->profile->delivery = is_once ? DELIVERY_ONCE : DELIVERY_CUMULATIVE;
    return is_once || parser_expect_word(parser, "cumulative");
}

static bool read_country(struct source_parser *reader)
{
    struct token token;
    if (!parser_expect(&reader->parser, TOKEN_WORD, &token, "a country code", NULL)) return false;
    if (token.text.len != 2 || !byte_is_upper(token.text.data[0]) ||
        !byte_is_upper(token.text.data[1])) {
        return parser_error(&reader->parser, token.place, NULL,
                            "a country is two capital letters, such as FI");
    }
    memcpy(reader->profile->country, token.text.data, 2);
    return true;
}

static bool read_table(struct source_parser *reader)
{
    if (!parser_accept_word(&reader->parser, "ends")) {
        return read_texts(reader, &reader->profile->tables);
    }
    return parser_expect_word(&reader->parser, "at") && read_texts(reader, &reader->profile->ends);
}

static bool read_from(struct source_parser *reader, struct text_set *keys)
{
    return parser_expect_word(&reader->parser, "from") && read_texts(reader, keys);
}

// One statement inside a source, its first word being the current token.
static bool read_statement(struct source_parser *reader)
{
    struct parser *parser = &reader->parser;
    struct source_profile *profile = reader->profile;
    if (parser_accept_word(parser, "recognised")) return read_recognised(reader);
    if (parser_accept_word(parser, "name")) {
        profile->named_by_file = parser_accept_word(parser, "file");
        if (profile->named_by_file) return true;
        return read_word_or_text(reader, &profile->source_name, "the name");
    }
    if (parser_accept_word(parser, "key")) return read_key(reader);
    if (parser_accept_word(parser, "id")) return read_id(reader);
    if (parser_accept_word(parser, "column")) return read_column(reader);
    if (parser_accept_word(parser, "strip")) return read_strip(reader);
    if (parser_accept_word(parser, "set")) return read_set(reader);
    if (parser_accept_word(parser, "dates")) return read_dates(reader);
    if (parser_accept_word(parser, "names")) return read_names(reader);
    if (parser_accept_word(parser, "zone")) return read_zone(reader);
    if (parser_accept_word(parser, "delivery")) return read_delivery(reader);
    if (parser_accept_word(parser, "country")) return read_country(reader);
    if (parser_accept_word(parser, "table")) return read_table(reader);
    if (parser_accept_word(parser, "campaign")) return read_from(reader, &profile->campaign_keys);
    if (parser_accept_word(parser, "date")) return read_from(reader, &profile->date_keys);
    if (parser_accept_word(parser, "other")) {
        return parser_expect_word(parser, "table") && read_texts(reader, &profile->other_tables);
    }
    parser_accept_word(parser, "own");
    profile->own_columns = true;
    return parser_expect_word(parser, "columns");
}

static bool is_statement(const struct parser *parser)
{
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        if (parser_at_word(parser, statements[i])) return true;
    }
    return false;
}

void sources_parse(struct sources *sources, struct rule_text text, struct diagnostics *diagnostics)
{
    struct source_parser reader = {.sources = sources};
    struct parser *parser = &reader.parser;
    parser_init(parser, text, &sources->arena, diagnostics);
    while (!parser_at(parser, TOKEN_END)) {
        if (!is_statement(parser)) {
            parser_unknown_statement(parser, statements, sizeof statements / sizeof *statements);
            continue;
        }
        bool ok;
        if (parser_accept_word(parser, "source")) {
            ok = read_source(&reader);
        } else if (reader.profile) {
            ok = read_statement(&reader);
        } else {
            ok = parser_error(parser, parser->token.place, NULL,
                              "a profile begins with: source \"NAME\" is WORD");
        }
        if (ok) {
            parser_end_statement(parser);
        } else {
            parser_skip_line(parser);
        }
    }
}
