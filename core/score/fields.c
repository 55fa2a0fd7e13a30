// Names of fields in rule files: columns of the schema and of the input, short names people use,
// and what is derived.
#include "core/lead/schema.h"
#include "parse.h"

static const struct {
    const char *name, *column;
} aliases[] = {{"title", "job_title"}, {"phone.type", "phone_kind"}};

static const struct {
    const char *name;
    enum field_origin origin;
    enum field_type type;
} derived[] = {
    {"name", ORIGIN_NAME, TYPE_TEXT},
    {"email.domain", ORIGIN_DOMAIN, TYPE_TEXT},
    {"source.incentive", ORIGIN_LEVEL, TYPE_TEXT},
    {"source.accuracy", ORIGIN_LEVEL, TYPE_TEXT},
    {"source.awareness", ORIGIN_LEVEL, TYPE_TEXT},
    {"score", ORIGIN_SCORE, TYPE_NUMBER},
    {"source_points", ORIGIN_GROUP, TYPE_NUMBER},
    {"tier", ORIGIN_TIER, TYPE_TEXT},
    {"grade", ORIGIN_GRADE, TYPE_TEXT},
    {"lifecycle", ORIGIN_LIFECYCLE, TYPE_TEXT},
};

enum { DERIVED_COUNT = sizeof derived / sizeof *derived };

uint32_t score_input(struct score_ruleset *rules, str name)
{
    for (size_t i = 0; i < rules->input_count; i++) {
        if (str_equal(rules->inputs[i], name)) return (uint32_t)i;
    }
    rules->inputs = memory_grow(rules->inputs, &rules->input_capacity, rules->input_count + 1,
                                sizeof *rules->inputs);
    rules->inputs[rules->input_count] = arena_copy(&rules->arena, name);
    return (uint32_t)rules->input_count++;
}

static int known_field(const struct score_ruleset *rules, str name)
{
    for (size_t i = 0; i < rules->field_count; i++) {
        if (str_equal(rules->fields[i].name, name)) return (int)i;
    }
    return -1;
}

static struct rule_field *add_field(struct score_ruleset *rules, str name, enum field_origin origin,
                                    enum field_type type, struct rule_place place)
{
    rules->fields = memory_grow(rules->fields, &rules->field_capacity, rules->field_count + 1,
                                sizeof *rules->fields);
    struct rule_field *field = &rules->fields[rules->field_count++];
    *field = (struct rule_field){
        .name = arena_copy(&rules->arena, name), .origin = origin, .type = type, .place = place};
    return field;
}

static const struct score_declared *declared_as(const struct score_ruleset *rules, str name)
{
    for (size_t i = 0; i < rules->declared_count; i++) {
        if (str_equal(rules->declared[i].name, name)) return &rules->declared[i];
    }
    return NULL;
}

static enum field_type type_of_kind(enum value_kind kind)
{
    if (kind == VALUE_NUMBER) return TYPE_NUMBER;
    return kind == VALUE_TIME ? TYPE_TIME : TYPE_TEXT;
}

static bool is_domain_name(str name)
{
    return str_equal(name, STR("domain")) || str_ends(name, STR(".domain"));
}

// A field that is one column of the input, or -1 when there is no such column.
static int column_field(struct score_parser *parser, str name, struct rule_place place)
{
    struct score_ruleset *rules = parser->rules;
    int schema = schema_find(name);
    const struct score_declared *declared = declared_as(rules, name);
    const struct columns *columns = parser->options->columns;
    bool is_in_input = columns && columns_find(columns, name) >= 0;
    if (schema < 0 && !is_in_input && (columns || !declared)) return -1;
    enum value_kind kind = schema < 0 ? VALUE_TEXT : schema_fields[schema].kind;
    enum field_type type = declared ? declared->type : type_of_kind(kind);
    struct rule_field *field = add_field(rules, name, ORIGIN_COLUMN, type, place);
    field->inputs[0] = score_input(rules, name);
    field->is_words = kind == VALUE_WORD || kind == VALUE_WORDS;
    field->is_domain = is_domain_name(name);
    return (int)rules->field_count - 1;
}

uint32_t score_column_field(struct score_parser *parser, str name, struct rule_place place)
{
    int known = known_field(parser->rules, name);
    return (uint32_t)(known >= 0 ? known : column_field(parser, name, place));
}

static int extra_field(struct score_parser *parser, str name, str member, struct rule_place place)
{
    struct score_ruleset *rules = parser->rules;
    const struct score_declared *declared = declared_as(rules, name);
    struct rule_field *field =
        add_field(rules, name, ORIGIN_EXTRA, declared ? declared->type : TYPE_TEXT, place);
    field->detail = (uint32_t)rules->extra_count;
    field->inputs[0] = rules->extra_input = score_input(rules, STR("extra"));
    rules->extra_members = memory_grow(rules->extra_members, &rules->extra_capacity,
                                       rules->extra_count + 1, sizeof *rules->extra_members);
    rules->extra_members[rules->extra_count++] = arena_copy(&rules->arena, member);
    return (int)rules->field_count - 1;
}

static void fill_level(struct score_parser *parser, struct rule_field *field)
{
    struct score_ruleset *rules = parser->rules;
    static const char *const names[] = {"source", "source_name", "source_campaign"};
    rules->sources.is_used = true;
    for (int i = 0; i < 3; i++) {
        field->inputs[i] = rules->source_inputs[i] = score_input(rules, str_of(names[i]));
    }
    field->detail = str_ends(field->name, STR("incentive"))  ? LEVEL_INCENTIVE
                    : str_ends(field->name, STR("accuracy")) ? LEVEL_ACCURACY
                                                             : LEVEL_AWARENESS;
}

static int derived_field(struct score_parser *parser, size_t which, struct rule_place place)
{
    struct score_ruleset *rules = parser->rules;
    str name = str_of(derived[which].name);
    enum field_origin origin = derived[which].origin;
    struct rule_field *field = add_field(rules, name, origin, derived[which].type, place);
    field->is_words = origin >= ORIGIN_LEVEL;
    field->is_domain = origin == ORIGIN_DOMAIN;
    if (origin == ORIGIN_NAME) {
        field->inputs[0] = score_input(rules, STR("first_name"));
        field->inputs[1] = score_input(rules, STR("last_name"));
    }
    if (origin == ORIGIN_DOMAIN) field->inputs[0] = score_input(rules, STR("email"));
    if (origin == ORIGIN_LEVEL) fill_level(parser, field);
    if (origin == ORIGIN_GROUP) field->group = STR("source");
    return (int)rules->field_count - 1;
}

static int group_field(struct score_parser *parser, str name, struct rule_place place)
{
    bool is_schema_name = str_equal(name, STR("fit")) || str_equal(name, STR("engagement")) ||
                          str_equal(name, STR("suspicion"));
    bool is_source = str_equal(name, STR("source")); // the column; its points are source_points
    if (is_source || (!is_schema_name && score_group_find(parser->rules, name) < 0)) return -1;
    struct rule_field *field = add_field(parser->rules, name, ORIGIN_GROUP, TYPE_NUMBER, place);
    field->group = field->name;
    return (int)parser->rules->field_count - 1;
}

static int find_field(struct score_parser *parser, str name, struct rule_place place)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        if (str_equal(name, str_of(aliases[i].name))) name = str_of(aliases[i].column);
    }
    int known = known_field(parser->rules, name);
    if (known >= 0) return known;
    for (size_t i = 0; i < DERIVED_COUNT; i++) {
        if (str_equal(name, str_of(derived[i].name))) return derived_field(parser, i, place);
    }
    if (str_starts(name, STR("extra."))) {
        return extra_field(parser, name, str_from(name, 6), place);
    }
    int group = group_field(parser, name, place);
    return group >= 0 ? group : column_field(parser, name, place);
}

// How to declare a column, judged by the comparison that follows it.
static const char *declaration_hint(struct score_parser *parser, str name)
{
    static const char *const number_words[] = {"between", "up"}, *const date_words[] = {"within",
                                                                                        "older"};
    const char *statement = "texts";
    for (int i = 0; i < 2; i++) {
        if (parser_at_word(&parser->base, number_words[i])) statement = "numbers";
        if (parser_at_word(&parser->base, date_words[i])) statement = "dates";
    }
    str sign = parser->base.token.text;
    bool is_sign = parser_at(&parser->base, TOKEN_PUNCTUATION) && sign.len;
    if (is_sign && strchr("<>=", sign.data[0])) statement = "numbers";
    return arena_format(&parser->rules->arena,
                        "for a column of your own, add this near the top:  %s %.*s", statement,
                        STR_ARG(name))
        .data;
}

static bool unknown_field(struct score_parser *parser, const struct token *token)
{
    struct score_ruleset *rules = parser->rules;
    struct suggestion best = suggest_start(token->text);
    for (int i = 0; i < SCHEMA_FIELD_COUNT; i++) suggest_offer(&best, schema_fields[i].name);
    for (size_t i = 0; i < DERIVED_COUNT; i++) suggest_offer(&best, str_of(derived[i].name));
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        suggest_offer(&best, str_of(aliases[i].name));
    }
    for (size_t i = 0; i < rules->declared_count; i++) {
        suggest_offer(&best, rules->declared[i].name);
    }
    for (size_t i = 0; i < rules->group_count; i++) suggest_offer(&best, rules->groups[i].name);
    const struct columns *columns = parser->options->columns;
    for (uint32_t i = 0; columns && i < columns->count; i++) {
        suggest_offer(&best, columns->names[i]);
    }
    if (declared_as(rules, token->text)) {
        return parser_error(&parser->base, token->place, NULL, "the input has no column \"%.*s\"",
                            STR_ARG(token->text));
    }
    const char *hint = parser_did_you_mean(&parser->base, best);
    if (!hint && columns) hint = "neither the schema nor the input has such a column";
    if (!hint) hint = declaration_hint(parser, token->text);
    return parser_error(&parser->base, token->place, hint, "no field called \"%.*s\"",
                        STR_ARG(token->text));
}

static const char *const origin_known[] = {
    [ORIGIN_SCORE] = "the score is known only when all rules have been applied",
    [ORIGIN_GROUP] = "the points of a group are known only when all rules have been applied",
    [ORIGIN_TIER] = "the tier is known only to discard, set aside and lifecycle lines",
    [ORIGIN_GRADE] = "the grade is known only to tier, discard, set aside and lifecycle lines",
    [ORIGIN_LIFECYCLE] = "the lifecycle is the last thing to be decided",
};

int score_parse_field(struct score_parser *parser)
{
    struct token token;
    const char *hint = NULL;
    if (parser_at(&parser->base, TOKEN_TEXT)) {
        hint = "to test several values write:  country in \"DE\", \"FR\"";
    }
    if (!parser_expect(&parser->base, TOKEN_WORD, &token, "a field name", hint)) return -1;
    int field;
    if (str_equal(token.text, STR("extra")) && parser_at(&parser->base, TOKEN_TEXT)) {
        str member = parser->base.token.text;
        str name = arena_format(&parser->rules->arena, "extra.%.*s", STR_ARG(member));
        field = find_field(parser, name, token.place);
        parser_advance(&parser->base);
    } else {
        field = find_field(parser, token.text, token.place);
    }
    if (field < 0) {
        unknown_field(parser, &token);
        return -1;
    }
    enum field_origin origin = parser->rules->fields[field].origin;
    if (origin > parser->last_allowed && origin >= ORIGIN_SCORE) {
        parser_error(&parser->base, token.place, origin_known[origin],
                     "\"%.*s\" is not known yet here", STR_ARG(token.text));
        return -1;
    }
    return field;
}

bool score_wrong_type(struct score_parser *parser, uint32_t index, enum field_type wanted,
                      struct rule_place place)
{
    static const char *const kinds[] = {"text", "a number", "a date"};
    const struct rule_field *field = &parser->rules->fields[index];
    struct arena *arena = &parser->rules->arena;
    bool can_declare = field->type == TYPE_TEXT &&
                       (field->origin == ORIGIN_COLUMN || field->origin == ORIGIN_EXTRA);
    const char *hint = NULL;
    if (wanted == TYPE_NUMBER) {
        if (can_declare) {
            hint = arena_format(arena, "add this near the top:  numbers %.*s", STR_ARG(field->name))
                       .data;
        }
        if (field->type == TYPE_TIME) hint = "dates are compared with: within 7 days, older than";
        return parser_error(&parser->base, place, hint,
                            "\"%.*s\" is %s, so it cannot be compared as a number",
                            STR_ARG(field->name), kinds[field->type]);
    }
    if (wanted == TYPE_TIME) {
        if (can_declare) {
            hint = arena_format(arena, "add this near the top:  dates %.*s", STR_ARG(field->name))
                       .data;
        }
        return parser_error(&parser->base, place, hint, "\"%.*s\" is not a date field",
                            STR_ARG(field->name));
    }
    hint = field->type == TYPE_NUMBER ? "numbers are compared with: = 5, >= 5, between 5 and 9"
                                      : "dates are compared with: within 7 days, older than 7 days";
    return parser_error(&parser->base, place, hint,
                        "\"%.*s\" is %s, so it cannot be compared as text", STR_ARG(field->name),
                        kinds[field->type]);
}

static bool declare(struct score_parser *parser, const struct token *token, enum field_type type)
{
    struct score_ruleset *rules = parser->rules;
    int known = known_field(rules, token->text);
    if (known >= 0 && rules->fields[known].type != type) {
        return parser_error(&parser->base, token->place, "put this line above its first use",
                            "\"%.*s\" has been used as something else above", STR_ARG(token->text));
    }
    const struct score_declared *declared = declared_as(rules, token->text);
    if (declared && declared->type != type) {
        return parser_error(&parser->base, token->place, NULL,
                            "\"%.*s\" has been declared as something else above",
                            STR_ARG(token->text));
    }
    int schema = schema_find(token->text);
    if (schema >= 0) {
        enum field_type own = type_of_kind(schema_fields[schema].kind);
        if (own == type) return true; // known anyway
        if (own != TYPE_TEXT || schema_fields[schema].stage == SCHEMA_STAGE_SCORE) {
            return parser_error(&parser->base, token->place, NULL,
                                "\"%.*s\" is always %s: it need not be declared",
                                STR_ARG(token->text), own == TYPE_NUMBER ? "a number" : "a date");
        }
    }
    rules->declared = memory_grow(rules->declared, &rules->declared_capacity,
                                  rules->declared_count + 1, sizeof *rules->declared);
    rules->declared[rules->declared_count++] =
        (struct score_declared){arena_copy(&rules->arena, token->text), type};
    return true;
}

bool score_parse_declaration(struct score_parser *parser, enum field_type type)
{
    do {
        struct token token;
        if (!parser_expect(&parser->base, TOKEN_WORD, &token, "a column name", NULL)) return false;
        if (!declare(parser, &token, type)) return false;
    } while (parser_accept_punctuation(&parser->base, ","));
    return true;
}
