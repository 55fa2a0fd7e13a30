#include "rules.h"

#include "core/base/memory.h"
#include "core/lead/schema.h"
#include "core/rules/parser.h"
#include "rules_match.h"
#include "rules_take.h"

static enum part_kind kind_of(int field)
{
    switch (field) {
    case FIELD_EMAIL:
    case FIELD_EMAIL_OTHER: return PART_EMAIL;
    case FIELD_PHONE:
    case FIELD_MOBILE: return PART_PHONE;
    case FIELD_COMPANY: return PART_COMPANY;
    case FIELD_FIRST_NAME:
    case FIELD_LAST_NAME: return PART_NAME;
    case FIELD_LEAD_ID: return PART_EXACT;
    default: return PART_TEXT;
    }
}

static enum part_kind kind_of_fact(int kind)
{
    switch (kind) {
    case FACT_EMAIL: return PART_EMAIL;
    case FACT_PHONE: return PART_PHONE_OTHER;
    case FACT_COMPANY: return PART_COMPANY;
    case FACT_FIRST_NAME:
    case FACT_LAST_NAME:
    case FACT_FULL_NAME: return PART_NAME;
    case FACT_ID: return PART_EXACT;
    default: return PART_TEXT;
    }
}

// A column of a key: a lead's own, or one that a line before has named.
static bool key_column(struct parser *parser, const struct dedupe_rules *rules,
                       const struct token *token, struct key_part *part)
{
    const struct match_rules *match = &rules->match;
    int field = schema_find(token->text);
    if (field >= 0) {
        *part = (struct key_part){kind_of(field), schema_fields[field].name};
        return true;
    }
    if (str_equal(token->text, match->id.column)) {
        *part = (struct key_part){PART_EXACT, match->id.column};
        return true;
    }
    for (size_t i = 0; i < match->field_count; i++) {
        if (!str_equal(token->text, match->fields[i].column)) continue;
        *part = (struct key_part){kind_of_fact(match->fields[i].kind), match->fields[i].column};
        return true;
    }
    return rules_schema_column(parser, token, &field);
}

static bool parse_part(struct parser *parser, const struct dedupe_rules *rules,
                       struct key_rule *key)
{
    struct token token;
    struct key_part part;
    struct rule_place start = parser->token.place;
    bool is_shared = parser_accept_word(parser, "shared");
    if (!parser_expect(parser, TOKEN_WORD, &token, "a column", NULL)) return false;
    if (!key_column(parser, rules, &token, &part)) return false;
    if (is_shared && part.kind != PART_EMAIL) {
        return parser_error(parser, start, NULL, "only an email can be shared");
    }
    if (is_shared) part.kind = PART_EMAIL_SHARED;
    if (key->part_count == DEDUPE_PARTS_MAX) {
        return parser_error(parser, token.place, NULL, "a key has %d parts at most",
                            DEDUPE_PARTS_MAX);
    }
    key->parts[key->part_count++] = part;
    return true;
}

static bool parse_key(struct parser *parser, struct dedupe_rules *rules)
{
    struct token name;
    if (!parser_expect(parser, TOKEN_WORD, &name, "the key's name", NULL)) return false;
    for (size_t i = 0; i < rules->key_count; i++) {
        if (!str_equal(rules->keys[i].name, name.text)) continue;
        return parser_error(parser, name.place, NULL, "there is a key \"%.*s\" already",
                            STR_ARG(name.text));
    }
    if (rules->key_count == DEDUPE_KEYS_MAX) {
        return parser_error(parser, name.place, NULL, "%d keys at most", DEDUPE_KEYS_MAX);
    }
    struct key_rule *key = &rules->keys[rules->key_count];
    *key = (struct key_rule){.name = name.text};
    if (!parser_expect_word(parser, "is")) return false;
    do {
        if (!parse_part(parser, rules, key)) return false;
    } while (parser_accept_punctuation(parser, "+"));
    rules->key_count++;
    return true;
}

static bool parse_prefer_one(struct parser *parser, struct prefer_rule *prefer)
{
    struct token token;
    if (parser_accept_word(parser, "most")) {
        prefer->kind = PREFER_FILLED;
        return parser_expect_word(parser, "filled");
    }
    if (parser_accept_word(parser, "newest")) {
        prefer->kind = PREFER_NEWEST;
        return true;
    }
    if (parser_accept_word(parser, "oldest")) {
        prefer->kind = PREFER_OLDEST;
        return true;
    }
    if (parser_accept_word(parser, "source")) {
        prefer->kind = PREFER_SOURCE;
        if (!parser_expect(parser, TOKEN_WORD, &token, "a source such as webinar", NULL))
            return false;
        prefer->source = token.text;
        return true;
    }
    return parser_error(parser, parser->token.place, NULL,
                        "expected most filled, newest, oldest or source, found %s",
                        parser_describe(parser, &parser->token));
}

static bool has_room(struct parser *parser, size_t count, const char *what)
{
    if (count < DEDUPE_NAMES_MAX) return true;
    return parser_error(parser, parser->token.place, NULL, "%d %s at most", DEDUPE_NAMES_MAX, what);
}

static bool parse_prefer(struct parser *parser, struct dedupe_rules *rules)
{
    do {
        if (!has_room(parser, rules->prefer_count, "preferences") ||
            !parse_prefer_one(parser, &rules->prefers[rules->prefer_count])) {
            return false;
        }
        rules->prefer_count++;
    } while (parser_accept_punctuation(parser, ","));
    return true;
}

// A word that is no kind of opt-out would quietly let everybody through.
static bool opt_out_word(struct parser *parser, const struct token *token)
{
    static const char *const known[] = {"email", "phone", "mail", "all"};
    struct suggestion best = suggest_start(token->text);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_equal(token->text, str_of(known[i]))) return true;
        suggest_offer(&best, str_of(known[i]));
    }
    return parser_error(parser, token->place, parser_did_you_mean(parser, best),
                        "an opt-out is email, phone, mail or all, not \"%.*s\"",
                        STR_ARG(token->text));
}

static bool parse_suppress(struct parser *parser, struct dedupe_rules *rules)
{
    struct token token;
    if (!parser_expect_word(parser, "when") || !parser_expect_word(parser, "opt_out") ||
        !parser_expect_word(parser, "has")) {
        return false;
    }
    do {
        if (!has_room(parser, rules->suppress_count, "words") ||
            !parser_expect(parser, TOKEN_WORD, &token, "email, phone, mail or all", NULL) ||
            !opt_out_word(parser, &token)) {
            return false;
        }
        rules->suppress_words[rules->suppress_count++] = token.text;
    } while (parser_accept_punctuation(parser, ","));
    return true;
}

static bool parse_crm(struct parser *parser, struct dedupe_rules *rules)
{
    const struct {
        const char *word;
        str *names;
        size_t *count;
    } lists[] = {{"id", rules->crm_id, &rules->crm_id_count},
                 {"owner", rules->crm_owner, &rules->crm_owner_count},
                 {"stage", rules->crm_stage, &rules->crm_stage_count},
                 {"account", rules->crm_account, &rules->crm_account_count},
                 {"addresses", rules->crm_address, &rules->crm_address_count}};
    size_t which = 0, kinds = sizeof lists / sizeof *lists;
    while (which < kinds && !parser_accept_word(parser, lists[which].word)) which++;
    if (which == kinds) {
        return parser_error(parser, parser->token.place, NULL,
                            "expected id, owner, stage, account or addresses, found %s",
                            parser_describe(parser, &parser->token));
    }
    if (!parser_expect_word(parser, "from")) return false;
    str *names = lists[which].names;
    size_t *count = lists[which].count;
    *count = 0;
    do {
        struct token token;
        if (!has_room(parser, *count, "columns") ||
            !parser_expect(parser, TOKEN_TEXT, &token, "a column's name in quotes", NULL)) {
            return false;
        }
        names[(*count)++] = token.text;
    } while (parser_accept_punctuation(parser, ","));
    return true;
}

static bool parse_statement(struct parser *parser, struct dedupe_rules *rules)
{
    if (parser_accept_word(parser, "key")) return parse_key(parser, rules);
    if (parser_accept_word(parser, "prefer")) return parse_prefer(parser, rules);
    if (parser_accept_word(parser, "suppress")) return parse_suppress(parser, rules);
    if (parser_accept_word(parser, "crm")) return parse_crm(parser, rules);
    if (parser_accept_word(parser, "block")) return block_rules_parse(parser, rules);
    if (match_rules_start(parser)) return match_rules_parse(parser, &rules->match);
    return take_rules_parse(parser, rules);
}

static bool can_start(const struct parser *parser, const struct dedupe_rules *rules)
{
    static const char *const words[] = {"key", "prefer", "suppress", "crm", "block"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (parser_at_word(parser, words[i])) return true;
    }
    return match_rules_start(parser) || take_rules_start(parser, rules);
}

static void parse(struct dedupe_rules *rules, struct rule_text text,
                  struct diagnostics *diagnostics)
{
    static const char *const known[] = {"key",   "prefer", "suppress", "crm",   "block",
                                        "match", "id",     "field",    "merge", "review"};
    struct parser parser;
    parser_init(&parser, text, &rules->arena, diagnostics);
    while (!parser_at(&parser, TOKEN_END)) {
        if (!can_start(&parser, rules)) {
            parser_unknown_statement(&parser, known, sizeof known / sizeof *known);
        } else if (parse_statement(&parser, rules)) {
            parser_end_statement(&parser);
        } else {
            parser_skip_line(&parser);
        }
    }
}

bool dedupe_rules_load(struct dedupe_rules *rules, struct rulebook *book, const char *name,
                       struct diagnostics *diagnostics, struct err *err)
{
    struct rule_text text;
    str file = name ? str_of(name) : STR("dedupe.rules");
    if (!rulebook_read(book, file, NULL, &text, err)) return false;
    match_rules_init(&rules->match);
    parse(rules, text, diagnostics);
    if (rulebook_read_local(book, file, &text, err)) parse(rules, text, diagnostics);
    if (err->kind) return false;
    match_rules_check(&rules->match, text.file, diagnostics);
    if (rules->key_count == 0 && rules->match.by == MATCH_KEYS && diagnostics->errors == 0) {
        struct rule_place place = {.file = text.file};
        diagnostics_add(diagnostics, SEVERITY_ERROR, place, NULL,
                        "no key: nothing would be joined");
    }
    return diagnostics_ok(diagnostics, err);
}

bool dedupe_rules_suppress(const struct dedupe_rules *rules, str opt_out)
{
    str word;
    while (opt_out.len && str_cut(&opt_out, ' ', &word)) {
        for (size_t i = 0; i < rules->suppress_count; i++) {
            if (str_equal(word, rules->suppress_words[i])) return true;
        }
    }
    return false;
}

void dedupe_rules_release(struct dedupe_rules *rules)
{
    arena_release(&rules->arena);
    memory_free(rules->takes);
    memory_free(rules->match.fields);
    *rules = (struct dedupe_rules){0};
}
