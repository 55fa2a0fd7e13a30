#include "name_order.h"

#include "core/base/utf8.h"

// Cells are looked at no further: longer ones are no names.
enum { NAME_BYTES_MAX = 200 };

const char *person_order_text(enum person_order order)
{
    return order == PERSON_FAMILY_FIRST ? "family name first" : "given name first";
}

// ---- what the header says --------------------------------------------------------------------

static bool can_mean(const struct synonyms *synonyms, str words, int target, struct arena *arena)
{
    struct meaning meanings[MEANINGS_MAX];
    size_t count = synonyms_find(synonyms, str_trim(words), arena, meanings);
    for (size_t i = 0; i < count; i++) {
        if (meanings[i].target == target) return true;
    }
    return false;
}

// The words before the last one or two names, less what joins them: "vor und" of "vor und
// nachname", "sukunimi" of "sukunimi, etunimi".
static str without_joint(str head)
{
    static const char *const joints[] = {"and", "ja", "och", "og", "und", "et", "y",
                                         "e",   "en", "i",   "+",  "&",   "/"};
    head = str_trim(head);
    while (head.len && strchr(",;&+/", head.data[head.len - 1])) {
        head = str_trim(str_first(head, head.len - 1));
    }
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        str joint = str_of(joints[i]);
        bool ends = head.len > joint.len && str_ends(head, joint) &&
                    head.data[head.len - joint.len - 1] == ' ';
        if (ends) return str_trim(str_first(head, head.len - joint.len));
    }
    return head;
}

// Brackets hold the same words: "nimi (sukunimi etunimi)".
static str inside_brackets(str folded)
{
    ptrdiff_t open = str_find(folded, '(');
    if (open < 0 || !str_ends(folded, STR(")"))) return folded;
    return (str){folded.data + open + 1, folded.len - (size_t)open - 2};
}

enum person_order name_order_of_header(const struct synonyms *synonyms, str folded, bool *is_name,
                                       struct arena *arena)
{
    if (is_name) *is_name = false;
    if (folded.len > NAME_BYTES_MAX) return PERSON_ORDER_UNKNOWN;
    str text = inside_brackets(folded);
    for (size_t i = 1; i < text.len; i++) {
        bool is_joint = text.data[i - 1] == ' ' || strchr(",;/&+", text.data[i - 1]);
        if (!is_joint) continue;
        str tail = str_from(text, i), head = without_joint(str_first(text, i));
        bool first = can_mean(synonyms, tail, FIELD_FIRST_NAME, arena);
        bool last = can_mean(synonyms, tail, FIELD_LAST_NAME, arena);
        if (head.len == 0 || (!first && !last)) continue;
        bool head_last = can_mean(synonyms, head, FIELD_LAST_NAME, arena);
        bool head_first = can_mean(synonyms, head, FIELD_FIRST_NAME, arena);
        bool is_joined = head.len < str_trim(str_first(text, i)).len; // "vor- und nachname"
        if (!head_last && !head_first && !is_joined) continue;
        bool is_family_first = first && (head_last || !last);
        if (is_name) *is_name = is_family_first ? head_last : head_first;
        return is_family_first ? PERSON_FAMILY_FIRST : PERSON_GIVEN_FIRST;
    }
    return PERSON_ORDER_UNKNOWN;
}

// ---- what the names show ---------------------------------------------------------------------

void name_order_look(const struct person_rules *persons, struct plan_column *column, str cell,
                     struct arena *arena)
{
    cell = str_trim(cell);
    if (!persons || cell.len == 0 || cell.len > NAME_BYTES_MAX || !utf8_is_valid(cell)) return;
    if (str_find(cell, '@') >= 0) return;
    person_order_vote(persons, cell, &column->names, arena);
}

void name_order_look_at_pair(const struct person_rules *persons, struct plan_column *first_column,
                             str first, str last, struct arena *arena)
{
    first = str_trim(first);
    last = str_trim(last);
    if (!persons || first.len == 0 || last.len == 0) return;
    str both = arena_format(arena, "%.*s %.*s", STR_ARG(first), STR_ARG(last));
    name_order_look(persons, first_column, both, arena);
}

// Where the family name stands first in everyday use.
static bool is_family_first_country(str country)
{
    static const char countries[] = "HUCNTWHKMOJPKRKPVNKHMN";
    for (size_t i = 0; i + 1 < sizeof countries; i += 2) {
        if (str_equal(country, (str){countries + i, 2})) return true;
    }
    return false;
}

// The order where the names show none.
static enum person_order usual_order(const struct export_plan *plan,
                                     const struct knowledge *knowledge,
                                     const struct plan_column *column, enum name_basis *by)
{
    struct arena arena = {0};
    *by = NAMES_BY_PROFILE;
    if (plan->profile && plan->profile->names != PERSON_ORDER_UNKNOWN) return plan->profile->names;
    *by = NAMES_BY_HEADER;
    enum person_order order =
        name_order_of_header(&knowledge->synonyms, column->folded, NULL, &arena);
    arena_release(&arena);
    if (order != PERSON_ORDER_UNKNOWN) return order;
    *by = NAMES_BY_COUNTRY;
    str country = plan->country.len ? plan->country : plan->majority_country;
    if (is_family_first_country(country)) return PERSON_FAMILY_FIRST;
    *by = NAMES_BY_NOTHING;
    return PERSON_GIVEN_FIRST;
}

static void decide(struct export_plan *plan, const struct knowledge *knowledge,
                   const struct export_options *options, struct plan_column *column)
{
    const struct person_votes *votes = &column->names;
    column->name_order = usual_order(plan, knowledge, column, &column->names_by);
    enum person_order shown = person_order_decide(votes, PERSON_ORDER_UNKNOWN);
    // One name alone may be an odd one.
    bool is_odd = votes->given_first + votes->family_first < 2 && shown != column->name_order;
    if (options->names != PERSON_ORDER_UNKNOWN) {
        column->name_order = options->names;
        column->names_by = NAMES_BY_USER;
    } else if (shown != PERSON_ORDER_UNKNOWN && !is_odd) {
        column->name_order = shown;
        column->names_by = NAMES_BY_VALUES;
    } else if (votes->given_first && votes->family_first) {
        plan_note(plan,
                  "column '%.*s' has %zu name%s with the given name first and %zu with the family "
                  "name first; all are read %s (--names decides)",
                  STR_ARG(column->key), votes->given_first, votes->given_first == 1 ? "" : "s",
                  votes->family_first, person_order_text(column->name_order));
    }
}

static void check_pair(struct export_plan *plan)
{
    enum { SHOWN_MIN = 5 };
    int first = mapping_column(&plan->mapping, FIELD_FIRST_NAME);
    int last = mapping_column(&plan->mapping, FIELD_LAST_NAME);
    if (first < 0 || last < 0) return;
    const struct plan_column *columns = plan->mapping.columns;
    const struct person_votes *votes = &columns[first].names;
    bool is_swapped = person_order_decide(votes, PERSON_GIVEN_FIRST) == PERSON_FAMILY_FIRST;
    if (!is_swapped || votes->family_first < SHOWN_MIN) return;
    plan_note(plan,
              "columns '%.*s' and '%.*s' hold each other's names, as %zu of %zu records show "
              "(--mapping puts them right)",
              STR_ARG(columns[first].key), STR_ARG(columns[last].key), votes->family_first,
              votes->family_first + votes->given_first + votes->open);
}

void name_orders_decide(struct export_plan *plan, const struct knowledge *knowledge,
                        const struct export_options *options)
{
    for (size_t i = 0; i < plan->mapping.count; i++) {
        struct plan_column *column = &plan->mapping.columns[i];
        if (column->target == TARGET_FULL_NAME) decide(plan, knowledge, options, column);
    }
    check_pair(plan);
}
