#include "likeness_names.h"

enum { START_LETTERS_MIN = 3, SOUNDS_MIN = 3 };

bool likeness_is_close(const struct likeness_rules *rules, const struct name_letters *a,
                       const struct name_letters *b)
{
    if (!rules->close_least) return false;
    return distance_is_shuffled(a, b) || distance_is_close(a, b, rules->close_least);
}

// Two sounds are too many names' (ella and alia, leon and liana).
static bool has_sounds(const struct likeness_word *word)
{
    return word->sound.primary >> (8 * (SOUNDS_MIN - 1)) != 0;
}

static bool sounds_alike(const struct likeness_word *a, const struct likeness_word *b)
{
    if (a->nordic && a->nordic == b->nordic) return true;
    return has_sounds(a) && has_sounds(b) && metaphone_equal(a->sound, b->sound);
}

static bool is_start(const struct name_letters *a, const struct name_letters *b)
{
    const struct name_letters *longer = a->count > b->count ? a : b, *shorter = longer == a ? b : a;
    return shorter->count >= START_LETTERS_MIN && str_starts(longer->text, shorter->text);
}

static bool is_initial(const struct name_letters *a, const struct name_letters *b)
{
    const struct name_letters *one = a->count == 1 ? a : b, *name = a->count == 1 ? b : a;
    return str_starts(name->text, one->text);
}

static enum likeness compare_words(const struct likeness_rules *rules, enum likeness_kind kind,
                                   const struct likeness_word *a, const struct likeness_word *b)
{
    if (str_equal(a->letters.text, b->letters.text)) return LIKE_EXACT;
    if (a->letters.count == 1 || b->letters.count == 1) {
        return is_initial(&a->letters, &b->letters) ? LIKE_INITIAL : LIKE_DIFFER;
    }
    if (a->nickname && b->nickname && nicknames_meet(rules->nicknames, a->nickname, b->nickname)) {
        return LIKE_NICKNAME;
    }
    if (distance_is_typo(&rules->limits, &a->letters, &b->letters)) return LIKE_TYPO;
    if (sounds_alike(a, b)) return LIKE_PHONETIC;
    if (kind == LIKENESS_FIRST_NAME && is_start(&a->letters, &b->letters)) return LIKE_START;
    return likeness_is_close(rules, &a->letters, &b->letters) ? LIKE_CLOSE : LIKE_DIFFER;
}

// How much less than the same a level of words is: the loosest of a name's words is the name's.
static int looseness(enum likeness level)
{
    static const uint8_t order[LIKE_LEVELS] = {
        [LIKE_EXACT] = 0, [LIKE_NICKNAME] = 1, [LIKE_TYPO] = 2,    [LIKE_PHONETIC] = 3,
        [LIKE_START] = 4, [LIKE_CLOSE] = 5,    [LIKE_INITIAL] = 6, [LIKE_DIFFER] = 7,
    };
    return order[level];
}

// Which words of the longer name have their partner, and how the pairs agree.
struct pairing {
    unsigned taken_few, taken_many; // a bit for each word
    size_t exact, count;
    enum likeness loosest;
};

static void pair_exact(struct pairing *pairing, const struct likeness_value *few,
                       const struct likeness_value *many)
{
    for (unsigned i = 0; i < few->count; i++) {
        for (unsigned j = 0; j < many->count; j++) {
            if (pairing->taken_many >> j & 1) continue;
            if (!str_equal(few->words[i].letters.text, many->words[j].letters.text)) continue;
            pairing->taken_few |= 1u << i;
            pairing->taken_many |= 1u << j;
            pairing->exact++;
            break;
        }
    }
    pairing->count = pairing->exact;
}

// Finds for a word the free one that it agrees with best. Returns whether there is any.
static bool pair_word(const struct likeness_rules *rules, enum likeness_kind kind,
                      struct pairing *pairing, const struct likeness_word *word,
                      const struct likeness_value *many)
{
    enum likeness best = LIKE_DIFFER;
    unsigned partner = 0;
    for (unsigned j = 0; j < many->count; j++) {
        if (pairing->taken_many >> j & 1) continue;
        enum likeness level = compare_words(rules, kind, word, &many->words[j]);
        if (looseness(level) >= looseness(best)) continue;
        best = level;
        partner = j;
    }
    if (best == LIKE_DIFFER) return false;
    pairing->taken_many |= 1u << partner;
    pairing->count++;
    if (looseness(best) > looseness(pairing->loosest)) pairing->loosest = best;
    return true;
}

// A given name of several has another beside it: as much as says that one is the same.
static enum likeness partly_alike(enum likeness_kind kind, const struct pairing *pairing)
{
    bool is_part = kind == LIKENESS_FIRST_NAME && pairing->exact;
    return is_part ? LIKE_OVERLAP : LIKE_DIFFER;
}

// Names of several words: every word of the one that has fewer must find its partner.
static enum likeness compare_several(const struct likeness_rules *rules, enum likeness_kind kind,
                                     const struct likeness_value *a, const struct likeness_value *b)
{
    // The same way round whichever comes first.
    bool is_turned = a->count != b->count ? a->count > b->count
                                          : str_compare(a->letters.text, b->letters.text) > 0;
    const struct likeness_value *few = is_turned ? b : a, *many = is_turned ? a : b;
    struct pairing pairing = {.loosest = LIKE_EXACT};
    pair_exact(&pairing, few, many);
    for (unsigned i = 0; i < few->count; i++) {
        if (pairing.taken_few >> i & 1) continue;
        if (!pair_word(rules, kind, &pairing, &few->words[i], many)) {
            return partly_alike(kind, &pairing);
        }
    }
    if (pairing.loosest != LIKE_EXACT) return pairing.loosest;
    return few->count == many->count ? LIKE_REORDERED : LIKE_SUBSET;
}

enum likeness likeness_names(const struct likeness_rules *rules, enum likeness_kind kind,
                             const struct likeness_value *a, const struct likeness_value *b)
{
    if (str_equal(a->letters.text, b->letters.text)) return LIKE_EXACT;
    if (a->count == 1 && b->count == 1) {
        return compare_words(rules, kind, &a->words[0], &b->words[0]);
    }
    if (a->nickname && b->nickname && nicknames_meet(rules->nicknames, a->nickname, b->nickname)) {
        return LIKE_NICKNAME;
    }
    enum likeness level = compare_several(rules, kind, a, b);
    if (level == LIKE_REORDERED || level == LIKE_SUBSET) return level;
    // A blank more or less is a slip too: jean paul, jeanpaul.
    return distance_is_typo(&rules->limits, &a->letters, &b->letters) ? LIKE_TYPO : level;
}
