#include "email_meant.h"

#include "core/base/suggest.h"

enum {
    SHORT_NAME = 5, // shorter names are too near to other words
    LONG_NAME = 7,  // those of this length and longer may have two slips
};

static str typo_of(const struct email_slips *slips, str wrong)
{
    uint32_t row;
    if (!map_find(&slips->by_typo, wrong, &row)) return (str){0};
    return table_cell(&slips->typos, row, slips->right);
}

// --- slips of the fingers -----------------------------------------------------------------------

// Keys that lie beside each other, and letters that are taken for each other.
static bool are_near(char a, char b)
{
    static const char *const rows[] = {"1234567890", "qwertyuiop", "asdfghjkl;", "zxcvbnm,./"};
    static const char *const alike[] = {"il1j", "o0", "ae", "ei", "nm", "uv", "vw", "yi", "aou"};
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
        if (strchr(alike[i], a) && strchr(alike[i], b)) return true;
    }
    for (size_t row = 0; row < 4; row++) {
        const char *at = strchr(rows[row], a);
        if (!at) continue;
        size_t column = (size_t)(at - rows[row]);
        for (size_t other = row ? row - 1 : 0; other <= row + 1 && other < 4; other++) {
            const char *beside = strchr(rows[other], b);
            // A row is half a key to the right of the one above it.
            ptrdiff_t step = beside ? beside - rows[other] - (ptrdiff_t)column : 9;
            if (other < row   ? step == 0 || step == 1
                : other > row ? step == 0 || step == -1
                              : step == 1 || step == -1) {
                return true;
            }
        }
    }
    return false;
}

enum slip { SLIP_NONE, SLIP_DOUBLE, SLIP_SWAP, SLIP_NEAR, SLIP_LESS, SLIP_MORE, SLIP_OTHER };

// What makes `typed` of `right` where one slip does. *at is where it is in `right`.
static enum slip slip_of(str typed, str right, size_t *at)
{
    size_t p = 0, shorter = typed.len < right.len ? typed.len : right.len;
    while (p < shorter && typed.data[p] == right.data[p]) p++;
    *at = p;
    str t = str_from(typed, p), r = str_from(right, p);
    if (typed.len == right.len + 1 && str_equal(str_from(t, 1), r)) {
        bool is_double = p > 0 && t.data[0] == typed.data[p - 1];
        return is_double ? SLIP_DOUBLE : SLIP_MORE;
    }
    if (typed.len + 1 == right.len && str_equal(t, str_from(r, 1))) {
        bool is_double = p > 0 && r.data[0] == right.data[p - 1];
        return is_double ? SLIP_DOUBLE : SLIP_LESS;
    }
    if (typed.len != right.len || t.len == 0) return SLIP_NONE;
    if (str_equal(str_from(t, 1), str_from(r, 1))) {
        return are_near(t.data[0], r.data[0]) ? SLIP_NEAR : SLIP_OTHER;
    }
    bool is_swap = t.len > 1 && t.data[0] == r.data[1] && t.data[1] == r.data[0] &&
                   str_equal(str_from(t, 2), str_from(r, 2));
    return is_swap ? SLIP_SWAP : SLIP_NONE;
}

// How unlikely it is that the label is a slip of the anchor's: small is likely, 0 = it is not.
static int cost_of(const struct email_anchor *anchor, str label)
{
    size_t at, len = anchor->label.len;
    enum slip slip = slip_of(label, anchor->label, &at);
    switch (slip) {
    case SLIP_DOUBLE: return len > 2 ? 1 : 0;
    case SLIP_SWAP: return len >= SHORT_NAME && (anchor->edits || at > 0) ? 1 : 0;
    case SLIP_NEAR: return anchor->edits && len >= SHORT_NAME ? 2 : 0;
    case SLIP_LESS: return anchor->edits && len >= SHORT_NAME ? 3 : 0;
    case SLIP_MORE: return anchor->edits && len >= SHORT_NAME && at > 0 ? 3 : 0;
    case SLIP_OTHER: {
        bool may_be = anchor->edits == 2 ? len >= SHORT_NAME : anchor->edits && len >= LONG_NAME;
        return may_be && (at > 0 || len > LONG_NAME) ? 4 : 0;
    }
    case SLIP_NONE: break;
    }
    bool may_have_two = anchor->edits == 2 && len >= LONG_NAME && label.len >= LONG_NAME - 1 &&
                        label.data[0] == anchor->label.data[0];
    return may_have_two && suggest_distance(label, anchor->label, 2) == 2 ? 8 : 0;
}

// Whether sets of letters differ by so few that two slips could have made one of the other.
static inline bool are_alike(uint32_t a, uint32_t b)
{
    uint32_t differ = a ^ b;
    for (int i = 0; i < 4; i++) differ &= differ - 1;
    return differ == 0;
}

// The anchor of the group that the label, which has these letters, is a slip of.
static str near_in_group(const struct email_slips *slips, const struct email_anchor_group *group,
                         str label, uint32_t letters)
{
    uint32_t best_number = 0;
    int best_cost = 99;
    if (label.len < 2 || label.len > EMAIL_LABEL_MAX + 2) return (str){0};
    size_t least = label.len > 2 ? label.len - 2 : 0;
    for (size_t len = least; len <= label.len + 2 && len <= EMAIL_LABEL_MAX; len++) {
        for (uint32_t number = group->first[len]; number; number = slips->next[number - 1]) {
            const struct email_anchor *anchor = &slips->anchors[number - 1];
            if (!are_alike(letters, anchor->letters)) continue;
            int cost = str_equal(label, anchor->label) ? -1 : cost_of(anchor, label);
            bool is_better = cost < best_cost || (cost == best_cost && number < best_number);
            if (cost == 0 || !is_better) continue;
            best_cost = cost;
            best_number = number;
        }
    }
    return best_number ? slips->anchors[best_number - 1].domain : (str){0};
}

static const struct email_anchor_group *find_group(const struct email_slips *slips, str suffix)
{
    uint32_t number;
    return map_find(&slips->by_suffix, suffix, &number) ? &slips->groups[number] : NULL;
}

// The anchor with this suffix that the label is a slip of, or is.
static str near_anchor(const struct email_slips *slips, str label, str suffix)
{
    const struct email_anchor_group *group = find_group(slips, suffix);
    return group ? near_in_group(slips, group, label, email_letters(label)) : (str){0};
}

// --- endings ------------------------------------------------------------------------------------

static str join(struct arena *arena, str base, str ending)
{
    char *out = arena_bytes(arena, base.len + 1 + ending.len);
    memcpy(out, base.data, base.len);
    out[base.len] = '.';
    memcpy(out + base.len + 1, ending.data, ending.len);
    return (str){out, base.len + 1 + ending.len};
}

// Whether "level.tld" is a public suffix.
static bool is_suffix(const struct email_slip_query *query, str level, str tld)
{
    char text[16];
    uint32_t lists = 0;
    if (level.len + 1 + tld.len > sizeof text) return false;
    memcpy(text, level.data, level.len);
    text[level.len] = '.';
    memcpy(text + level.len + 1, tld.data, tld.len);
    return map_find(query->suffixes, (str){text, level.len + 1 + tld.len}, &lists) &&
           lists & query->suffix_bit;
}

// What the ending is changed into: the anchor that the whole is or is a slip of, else, where
// `anyway`, the whole.
static str with_ending(const struct email_slips *slips, str base, str ending, bool anyway,
                       struct arena *arena)
{
    str domain = join(arena, base, ending);
    ptrdiff_t dot = str_find(domain, '.');
    str anchor =
        near_anchor(slips, str_first(domain, (size_t)dot), str_from(domain, (size_t)dot + 1));
    if (anchor.data) return anchor;
    return anyway ? domain : (str){0};
}

// How unlikely it is that `typed` is a slip of the ending: small is likely, 0 = it is not.
static int ending_cost(str typed, str ending)
{
    static const int costs[] = {
        [SLIP_NONE] = 0, [SLIP_SWAP] = 1, [SLIP_DOUBLE] = 2, [SLIP_NEAR] = 2,
        [SLIP_LESS] = 3, [SLIP_MORE] = 3, [SLIP_OTHER] = 4};
    size_t at, letters = typed.len;
    while (letters && byte_is_digit(typed.data[letters - 1])) letters--;
    if (letters < typed.len) return str_equal(str_first(typed, letters), ending);
    return typed.len < 2 ? 0 : costs[slip_of(typed, ending, &at)];
}

// "hotmail.f": the first provider of that name whose ending begins so.
static str with_first_letter(const struct email_slips *slips, str base, str letter)
{
    for (size_t i = 0; letter.len == 1 && i < slips->anchor_count; i++) {
        const struct email_anchor *anchor = &slips->anchors[i];
        bool is_it = str_equal(anchor->label, base) && str_starts(anchor->suffix, letter);
        if (is_it) return anchor->domain;
    }
    return (str){0};
}

// What an ending that does not exist may be.
struct endings {
    const struct email_slips *slips;
    struct arena *arena;
    str best, known; // the likeliest so far, and the likeliest that makes a provider
    int best_cost, known_cost;
};

static void offer_cost(struct endings *endings, str before, str typed, str ending)
{
    int cost = before.len ? ending_cost(typed, ending) : 0;
    if (cost == 0) return;
    str known = with_ending(endings->slips, before, ending, false, endings->arena);
    if (known.data && cost < endings->known_cost) {
        endings->known_cost = cost;
        endings->known = known;
    }
    if (cost >= endings->best_cost) return;
    endings->best_cost = cost;
    endings->best = join(endings->arena, before, ending);
}

// The likeliest ending; of those as likely the first. One that makes a provider comes before all
// others. An ending of two labels is compared with the last two as well.
static str repair_by_slip(const struct email_slips *slips, str base, str tld, struct arena *arena)
{
    struct endings endings = {.slips = slips, .arena = arena, .best_cost = 99, .known_cost = 99};
    const char *dot = memrchr(base.data, '.', base.len);
    str name = {base.data, dot ? (size_t)(dot - base.data) : 0};
    str last_two = {base.data + name.len + 1, base.len - name.len + tld.len};
    for (size_t i = 0; i < slips->anchor_count; i++) {
        str ending = slips->anchors[i].suffix;
        if (slips->anchors[i].label.len) continue;
        offer_cost(&endings, base, tld, ending);
        if (dot && str_find(ending, '.') >= 0) offer_cost(&endings, name, last_two, ending);
    }
    return endings.known.data ? endings.known : endings.best;
}

// A top-level domain that does not exist, without its dot, and what it may be.
static str repair_tld(const struct email_slips *slips, str base, str tld, struct arena *arena)
{
    str row = typo_of(slips, (str){tld.data - 1, tld.len + 1});
    if (row.len > 1) {
        str known = with_ending(slips, base, str_from(row, 1), false, arena);
        if (known.data) return known;
    }
    str found = with_first_letter(slips, base, tld);
    if (!found.data && row.len > 1) found = join(arena, base, str_from(row, 1));
    return found.data ? found : repair_by_slip(slips, base, tld, arena);
}

// The domain of a country's company without its second level, or with a slip in it. `ending` is
// where they are: "co.uk".
static str repair_second_level(const struct email_slips *slips,
                               const struct email_slip_query *query, str base, str ending,
                               struct arena *arena)
{
    const char *dot = memrchr(base.data, '.', base.len);
    size_t at, level_len = (size_t)str_find(ending, '.');
    str level = str_first(ending, level_len);
    if (dot) { // firma.vo.uk
        str name = str_first(base, (size_t)(dot - base.data)), typed = str_from(base, name.len + 1);
        bool is_slip = typed.len >= 2 && typed.len <= 4 &&
                       slip_of(typed, level, &at) != SLIP_NONE &&
                       !is_suffix(query, typed, str_from(ending, level_len + 1));
        return is_slip ? with_ending(slips, name, ending, true, arena) : (str){0};
    }
    uint32_t number;
    if (str_ends(base, level) && base.len >= level_len + 3) { // firmaco.uk
        return with_ending(slips, str_first(base, base.len - level_len), ending, true, arena);
    }
    if (!map_find(&slips->by_label, base, &number)) return (str){0};
    str whole = join(arena, base, ending); // hotmail.uk
    return map_find(&slips->by_domain, whole, &number) ? whole : (str){0};
}

// An ending that exists but is more often a slip (*.co -> .com), after a provider's name.
static str slipped_ending(const struct email_slips *slips, str domain, struct arena *arena)
{
    ptrdiff_t dot = str_find(domain, '.');
    str label = str_first(domain, (size_t)dot), suffix = str_from(domain, (size_t)dot + 1);
    char key[16] = "*.";
    if (suffix.len > sizeof key - 2) return (str){0};
    memcpy(key + 2, suffix.data, suffix.len);
    str right = typo_of(slips, (str){key, suffix.len + 2});
    if (right.len > 1) {
        str found = with_ending(slips, label, str_from(right, 1), false, arena);
        if (found.data) return found;
    }
    // gmailc.om
    if (str_equal(suffix, STR("om")) && str_ends(label, STR("c"))) {
        return with_ending(slips, str_first(label, label.len - 1), STR("com"), false, arena);
    }
    return (str){0};
}

// --- all of it ----------------------------------------------------------------------------------

// "gmail", "gmailcom": a provider's name without its dot. The first with that name.
static str without_dot(const struct email_slips *slips, str text)
{
    for (size_t i = 0; i < slips->anchor_count; i++) {
        const struct email_anchor *anchor = &slips->anchors[i];
        if (anchor->label.len < 3 || !str_starts(text, anchor->label)) continue;
        str rest = str_from(text, anchor->label.len);
        if (rest.len == 0 || str_equal(rest, anchor->suffix)) return anchor->domain;
    }
    return (str){0};
}

str email_meant(const struct email_slips *slips, const struct email_slip_query *query,
                struct arena *arena)
{
    str domain = query->domain;
    if (query->is_allowed) return (str){0};
    str right = typo_of(slips, domain);
    if (right.data) return right;
    ptrdiff_t first = str_find(domain, '.');
    uint32_t number;
    if (first < 0) return without_dot(slips, domain);
    if (query->is_known || first == 0) return (str){0};
    const char *last = memrchr(domain.data, '.', domain.len);
    str base = str_first(domain, (size_t)(last - domain.data));
    str tld = str_from(domain, base.len + 1);
    if (!query->has_tld) {
        right = repair_tld(slips, base, tld, arena);
        return right.data ? right : slipped_ending(slips, domain, arena);
    }
    if (str_ends(domain, STR(".com.com"))) return arena_copy(arena, base);
    if (tld.len == 2 && map_find(&slips->by_country, tld, &number)) {
        right = repair_second_level(slips, query, base, slips->anchors[number].suffix, arena);
        if (right.data) return right;
    }
    str label = str_first(domain, (size_t)first), suffix = str_from(domain, (size_t)first + 1);
    const struct email_anchor_group *group = find_group(slips, suffix);
    if (!group) return slipped_ending(slips, domain, arena);
    return near_in_group(slips, group, label, email_letters(label));
}

// --- how sure it is -----------------------------------------------------------------------------

// Takes one more candidate for the typed ending. False when there are two.
static bool offer_ending(str typed, str ending, str *only)
{
    size_t at;
    if (slip_of(typed, ending, &at) == SLIP_NONE || str_equal(*only, ending)) return true;
    bool is_first = only->data == NULL;
    *only = ending;
    return is_first;
}

// The only ending, of those that exist and of the anchors', that the typed one is a slip of.
static str only_ending(const struct email_slips *slips, const struct list *tlds, str typed)
{
    str only = {0};
    for (size_t i = 0; i < slips->anchor_count; i++) {
        if (slips->anchors[i].label.len) continue;
        if (!offer_ending(typed, slips->anchors[i].suffix, &only)) return (str){0};
    }
    for (size_t i = 0; tlds && i < tlds->items.capacity; i++) {
        const struct map_slot *slot = &tlds->items.slots[i];
        if (!slot->key || !slot->value) continue;
        if (!offer_ending(typed, (str){slot->key, slot->len}, &only)) return (str){0};
    }
    return tlds ? only : (str){0};
}

// What a row, or else the only candidate, puts in the place of the ending; *base is what stands
// before it.
static str sure_ending(const struct email_slips *slips, const struct email_slip_query *query,
                       str *base)
{
    str domain = query->domain;
    ptrdiff_t first = str_find(domain, '.');
    const char *last = memrchr(domain.data, '.', domain.len);
    if (first < 1) return (str){0};
    if (query->has_tld) {
        char key[16] = "*";
        str ending = str_from(domain, (size_t)first);
        *base = str_first(domain, (size_t)first);
        if (ending.len > sizeof key - 1) return (str){0};
        memcpy(key + 1, ending.data, ending.len);
        str row = typo_of(slips, (str){key, ending.len + 1});
        return row.len > 1 ? str_from(row, 1) : (str){0};
    }
    *base = str_first(domain, (size_t)(last - domain.data));
    str row = typo_of(slips, str_from(domain, base->len));
    if (row.len > 1) return str_from(row, 1);
    return only_ending(slips, query->tlds, str_from(domain, base->len + 1));
}

// Whether no other anchor with this suffix is as few slips away from the label as this one.
static bool is_only_anchor(const struct email_slips *slips, str label, str suffix, str domain)
{
    int least = 3, least_of_others = 3;
    for (size_t i = 0; i < slips->anchor_count; i++) {
        const struct email_anchor *anchor = &slips->anchors[i];
        if (anchor->label.len == 0 || !str_equal(anchor->suffix, suffix)) continue;
        int distance = suggest_distance(label, anchor->label, 2);
        int *of = str_equal(anchor->domain, domain) ? &least : &least_of_others;
        if (distance < *of) *of = distance;
    }
    return least < least_of_others;
}

bool email_meant_is_sure(const struct email_slips *slips, const struct email_slip_query *query,
                         str meant)
{
    if (typo_of(slips, query->domain).data) return true;
    str base = {0}, ending = sure_ending(slips, query, &base);
    if (!ending.data) return false;
    bool has_ending = meant.len > ending.len && str_ends(meant, ending) &&
                      meant.data[meant.len - ending.len - 1] == '.';
    if (!has_ending) return false;
    str name = str_first(meant, meant.len - ending.len - 1);
    return str_equal(name, base) || is_only_anchor(slips, base, ending, meant);
}
