#include "phonetic.h"

struct spelling {
    char from[4], to[4];
};

// The first that fits is taken; what is not here stands for itself. No answer is longer than what
// it is for.
static const struct spelling spellings[] = {
    {"ae", "a"},  {"cks", "x"}, {"chs", "x"}, {"oe", "o"}, {"ck", "k"}, {"ch", "k"}, {"ce", "se"},
    {"ci", "si"}, {"cy", "sy"}, {"c", "k"},   {"th", "t"}, {"hj", "j"}, {"ph", "f"}, {"w", "v"},
    {"qu", "kv"}, {"qv", "kv"}, {"q", "k"},   {"ks", "x"}, {"z", "s"},
};

// A byte for each letter: whether a spelling may begin with it.
static bool may_begin(char c)
{
    const uint32_t letters = 1u << 0 | 1u << ('c' - 'a') | 1u << ('h' - 'a') | 1u << ('k' - 'a') |
                             1u << ('o' - 'a') | 1u << ('p' - 'a') | 1u << ('q' - 'a') |
                             1u << ('t' - 'a') | 1u << ('w' - 'a') | 1u << ('z' - 'a');
    return c >= 'a' && c <= 'z' && letters >> (c - 'a') & 1;
}

static const struct spelling *spelling_at(str text)
{
    if (!may_begin(text.data[0])) return NULL;
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        if (str_starts(text, str_of(spellings[i].from))) return &spellings[i];
    }
    return NULL;
}

// The word before a patronymic ending, or the word itself.
static str without_ending(str word)
{
    enum { STEM_MIN = 2 };
    static const char *const endings[] = {"sson", "ssen", "son", "sen"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        str ending = str_of(endings[i]);
        if (word.len >= ending.len + STEM_MIN && str_ends(word, ending)) {
            return str_first(word, word.len - ending.len);
        }
    }
    return word;
}

struct writer {
    char *out;
    size_t len, word_start;
};

// A letter that is there already is not written again.
static void put(struct writer *writer, str letters)
{
    for (size_t i = 0; i < letters.len; i++) {
        char c = letters.data[i];
        bool is_again = writer->len > writer->word_start && writer->out[writer->len - 1] == c;
        if (!is_again || !byte_is_letter(c)) writer->out[writer->len++] = c;
    }
}

static void put_word(struct writer *writer, str word)
{
    str stem = without_ending(word);
    writer->word_start = writer->len;
    for (str rest = stem; rest.len;) {
        const struct spelling *spelling = spelling_at(rest);
        put(writer, spelling ? str_of(spelling->to) : str_first(rest, 1));
        rest = str_from(rest, spelling ? strlen(spelling->from) : 1);
    }
    if (stem.len < word.len) {
        writer->out[writer->len++] = 's';
        writer->out[writer->len++] = 'n';
    }
}

str phonetic_nordic(str text, char *out)
{
    struct writer writer = {out, 0, 0};
    str word;
    for (bool is_first = true; str_cut(&text, ' ', &word); is_first = false) {
        if (!is_first) writer.out[writer.len++] = ' ';
        put_word(&writer, word);
    }
    return (str){out, writer.len};
}
