// The words of kinds and levels, and which levels a kind can have.
#include "likeness.h"

enum {
    EVERY_KIND = 1 << LIKE_BLANK | 1 << LIKE_DIFFER | 1 << LIKE_EXACT,
    EVERY_NAME = 1 << LIKE_REORDERED | 1 << LIKE_INITIAL | 1 << LIKE_TYPO | 1 << LIKE_PHONETIC |
                 1 << LIKE_CLOSE | 1 << LIKE_SUBSET,
    EVERY_WORDS = 1 << LIKE_REORDERED | 1 << LIKE_TYPO | 1 << LIKE_ABBREVIATED | 1 << LIKE_SUBSET |
                  1 << LIKE_OVERLAP | 1 << LIKE_OTHER_NUMBER,
};

static const struct {
    const char *name;
    uint32_t levels;
} kinds[LIKENESS_KINDS] = {
    [LIKENESS_FIRST_NAME] = {"first_name",
                             EVERY_NAME | 1 << LIKE_NICKNAME | 1 << LIKE_START | 1 << LIKE_OVERLAP},
    [LIKENESS_LAST_NAME] = {"last_name", EVERY_NAME},
    [LIKENESS_FULL_NAME] = {"full_name", EVERY_NAME | 1 << LIKE_NICKNAME},
    [LIKENESS_EMAIL] = {"email", 1 << LIKE_TYPO | 1 << LIKE_LOCAL_PART | 1 << LIKE_DOMAIN},
    [LIKENESS_PHONE] = {"phone", 1 << LIKE_TYPO | 1 << LIKE_LAST_DIGITS},
    [LIKENESS_COMPANY] = {"company", EVERY_WORDS | 1 << LIKE_INITIAL},
    [LIKENESS_STREET] = {"street", EVERY_WORDS},
    [LIKENESS_CITY] = {"city", EVERY_WORDS | 1 << LIKE_CLOSE},
    [LIKENESS_REGION] = {"region", EVERY_WORDS | 1 << LIKE_INITIAL},
    [LIKENESS_POSTAL_CODE] = {"postal_code", 1 << LIKE_TYPO | 1 << LIKE_NEAR},
    [LIKENESS_COUNTRY] = {"country", 0},
    [LIKENESS_WEBSITE] = {"website", 1 << LIKE_TYPO | 1 << LIKE_DOMAIN},
    [LIKENESS_DATE] = {"date", 1 << LIKE_TYPO | 1 << LIKE_SWAPPED | 1 << LIKE_YEAR_MONTH |
                                   1 << LIKE_YEAR_DAY | 1 << LIKE_NEAR},
    [LIKENESS_ID] = {"id", 1 << LIKE_TYPO},
    [LIKENESS_TEXT] = {"text", EVERY_WORDS},
};

static const char *const levels[LIKE_LEVELS] = {
    [LIKE_BLANK] = "blank",
    [LIKE_DIFFER] = "differ",
    [LIKE_EXACT] = "exact",
    [LIKE_REORDERED] = "reordered",
    [LIKE_NICKNAME] = "nickname",
    [LIKE_INITIAL] = "initial",
    [LIKE_TYPO] = "typo",
    [LIKE_PHONETIC] = "phonetic",
    [LIKE_START] = "start",
    [LIKE_CLOSE] = "close",
    [LIKE_ABBREVIATED] = "abbreviated",
    [LIKE_SUBSET] = "subset",
    [LIKE_OVERLAP] = "overlap",
    [LIKE_OTHER_NUMBER] = "other_number",
    [LIKE_LOCAL_PART] = "local_part",
    [LIKE_DOMAIN] = "domain",
    [LIKE_LAST_DIGITS] = "last_digits",
    [LIKE_SWAPPED] = "swapped",
    [LIKE_YEAR_MONTH] = "year_month",
    [LIKE_YEAR_DAY] = "year_day",
    [LIKE_NEAR] = "near",
};

uint32_t likeness_levels(enum likeness_kind kind) { return EVERY_KIND | kinds[kind].levels; }

const char *likeness_kind_name(enum likeness_kind kind) { return kinds[kind].name; }

const char *likeness_name(enum likeness level) { return levels[level]; }

int likeness_kind_find(str word)
{
    for (int kind = 0; kind < LIKENESS_KINDS; kind++) {
        if (str_equal(word, str_of(kinds[kind].name))) return kind;
    }
    return -1;
}

int likeness_find(str word)
{
    for (int level = 0; level < LIKE_LEVELS; level++) {
        if (str_equal(word, str_of(levels[level]))) return level;
    }
    return -1;
}
