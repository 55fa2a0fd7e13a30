#include "levels.h"

static bool within(const struct name_letters *a, const struct name_letters *b, int limit)
{
    return distance_within(a, b, limit) <= limit;
}

static uint32_t shorter_of(const struct name_letters *a, const struct name_letters *b)
{
    return a->count < b->count ? a->count : b->count;
}

int text_likeness(const struct name_letters *a, const struct name_letters *b)
{
    enum { SLIP_MIN = 3, HEAVY_MIN = 4, TWO_MIN = 5, SLIPS_MIN = 10, CLOSE_LEAST = 850 };
    uint32_t shorter = shorter_of(a, b), longer = a->count + b->count - shorter;
    if (shorter >= SLIP_MIN && within(a, b, shorter >= SLIPS_MIN ? 2 : 1)) return 2;
    if (shorter < HEAVY_MIN) return 0;
    if (longer >= TWO_MIN && within(a, b, 2)) return 1;
    return distance_is_close(a, b, CLOSE_LEAST);
}

static int near_or_differs(bool is_near) { return is_near ? LEVEL_NEAR : LEVEL_DIFFERS; }

static int code_level(const struct fact *a, const struct fact *b)
{
    enum { CODE_MIN = 4 };
    return near_or_differs(a->letters.count >= CODE_MIN && within(&a->letters, &b->letters, 1));
}

bool first_names_meet(const struct nicknames *nicknames, const struct fact *a, const struct fact *b)
{
    if (nicknames_meet(nicknames, a->nickname, b->nickname)) return true;
    for (size_t i = 0; i < a->word_count; i++) {
        for (size_t j = 0; j < b->word_count; j++) {
            if (str_equal(a->words[i].letters.text, b->words[j].letters.text)) return true;
        }
    }
    return false;
}

static int name_level(const struct nicknames *nicknames, enum fact_kind kind, const struct fact *a,
                      const struct fact *b)
{
    enum { START_MIN = 3 };
    int likeness = text_likeness(&a->letters, &b->letters);
    if (kind == FACT_FIRST_NAME && first_names_meet(nicknames, a, b)) return LEVEL_NEAR;
    if (likeness == 2) return LEVEL_NEAR;
    uint32_t shorter = shorter_of(&a->letters, &b->letters);
    bool starts = str_starts(a->text, b->text) || str_starts(b->text, a->text);
    if (starts && (shorter == 1 || shorter >= START_MIN)) return LEVEL_LESS;
    return likeness ? LEVEL_LEAST : LEVEL_DIFFERS;
}

static int number_of(str digits)
{
    int value = 0;
    for (size_t i = 0; i < digits.len; i++) value = value * 10 + (digits.data[i] - '0');
    return value;
}

struct day {
    int year, month, day;
};

static struct day day_of(str text)
{
    return (struct day){number_of(str_first(text, 4)), number_of(str_first(str_from(text, 4), 2)),
                        number_of(str_from(text, 6))};
}

static int date_level(const struct fact *a, const struct fact *b)
{
    enum { DAY_LEN = 8, PART_MIN = 5, MONTH = 31, YEAR = 366 };
    bool is_slip = within(&a->letters, &b->letters, 1);
    if (a->text.len != DAY_LEN || b->text.len != DAY_LEN) {
        return near_or_differs(a->text.len >= PART_MIN && is_slip);
    }
    struct day x = day_of(a->text), y = day_of(b->text);
    if (is_slip) return LEVEL_NEAR;
    if (x.year == y.year && x.month == y.day && x.day == y.month) return LEVEL_NEAR;
    int same = (x.year == y.year) + (x.month == y.month) + (x.day == y.day);
    int days = (x.year - y.year) * 365 + (x.month - y.month) * 30 + x.day - y.day;
    if (days < 0) days = -days;
    if (same == 2 || days <= MONTH || within(&a->letters, &b->letters, 2)) return LEVEL_LESS;
    return days <= YEAR ? LEVEL_EXCHANGED : LEVEL_DIFFERS;
}

static int email_level(const struct fact *a, const struct fact *b)
{
    enum { LOCAL_MIN = 4 };
    const struct name_letters *local_a = &a->words[0].letters, *local_b = &b->words[0].letters;
    const struct name_letters *domain_a = &a->words[1].letters, *domain_b = &b->words[1].letters;
    if (local_a->count >= LOCAL_MIN && str_equal(local_a->text, local_b->text)) return LEVEL_NEAR;
    if (within(&a->letters, &b->letters, 2)) return LEVEL_NEAR;
    int likeness = text_likeness(local_a, local_b);
    if (likeness == 0) return LEVEL_DIFFERS;
    if (!a->is_free && str_equal(domain_a->text, domain_b->text)) return LEVEL_LESS;
    return likeness == 2 && text_likeness(domain_a, domain_b) ? LEVEL_LESS : LEVEL_DIFFERS;
}

// Of two sorted lists, each word once: how many are in both, and in either.
static void count_words(const struct fact *a, const struct fact *b, size_t *both, size_t *either)
{
    size_t i = 0, j = 0;
    *both = *either = 0;
    while (i < a->word_count || j < b->word_count) {
        int order = i == a->word_count ? 1
                    : j == b->word_count
                        ? -1
                        : str_compare(a->words[i].letters.text, b->words[j].letters.text);
        str word = order <= 0 ? a->words[i].letters.text : b->words[j].letters.text;
        while (i < a->word_count && str_equal(a->words[i].letters.text, word)) i++;
        while (j < b->word_count && str_equal(b->words[j].letters.text, word)) j++;
        *both += order == 0;
        ++*either;
    }
}

static bool numbers_are_near(const struct fact *a, const struct fact *b)
{
    for (size_t i = 0; i < a->word_count; i++) {
        for (size_t j = 0; a->words[i].is_number && j < b->word_count; j++) {
            if (b->words[j].is_number && within(&a->words[i].letters, &b->words[j].letters, 1))
                return true;
        }
    }
    return false;
}

static bool same_words(const struct fact *a, const struct fact *b)
{
    if (a->word_count != b->word_count) return false;
    for (size_t i = 0; i < a->word_count; i++) {
        if (!str_equal(a->words[i].letters.text, b->words[i].letters.text)) return false;
    }
    return true;
}

static int street_level(const struct fact *a, const struct fact *b)
{
    if (same_words(a, b) || str_equal(a->letters.text, b->letters.text)) return LEVEL_NEAR;
    bool is_same_number = str_equal(a->numbers, b->numbers);
    if (!is_same_number && a->numbers.len && b->numbers.len && !numbers_are_near(a, b))
        return LEVEL_DIFFERS;
    size_t both, either;
    count_words(a, b, &both, &either);
    bool shares = both >= 2 && both * 2 >= either;
    int likeness = shares && is_same_number ? 0 : text_likeness(&a->letters, &b->letters);
    if (is_same_number && (likeness || shares)) return LEVEL_NEAR;
    return likeness == 2 || shares ? LEVEL_LESS : LEVEL_DIFFERS;
}

static bool abbreviates(str a, str b)
{
    enum { SHORT_MIN = 3, CUT_MIN = 2 };
    if (a.len > b.len) {
        str c = a;
        a = b, b = c;
    }
    if (a.len < SHORT_MIN || a.data[0] != b.data[0] || b.len < a.len + CUT_MIN) return false;
    if (str_starts(b, a)) return true;
    if (a.data[a.len - 1] != b.data[b.len - 1]) return false;
    size_t found = 0;
    for (size_t i = 0; i < b.len && found < a.len; i++) found += b.data[i] == a.data[found];
    return found == a.len;
}

// How well a word stands for another, in tenths.
static unsigned word_match(const struct profile_word *a, const struct profile_word *b)
{
    if (str_equal(a->letters.text, b->letters.text)) return 10;
    if (text_likeness(&a->letters, &b->letters) == 2) return 9;
    return abbreviates(a->letters.text, b->letters.text) ? 8 : 0;
}

struct overlap {
    uint64_t matched, left_a, left_b; // information of words
};

// Each word of a takes the best word of b that is left; of equally good ones the last.
static struct overlap match_words(const struct fact *a, const struct fact *b)
{
    struct overlap overlap = {0};
    uint64_t taken = 0;
    for (size_t i = 0; i < a->word_count; i++) {
        unsigned best = 0;
        size_t at = 0;
        for (size_t j = b->word_count; j-- && best < 10;) {
            unsigned match = taken >> j & 1 ? 0 : word_match(&a->words[i], &b->words[j]);
            if (match > best) best = match, at = j;
        }
        if (!best) {
            overlap.left_a += a->words[i].bits;
            continue;
        }
        taken |= (uint64_t)1 << at;
        overlap.matched += (uint64_t)(a->words[i].bits + b->words[at].bits) * best / 20;
    }
    for (size_t j = 0; j < b->word_count; j++) {
        if (!(taken >> j & 1)) overlap.left_b += b->words[j].bits;
    }
    return overlap;
}

static int company_level(const struct fact *a, const struct fact *b)
{
    if (str_equal(a->sorted, b->sorted) || str_equal(a->letters.text, b->letters.text))
        return LEVEL_EQUAL;
    bool is_acronym =
        (a->word_count == 1) != (b->word_count == 1) && str_equal(a->initials, b->initials);
    if (is_acronym) return LEVEL_LESS;
    struct overlap overlap = match_words(a, b);
    uint64_t left = overlap.left_a + overlap.left_b, all = overlap.matched + left;
    if (overlap.matched == 0) return LEVEL_DIFFERS;
    if (left * 5 < all) return LEVEL_NEAR;
    bool one_side = overlap.left_a == 0 || overlap.left_b == 0;
    return one_side && left * 20 < all * 9 ? LEVEL_LESS : LEVEL_DIFFERS;
}

int level_of(const struct nicknames *nicknames, enum fact_kind kind, const struct profile *p,
             const struct profile *q)
{
    enum { REGION_MIN = 4 };
    const struct fact *a = profile_fact(p, kind), *b = profile_fact(q, kind);
    if (fact_is_same(a, b)) return LEVEL_EQUAL;
    switch (kind) {
    case FACT_FIRST_NAME:
    case FACT_LAST_NAME: return name_level(nicknames, kind, a, b);
    case FACT_DATE: return date_level(a, b);
    case FACT_EMAIL: return email_level(a, b);
    case FACT_COMPANY: return company_level(a, b);
    case FACT_STREET: return street_level(a, b);
    case FACT_PHONE:
    case FACT_ID:
    case FACT_POSTAL_CODE: return code_level(a, b);
    case FACT_WEBSITE: return near_or_differs(text_likeness(&a->letters, &b->letters) == 2);
    case FACT_REGION:
        if (a->letters.count < REGION_MIN) return LEVEL_DIFFERS;
        return near_or_differs(text_likeness(&a->letters, &b->letters));
    case FACT_CITY:
    case FACT_TEXT: return near_or_differs(text_likeness(&a->letters, &b->letters));
    case FACT_COUNTRY:
    case FACT_KINDS: break;
    }
    return LEVEL_DIFFERS;
}
