#include "rules_match.h"

#include "core/base/memory.h"
#include "weigh.h"

static const char *const starts[] = {"match", "id", "field", "merge", "review"};

enum { STARTS = sizeof starts / sizeof *starts };

void match_rules_init(struct match_rules *match)
{
    *match = (struct match_rules){.id = {.column = STR("lead_id")}};
    for (int set = 0; set < 2; set++) {
        match->merge_least[set] = WEIGHT_MERGE;
        match->review_least[set] = WEIGHT_REVIEW;
    }
}

bool match_rules_start(const struct parser *parser)
{
    for (size_t i = 0; i < STARTS; i++) {
        if (parser_at_word(parser, starts[i])) return true;
    }
    return false;
}

// A word, or a name with blanks in quotes.
static bool parse_column(struct parser *parser, struct field_rule *field)
{
    struct token token = parser->token;
    if (parser_at(parser, TOKEN_TEXT)) {
        parser_advance(parser);
    } else if (!parser_expect(parser, TOKEN_WORD, &token, "a column's name", NULL)) {
        return false;
    }
    *field = (struct field_rule){token.text, FIELD_NO_KIND, token.place.file, token.place.line};
    return true;
}

static bool parse_match(struct parser *parser, struct match_rules *match)
{
    if (parser_accept_word(parser, "across")) return parse_column(parser, &match->across);
    bool is_weight = parser_accept_word(parser, "weight");
    if (!is_weight && !parser_accept_word(parser, "keys")) {
        return parser_error(parser, parser->token.place, NULL,
                            "expected keys, weight or across, found %s",
                            parser_describe(parser, &parser->token));
    }
    match->by = is_weight ? MATCH_WEIGHT : MATCH_KEYS;
    return true;
}

static bool parse_kind(struct parser *parser, int *kind)
{
    struct token token;
    if (!parser_expect(parser, TOKEN_WORD, &token, "a kind such as email", NULL)) return false;
    *kind = fact_kind_find(token.text);
    if (*kind >= 0) return true;
    *kind = FIELD_NO_KIND;
    if (str_equal(token.text, STR("nothing"))) return true;
    struct suggestion best = suggest_start(token.text);
    suggest_offer(&best, STR("nothing"));
    for (int i = 0; i <= FACT_FULL_NAME; i++) {
        suggest_offer(&best, str_of(fact_kind_name((enum fact_kind)i)));
    }
    return parser_error(parser, token.place, parser_did_you_mean(parser, best),
                        "no kind called \"%.*s\"", STR_ARG(token.text));
}

// The last line of a column counts, so that a .local file can say something else.
static bool parse_field(struct parser *parser, struct match_rules *match)
{
    struct field_rule field;
    if (!parse_column(parser, &field) || !parser_expect_word(parser, "as") ||
        !parse_kind(parser, &field.kind)) {
        return false;
    }
    for (size_t i = 0; i < match->field_count; i++) {
        if (!str_equal(match->fields[i].column, field.column)) continue;
        match->fields[i] = field;
        return true;
    }
    match->fields = memory_grow(match->fields, &match->field_capacity, match->field_count + 1,
                                sizeof *match->fields);
    match->fields[match->field_count++] = field;
    return true;
}

static bool parse_threshold(struct parser *parser, int32_t least[2])
{
    enum { BITS_MAX = 200, THOUSAND = 1000 };
    struct token number;
    bool is_company = parser_accept_word(parser, "companies");
    if (!is_company && !parser_accept_word(parser, "persons")) {
        return parser_error(parser, parser->token.place, NULL,
                            "expected persons or companies, found %s",
                            parser_describe(parser, &parser->token));
    }
    if (!parser_expect(parser, TOKEN_NUMBER, &number, "a weight in bits", NULL)) return false;
    if (number.number > BITS_MAX * THOUSAND || number.number < -BITS_MAX * THOUSAND) {
        return parser_error(parser, number.place, NULL, "a weight is between -%d and %d bits",
                            BITS_MAX, BITS_MAX);
    }
    least[is_company] = (int32_t)(number.number * WEIGHT_BIT / THOUSAND);
    return true;
}

bool match_rules_parse(struct parser *parser, struct match_rules *match)
{
    if (parser_accept_word(parser, "match")) return parse_match(parser, match);
    if (parser_accept_word(parser, "id")) return parse_column(parser, &match->id);
    if (parser_accept_word(parser, "field")) return parse_field(parser, match);
    if (parser_accept_word(parser, "merge")) return parse_threshold(parser, match->merge_least);
    parser_advance(parser); // review
    return parse_threshold(parser, match->review_least);
}

void match_rules_check(const struct match_rules *match, const char *file,
                       struct diagnostics *diagnostics)
{
    struct rule_place place = {.file = file};
    for (int set = 0; set < 2; set++) {
        if (match->review_least[set] <= match->merge_least[set]) continue;
        diagnostics_add(diagnostics, SEVERITY_ERROR, place, NULL,
                        "review %s is above merge: what is reviewed would be merged already",
                        set ? "companies" : "persons");
    }
}

int dedupe_rules_kind(const struct dedupe_rules *rules, str column)
{
    static const struct {
        str column;
        enum fact_kind kind;
    } own[] = {{{"first_name", 10}, FACT_FIRST_NAME},
               {{"last_name", 9}, FACT_LAST_NAME},
               {{"email", 5}, FACT_EMAIL},
               {{"phone", 5}, FACT_PHONE},
               {{"mobile", 6}, FACT_PHONE},
               {{"company", 7}, FACT_COMPANY},
               {{"street", 6}, FACT_STREET},
               {{"city", 4}, FACT_CITY},
               {{"region", 6}, FACT_REGION},
               {{"postal_code", 11}, FACT_POSTAL_CODE},
               {{"country", 7}, FACT_COUNTRY},
               {{"website", 7}, FACT_WEBSITE}};
    for (size_t i = 0; i < rules->match.field_count; i++) {
        if (str_equal(rules->match.fields[i].column, column)) return rules->match.fields[i].kind;
    }
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (str_equal(own[i].column, column)) return own[i].kind;
    }
    return FIELD_NO_KIND;
}

bool dedupe_rules_name(const struct dedupe_rules *rules, str column)
{
    const struct match_rules *match = &rules->match;
    if (str_equal(match->id.column, column)) return true;
    if (column.len && str_equal(match->across.column, column)) return true;
    for (size_t i = 0; i < match->field_count; i++) {
        if (str_equal(match->fields[i].column, column)) return true;
    }
    return false;
}
