#include "likeness_tokens.h"

#include "core/lead/fold.h"
#include "likeness_names.h"

enum { WORDS_MAX = 16 };

struct common {
    unsigned all, numbers; // tokens that both have
};

static struct common common_tokens(const struct likeness_value *a, const struct likeness_value *b)
{
    struct common common = {0, 0};
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        uint64_t x = a->tokens[i], y = b->tokens[j];
        common.all += x == y;
        common.numbers += x == y && (x & 1);
        i += x <= y;
        j += y <= x;
    }
    return common;
}

// Words before numbers: main st 12 and main st 14 are two houses of one street.
static enum likeness compare_numbers(const struct likeness_value *a, const struct likeness_value *b,
                                     struct common common)
{
    unsigned words = common.all - common.numbers;
    bool same_words = a->count - a->numbers == (int)words && b->count - b->numbers == (int)words;
    return same_words && words ? LIKE_OTHER_NUMBER : LIKE_DIFFER;
}

static bool is_acronym(const struct likeness_value *a, const struct likeness_value *b)
{
    bool is_one_alone = (a->count == 1) != (b->count == 1);
    const struct likeness_value *one = a->count == 1 ? a : b;
    return is_one_alone && one->letters.count > 1 && a->initials && a->initials == b->initials;
}

// Whether a word may be short for the other: at most half of it, the same first letter, and its
// letters in that order (mfg, manufacturing).
static bool is_short_for(str word, str whole)
{
    if (word.len < 2 || 2 * word.len > whole.len || word.data[0] != whole.data[0]) return false;
    size_t at = 0;
    for (size_t i = 0; i < whole.len && at < word.len; i++) at += whole.data[i] == word.data[at];
    return at == word.len;
}

static bool is_partner(str a, str b)
{
    if (str_equal(a, b)) return true;
    if (byte_is_digit(a.data[0]) || byte_is_digit(b.data[0])) return false;
    return is_short_for(a, b) || is_short_for(b, a);
}

// Each word has its partner, the first free one that is the same or an abbreviation either way. The
// answer does not depend on which text comes first, since the lesser one does.
static bool is_abbreviated(str a, str b)
{
    str words[WORDS_MAX], others[WORDS_MAX];
    if (str_compare(a, b) > 0) return is_abbreviated(b, a);
    size_t count = fold_words(a, words, WORDS_MAX);
    if (count == WORDS_MAX || fold_words(b, others, WORDS_MAX) != count) return false;
    unsigned taken = 0;
    for (size_t i = 0; i < count; i++) {
        size_t j = 0;
        while (j < count && (taken >> j & 1 || !is_partner(words[i], others[j]))) j++;
        if (j == count) return false;
        taken |= 1u << j;
    }
    return true;
}

enum likeness likeness_tokens(const struct likeness_rules *rules, enum likeness_kind kind,
                              const struct likeness_value *a, const struct likeness_value *b)
{
    struct common common = common_tokens(a, b);
    unsigned few = a->count < b->count ? a->count : b->count, many = a->count + b->count - few;
    unsigned few_numbers = a->numbers < b->numbers ? a->numbers : b->numbers;
    if (few_numbers > common.numbers) return compare_numbers(a, b, common);
    if (common.all == many) return LIKE_REORDERED;
    bool has_word = common.all > common.numbers; // a number alone is in many texts
    if (common.all == few && has_word) return LIKE_SUBSET;
    // A digit too many or too few is another number.
    bool same_numbers = a->numbers == common.numbers && b->numbers == common.numbers;
    if (same_numbers && distance_is_typo(&rules->limits, &a->letters, &b->letters)) {
        return LIKE_TYPO;
    }
    if (has_word && few == many && is_abbreviated(a->letters.text, b->letters.text)) {
        return LIKE_ABBREVIATED;
    }
    if (has_word && 2 * common.all >= few + many - common.all) return LIKE_OVERLAP;
    if (kind == LIKENESS_CITY && likeness_is_close(rules, &a->letters, &b->letters)) {
        return LIKE_CLOSE;
    }
    bool may_be_acronym = kind == LIKENESS_COMPANY || kind == LIKENESS_REGION;
    return may_be_acronym && is_acronym(a, b) ? LIKE_INITIAL : LIKE_DIFFER;
}
