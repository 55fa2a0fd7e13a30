#include "rules_take.h"

#include "core/base/memory.h"
#include "core/lead/schema.h"

static struct block_rule *find_block(struct dedupe_rules *rules, str name)
{
    for (size_t i = 0; i < rules->block_count; i++) {
        if (str_equal(rules->blocks[i].name, name)) return &rules->blocks[i];
    }
    return NULL;
}

bool take_rules_start(const struct parser *parser, const struct dedupe_rules *rules)
{
    if (!parser_at(parser, TOKEN_WORD)) return false;
    for (size_t i = 0; i < rules->block_count; i++) {
        if (str_equal(rules->blocks[i].name, parser->token.text)) return true;
    }
    return schema_find(parser->token.text) >= 0;
}

bool rules_schema_column(struct parser *parser, const struct token *token, int *field)
{
    *field = schema_find(token->text);
    if (*field >= 0) return true;
    struct suggestion best = suggest_start(token->text);
    for (int i = 0; i < SCHEMA_FIELD_COUNT; i++) suggest_offer(&best, schema_fields[i].name);
    return parser_error(parser, token->place, parser_did_you_mean(parser, best),
                        "no column called \"%.*s\"", STR_ARG(token->text));
}

// What a word says, with the words that must or may follow it.
enum take_scope { OF_COLUMN = 1, OF_BLOCK = 2 };

struct take_word {
    const char *word, *then, *also;
    enum take_kind kind;
    unsigned scope;
    bool is_other; // another without `then`: the word alone does not decide
};

static const struct take_word words[] = {
    {"oldest", NULL, NULL, TAKE_OLDEST, OF_COLUMN | OF_BLOCK, false},
    {"newest", NULL, NULL, TAKE_NEWEST, OF_COLUMN | OF_BLOCK, false},
    {"longest", NULL, NULL, TAKE_LONGEST, OF_COLUMN, false},
    {"most", "filled", NULL, TAKE_FILL, OF_BLOCK, true},
    {"most", "common", NULL, TAKE_COMMON, OF_COLUMN, true},
    {"most", NULL, NULL, TAKE_MOST, OF_COLUMN, false},
    {"max", NULL, NULL, TAKE_MOST, OF_COLUMN, false},
    {"least", NULL, NULL, TAKE_LEAST, OF_COLUMN, false},
    {"min", NULL, NULL, TAKE_LEAST, OF_COLUMN, false},
    {"from", "survivor", NULL, TAKE_SURVIVOR, OF_COLUMN | OF_BLOCK, false},
    {"sum", "per", "file", TAKE_SUM_FILE, OF_COLUMN, true},
    {"sum", NULL, NULL, TAKE_SUM, OF_COLUMN, false},
    {"all", "words", NULL, TAKE_WORDS, OF_COLUMN, false},
    {"union", NULL, NULL, TAKE_UNION, OF_COLUMN, false},
    {"joined", NULL, NULL, TAKE_JOINED, OF_COLUMN, false},
};

// Reads what is taken; NULL when a fault was reported.
static const struct take_word *parse_word(struct parser *parser, enum take_scope scope)
{
    struct token what;
    if (!parser_expect(parser, TOKEN_WORD, &what, "what it takes", NULL)) return NULL;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const struct take_word *word = &words[i];
        if (!str_equal(what.text, str_of(word->word))) continue;
        bool is_meant = !word->is_other || parser_at_word(parser, word->then);
        if (!is_meant || !(word->scope & scope)) continue;
        if (word->then && !parser_expect_word(parser, word->then)) return NULL;
        if (word->also && !parser_expect_word(parser, word->also)) return NULL;
        return word;
    }
    if (scope == OF_BLOCK) {
        parser_error(parser, what.place, NULL,
                     "a block takes most filled, oldest, newest or from survivor");
    } else {
        parser_error(parser, what.place, NULL,
                     "a column takes oldest, newest, longest, most common, max, min, sum, sum per "
                     "file, union, all words, joined or from survivor");
    }
    return NULL;
}

static bool take_column(struct parser *parser, struct dedupe_rules *rules,
                        const struct token *column, int field)
{
    struct rule_place place = parser->token.place;
    const struct take_word *word = parse_word(parser, OF_COLUMN);
    if (!word) return false;
    enum take_kind kind = word->kind;
    // Of a column of words each is a value; of objects each member.
    enum value_kind values = schema_fields[field].kind;
    if (kind == TAKE_UNION && values == VALUE_WORDS) kind = TAKE_WORDS;
    if (kind == TAKE_UNION && values == VALUE_JSON) kind = TAKE_OBJECTS;
    if ((kind == TAKE_WORDS || kind == TAKE_JOINED) && values == VALUE_JSON) {
        return parser_error(parser, place, "write union", "an object is no text to be joined");
    }
    if (field == FIELD_OPT_OUT && kind != TAKE_WORDS) {
        return parser_error(parser, place, "write opt_out takes all words",
                            "an opt-out of any record stays");
    }
    for (size_t i = 0; i < rules->block_count; i++) {
        const struct block_rule *block = &rules->blocks[i];
        for (size_t k = 0; k < block->column_count; k++) {
            if (!str_equal(block->columns[k], column->text)) continue;
            return parser_error(parser, column->place, "write the block without it, before this",
                                "\"%.*s\" is taken with the block \"%.*s\"", STR_ARG(column->text),
                                STR_ARG(block->name));
        }
    }
    rules->takes = memory_grow(rules->takes, &rules->take_capacity, rules->take_count + 1,
                               sizeof *rules->takes);
    rules->takes[rules->take_count++] = (struct take_rule){schema_fields[field].name, kind};
    return true;
}

bool take_rules_parse(struct parser *parser, struct dedupe_rules *rules)
{
    struct token name;
    int field;
    parser_expect(parser, TOKEN_WORD, &name, "a column", NULL);
    if (!parser_expect_word(parser, "takes")) return false;
    struct block_rule *block = find_block(rules, name.text);
    if (!block) {
        if (!rules_schema_column(parser, &name, &field)) return false;
        return take_column(parser, rules, &name, field);
    }
    const struct take_word *word = parse_word(parser, OF_BLOCK);
    if (word) block->kind = word->kind;
    return word != NULL;
}

static bool has_column(const struct block_rule *block, str column)
{
    for (size_t i = 0; i < block->column_count; i++) {
        if (str_equal(block->columns[i], column)) return true;
    }
    return false;
}

// What is taken elsewhere cannot be taken here as well.
static bool may_be_in_block(struct parser *parser, const struct dedupe_rules *rules,
                            const struct block_rule *block, const struct token *column, int field)
{
    if (field == FIELD_LEAD_ID || (field >= FIELD_SOURCE && field <= FIELD_SOURCE_ROW)) {
        return parser_error(parser, column->place, NULL, "\"%.*s\" is always the survivor's own",
                            STR_ARG(column->text));
    }
    bool is_elsewhere = has_column(block, column->text);
    for (size_t i = 0; i < rules->block_count; i++) {
        is_elsewhere |= &rules->blocks[i] != block && has_column(&rules->blocks[i], column->text);
    }
    for (size_t i = 0; i < rules->take_count; i++) {
        is_elsewhere |= str_equal(rules->takes[i].column, column->text);
    }
    if (!is_elsewhere && !str_equal(column->text, STR("opt_out"))) return true;
    return parser_error(parser, column->place, NULL, "how \"%.*s\" is taken has been said already",
                        STR_ARG(column->text));
}

static bool parse_columns(struct parser *parser, struct dedupe_rules *rules,
                          struct block_rule *block)
{
    do {
        struct token column;
        int field;
        if (!parser_expect(parser, TOKEN_WORD, &column, "a column", NULL) ||
            !rules_schema_column(parser, &column, &field) ||
            !may_be_in_block(parser, rules, block, &column, field)) {
            return false;
        }
        if (block->column_count == BLOCK_COLUMNS_MAX) {
            return parser_error(parser, column.place, NULL, "a block has %d columns at most",
                                BLOCK_COLUMNS_MAX);
        }
        block->columns[block->column_count++] = schema_fields[field].name;
    } while (parser_accept_punctuation(parser, "+"));
    return true;
}

bool block_rules_parse(struct parser *parser, struct dedupe_rules *rules)
{
    struct token name;
    if (!parser_expect(parser, TOKEN_WORD, &name, "the block's name", NULL)) return false;
    if (schema_find(name.text) >= 0) {
        return parser_error(parser, name.place, NULL, "\"%.*s\" is a column", STR_ARG(name.text));
    }
    if (!parser_expect_word(parser, "is")) return false;
    struct block_rule *block = find_block(rules, name.text);
    if (!block && rules->block_count == DEDUPE_BLOCKS_MAX) {
        return parser_error(parser, name.place, NULL, "%d blocks at most", DEDUPE_BLOCKS_MAX);
    }
    if (!block) block = &rules->blocks[rules->block_count++];
    *block = (struct block_rule){.name = name.text};
    return parse_columns(parser, rules, block);
}
