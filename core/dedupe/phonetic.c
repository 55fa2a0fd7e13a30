#include "phonetic.h"

// How many letters at the start of text are one sound, and in *sound the letters for it: the text's
// own first letter where nothing else is said.
static size_t read_sound(str text, str *sound)
{
    char next = text.len > 1 ? text.data[1] : ' ', third = text.len > 2 ? text.data[2] : ' ';
    *sound = str_first(text, 1);
    switch (text.data[0]) {
    case 'a': return next == 'e' ? 2 : 1;
    case 'o': return next == 'e' ? 2 : 1;
    case 't': return next == 'h' ? 2 : 1;
    case 'c':
        *sound = (next == 'k' || next == 'h') && third == 's' ? STR("x") : STR("k");
        if (next == 'k' || next == 'h') return third == 's' ? 3 : 2;
        if (next == 'e' || next == 'i' || next == 'y') *sound = STR("s");
        return 1;
    case 'k':
        if (next == 's') *sound = STR("x");
        return next == 's' ? 2 : 1;
    case 'h':
        if (next == 'j') *sound = STR("j");
        return next == 'j' ? 2 : 1;
    case 'p':
        if (next == 'h') *sound = STR("f");
        return next == 'h' ? 2 : 1;
    case 'q': *sound = next == 'u' || next == 'v' ? STR("kv") : STR("k"); return sound->len;
    case 'w': *sound = STR("v"); return 1;
    case 'z': *sound = STR("s"); return 1;
    }
    return 1;
}

// The word before a patronymic ending, or the word itself.
static str without_ending(str word)
{
    enum { STEM_MIN = 2 };
    if (word.len == 0 || word.data[word.len - 1] != 'n') return word;
    const str endings[] = {STR("sson"), STR("ssen"), STR("son"), STR("sen")};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        str ending = endings[i];
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
    for (str rest = stem, sound; rest.len;) {
        size_t len = read_sound(rest, &sound);
        put(writer, sound);
        rest = str_from(rest, len);
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

// Every `from` in the len bytes of text becomes `to`, which is no longer. Returns what is left.
static size_t replace(char *text, size_t len, str from, str to)
{
    size_t out = 0;
    for (size_t i = 0; i < len;) {
        if (text[i] == from.data[0] && str_starts((str){text + i, len - i}, from)) {
            memcpy(text + out, to.data, to.len);
            out += to.len;
            i += from.len;
        } else {
            text[out++] = text[i++];
        }
    }
    return out;
}

static char skeleton_letter(char c)
{
    static const char from[] = "cqxzwybdg", to[] = "kkksviptk";
    const char *at = memchr(from, c, sizeof from - 1);
    return at ? to[at - from] : c;
}

static bool is_vowel(char c) { return memchr("aeiou", c, 5) != NULL; }

str phonetic_skeleton(str word, char *out)
{
    enum { LETTERS_MAX = 64 };
    static const struct {
        str from, to;
    } sounds[] = {{{"ssen", 4}, {"sn", 2}}, {{"sson", 4}, {"sn", 2}}, {{"sen", 3}, {"sn", 2}},
                  {{"son", 3}, {"sn", 2}},  {{"sch", 3}, {"s", 1}},   {{"ph", 2}, {"f", 1}},
                  {{"th", 2}, {"t", 1}},    {{"ck", 2}, {"k", 1}},    {{"gh", 2}, {"g", 1}},
                  {{"kn", 2}, {"n", 1}},    {{"wr", 2}, {"r", 1}},    {{"mc", 2}, {"mk", 2}},
                  {{"mac", 3}, {"mk", 2}},  {{"aa", 2}, {"a", 1}},    {{"dt", 2}, {"t", 1}},
                  {{"hj", 2}, {"j", 1}}};
    char letters[LETTERS_MAX];
    size_t len = word.len < LETTERS_MAX ? word.len : LETTERS_MAX, count = 0;
    if (len == 0) return (str){out, 0};
    memcpy(letters, word.data, len);
    for (size_t i = 0; i < sizeof sounds / sizeof *sounds; i++) {
        len = replace(letters, len, sounds[i].from, sounds[i].to);
    }
    for (size_t i = 0; i < len && count < PHONETIC_SKELETON; i++) {
        char c = skeleton_letter(letters[i]);
        if (i == 0) {
            out[count++] = is_vowel(c) ? 'a' : c;
        } else if (!is_vowel(c) && c != 'h' && c != out[count - 1]) {
            out[count++] = c;
        }
    }
    return (str){out, count};
}
