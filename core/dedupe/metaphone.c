#include "metaphone.h"

struct code {
    uint64_t letters;
    unsigned bits; // 8 for each letter
};

struct word {
    str text;
    ptrdiff_t last; // place of the last letter
    bool is_slavic; // or Germanic: has w, k, cz
    struct code codes[2];
};

// Outside of the word there are blanks.
static char letter(const struct word *word, ptrdiff_t at)
{
    return at < 0 || at > word->last ? ' ' : word->text.data[at];
}

static bool is_vowel(const struct word *word, ptrdiff_t at)
{
    char c = letter(word, at);
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

// Whether one of the choices, '|' between them, stands at `at`; a blank is also what is outside.
static bool stands(const struct word *word, ptrdiff_t at, const char *choices)
{
    if (at < 0) return false;
    for (const char *c = choices;;) {
        ptrdiff_t i = at;
        while (*c && *c != '|' && *c == letter(word, i)) c++, i++;
        if (*c == 0 || *c == '|') return true;
        while (*c && *c != '|') c++;
        if (*c++ == 0) return false;
    }
}

static void add(struct code *code, const char *sounds)
{
    for (; *sounds && code->bits < 8 * METAPHONE_LETTERS; sounds++, code->bits += 8) {
        code->letters |= (uint64_t)(unsigned char)*sounds << code->bits;
    }
}

// Adds sounds to the two codes and returns how many letters were read.
static int say(struct word *word, const char *primary, const char *alternate, int letters)
{
    add(&word->codes[0], primary);
    add(&word->codes[1], alternate);
    return letters;
}

static int say_once(struct word *word, ptrdiff_t at, const char *sound)
{
    return say(word, sound, sound, letter(word, at + 1) == letter(word, at) ? 2 : 1);
}

// A name that begins in a Germanic way.
static bool is_germanic(const struct word *word) { return stands(word, 0, "van |von |sch"); }

static bool ch_is_greek(const struct word *word, ptrdiff_t at)
{
    return at == 0 && stands(word, 1, "harac|haris|hor|hym|hia|hem") && !stands(word, 0, "chore");
}

static bool ch_is_germanic(const struct word *word, ptrdiff_t at)
{
    if (is_germanic(word) || stands(word, at - 2, "orches|archit|orchid")) return true;
    if (stands(word, at + 2, "t|s")) return true;
    return (at == 0 || stands(word, at - 1, "a|o|u|e")) &&
           stands(word, at + 2, "l|r|n|m|b|h|f|v|w| ");
}

static int read_ch(struct word *word, ptrdiff_t at)
{
    if (at > 0 && stands(word, at, "chae")) return say(word, "K", "X", 2); // Michael
    if (ch_is_greek(word, at) || ch_is_germanic(word, at)) return say(word, "K", "K", 2);
    if (at == 0) return say(word, "X", "X", 2);
    if (stands(word, 0, "mc")) return say(word, "K", "K", 2);
    return say(word, "X", "K", 2);
}

static int read_cc(struct word *word, ptrdiff_t at)
{
    if (!stands(word, at + 2, "i|e|h") || stands(word, at + 2, "hu")) {
        return say(word, "K", "K", 2);
    }
    bool is_accident = (at == 1 && letter(word, 0) == 'a') || stands(word, at - 1, "uccee|ucces");
    return is_accident ? say(word, "KS", "KS", 3) : say(word, "X", "X", 3);
}

// The Germanic "ach" of Bacher, Macher.
static bool is_ach(const struct word *word, ptrdiff_t at)
{
    if (at <= 1 || is_vowel(word, at - 2) || !stands(word, at - 1, "ach")) return false;
    char next = letter(word, at + 2);
    return next != 'i' && (next != 'e' || stands(word, at - 2, "bacher|macher"));
}

static int read_c(struct word *word, ptrdiff_t at)
{
    if (is_ach(word, at)) return say(word, "K", "K", 2);
    if (at == 0 && stands(word, at, "caesar")) return say(word, "S", "S", 2);
    if (stands(word, at, "chia")) return say(word, "K", "K", 2); // Chianti
    if (stands(word, at, "ch")) return read_ch(word, at);
    if (stands(word, at, "cz") && !stands(word, at - 2, "wicz")) return say(word, "S", "X", 2);
    if (stands(word, at + 1, "cia")) return say(word, "X", "X", 3);
    if (stands(word, at, "cc") && !(at == 1 && letter(word, 0) == 'm')) return read_cc(word, at);
    if (stands(word, at, "ck|cg|cq")) return say(word, "K", "K", 2);
    if (stands(word, at, "cio|cie|cia")) return say(word, "S", "X", 2);
    if (stands(word, at, "ci|ce|cy")) return say(word, "S", "S", 2);
    say(word, "K", "K", 0);
    if (stands(word, at + 1, " c| q| g")) return 3; // Mac Caffrey
    return stands(word, at + 1, "c|k|q") && !stands(word, at + 1, "ce|ci") ? 2 : 1;
}

static int read_d(struct word *word, ptrdiff_t at)
{
    if (stands(word, at, "dgi|dge|dgy")) return say(word, "J", "J", 3); // edge
    if (stands(word, at, "dg")) return say(word, "TK", "TK", 2);        // Edgar
    return say(word, "T", "T", stands(word, at, "dt|dd") ? 2 : 1);
}

static int read_gh(struct word *word, ptrdiff_t at)
{
    if (at > 0 && !is_vowel(word, at - 1)) return say(word, "K", "K", 2);
    if (at == 0) return letter(word, 2) == 'i' ? say(word, "J", "J", 2) : say(word, "K", "K", 2);
    // Silent in Hugh, bough, Broughton.
    if ((at > 1 && stands(word, at - 2, "b|h|d")) || (at > 2 && stands(word, at - 3, "b|h|d")) ||
        (at > 3 && stands(word, at - 4, "b|h"))) {
        return 2;
    }
    if (at > 2 && letter(word, at - 1) == 'u' && stands(word, at - 3, "c|g|l|r|t")) {
        return say(word, "F", "F", 2); // laugh, McLaughlin
    }
    return letter(word, at - 1) == 'i' ? 2 : say(word, "K", "K", 2);
}

static int read_gn(struct word *word, ptrdiff_t at)
{
    if (at == 1 && is_vowel(word, 0) && !word->is_slavic) return say(word, "KN", "N", 2);
    if (!stands(word, at + 2, "ey") && !word->is_slavic) return say(word, "N", "KN", 2);
    return say(word, "KN", "KN", 2); // Cagney
}

// Before e, i and y, where it may be soft.
static int read_soft_g(struct word *word, ptrdiff_t at)
{
    if (is_germanic(word) || stands(word, at + 1, "et")) return say(word, "K", "K", 2);
    if (stands(word, at + 1, "ier ")) return say(word, "J", "J", 2);
    return say(word, "J", "K", 2);
}

static int read_g(struct word *word, ptrdiff_t at)
{
    if (letter(word, at + 1) == 'h') return read_gh(word, at);
    if (letter(word, at + 1) == 'n') return read_gn(word, at);
    if (stands(word, at + 1, "li") && !word->is_slavic) return say(word, "KL", "L", 2);
    if (at == 0 && stands(word, 1, "y|es|ep|eb|el|ey|ib|il|in|ie|ei|er")) {
        return say(word, "K", "J", 2);
    }
    if (stands(word, at + 1, "er|y") && !stands(word, 0, "danger|ranger|manger") &&
        !stands(word, at - 1, "e|i|rgy|ogy")) {
        return say(word, "K", "J", 2);
    }
    if (stands(word, at + 1, "e|i|y") || stands(word, at - 1, "aggi|oggi")) {
        return read_soft_g(word, at);
    }
    return say_once(word, at, "K");
}

static int read_h(struct word *word, ptrdiff_t at)
{
    bool is_said = (at == 0 || is_vowel(word, at - 1)) && is_vowel(word, at + 1);
    return is_said ? say(word, "H", "H", 2) : 1;
}

static int read_j(struct word *word, ptrdiff_t at)
{
    bool is_san = stands(word, 0, "san "), is_jose = stands(word, at, "jose");
    if (is_jose || is_san) { // Spanish
        bool is_alone = (at == 0 && letter(word, at + 4) == ' ') || is_san;
        return say(word, is_alone ? "H" : "J", "H", 1);
    }
    char next = letter(word, at + 1);
    int letters = next == 'j' ? 2 : 1;
    if (at == 0) return say(word, "J", "A", letters); // Jankelowicz
    if (is_vowel(word, at - 1) && !word->is_slavic && (next == 'a' || next == 'o')) {
        return say(word, "J", "H", letters);
    }
    if (at == word->last) return say(word, "J", "", letters);
    if (stands(word, at + 1, "l|t|k|s|n|m|b|z") || stands(word, at - 1, "s|k|l")) return letters;
    return say(word, "J", "J", letters);
}

static int read_l(struct word *word, ptrdiff_t at)
{
    if (letter(word, at + 1) != 'l') return say(word, "L", "L", 1);
    // Cabrillo, Gallegos
    bool is_spanish = (at == word->last - 2 && stands(word, at - 1, "illo|illa|alle")) ||
                      (stands(word, at - 1, "alle") &&
                       (stands(word, word->last - 1, "as|os") || stands(word, word->last, "a|o")));
    return say(word, "L", is_spanish ? "" : "L", 2);
}

static int read_m(struct word *word, ptrdiff_t at)
{
    bool is_umb = stands(word, at - 1, "umb") &&
                  (at + 1 == word->last || stands(word, at + 2, "er")); // dumb, thumber
    return say(word, "M", "M", is_umb || letter(word, at + 1) == 'm' ? 2 : 1);
}

static int read_p(struct word *word, ptrdiff_t at)
{
    if (letter(word, at + 1) == 'h') return say(word, "F", "F", 2);
    return say(word, "P", "P", stands(word, at + 1, "p|b") ? 2 : 1); // Campbell
}

static int read_r(struct word *word, ptrdiff_t at)
{
    bool is_french = at == word->last && !word->is_slavic && stands(word, at - 2, "ie") &&
                     !stands(word, at - 4, "me|ma"); // Rogier, not Hochmeier
    return say(word, is_french ? "" : "R", "R", letter(word, at + 1) == 'r' ? 2 : 1);
}

static int read_sc(struct word *word, ptrdiff_t at)
{
    if (letter(word, at + 2) != 'h') {
        return stands(word, at + 2, "i|e|y") ? say(word, "S", "S", 3) : say(word, "SK", "SK", 3);
    }
    if (stands(word, at + 3, "er|en")) return say(word, "X", "SK", 3);        // Schenker
    if (stands(word, at + 3, "oo|uy|ed|em")) return say(word, "SK", "SK", 3); // school
    bool is_start = at == 0 && !is_vowel(word, 3) && letter(word, 3) != 'w';
    return say(word, "X", is_start ? "S" : "X", 3); // Schmidt
}

static int read_s(struct word *word, ptrdiff_t at)
{
    if (stands(word, at - 1, "isl|ysl")) return 1; // isle, Carlysle
    if (at == 0 && stands(word, at, "sugar")) return say(word, "X", "S", 1);
    if (stands(word, at, "sh")) {
        bool is_apart = stands(word, at + 1, "heim|hoek|holm|holz");
        return is_apart ? say(word, "S", "S", 2) : say(word, "X", "X", 2);
    }
    if (stands(word, at, "sio|sia")) return say(word, "S", word->is_slavic ? "S" : "X", 3);
    if ((at == 0 && stands(word, at + 1, "m|n|l|w")) || letter(word, at + 1) == 'z') {
        return say(word, "S", "X", letter(word, at + 1) == 'z' ? 2 : 1); // Smith as Schmidt
    }
    if (stands(word, at, "sc")) return read_sc(word, at);
    bool is_french = at == word->last && stands(word, at - 2, "ai|oi"); // Artois
    return say(word, is_french ? "" : "S", "S", stands(word, at + 1, "s|z") ? 2 : 1);
}

static int read_t(struct word *word, ptrdiff_t at)
{
    if (stands(word, at, "tion|tia|tch")) return say(word, "X", "X", 3);
    if (stands(word, at, "th|tth")) {
        bool is_hard = stands(word, at + 2, "om|am") || is_germanic(word); // Thomas
        return say(word, is_hard ? "T" : "0", "T", 2);
    }
    return say(word, "T", "T", stands(word, at + 1, "t|d") ? 2 : 1);
}

static int read_w(struct word *word, ptrdiff_t at)
{
    if (letter(word, at + 1) == 'r') return say(word, "R", "R", 2);
    if (at == 0 && is_vowel(word, 1)) {
        say(word, "A", "F", 0); // Wasserman as Vasserman
    } else if (at == 0 && letter(word, 1) == 'h') {
        say(word, "A", "A", 0);
    }
    if ((at == word->last && is_vowel(word, at - 1)) ||
        stands(word, at - 1, "ewski|ewsky|owski|owsky") || stands(word, 0, "sch")) {
        return say(word, "", "F", 1); // Arnow as Arnoff
    }
    return stands(word, at, "wicz|witz") ? say(word, "TS", "FX", 4) : 1;
}

static int read_x(struct word *word, ptrdiff_t at)
{
    if (at == 0) return say(word, "S", "S", 1); // Xavier
    bool is_silent = at == word->last &&
                     (stands(word, at - 3, "iau|eau") || stands(word, at - 2, "au|ou")); // Breaux
    if (!is_silent) say(word, "KS", "KS", 0);
    return stands(word, at + 1, "c|x") ? 2 : 1;
}

static int read_z(struct word *word, ptrdiff_t at)
{
    if (letter(word, at + 1) == 'h') return say(word, "J", "J", 2); // Zhao
    bool is_ts = stands(word, at + 1, "zo|zi|za") ||
                 (word->is_slavic && at > 0 && letter(word, at - 1) != 't');
    return say(word, "S", is_ts ? "TS" : "S", letter(word, at + 1) == 'z' ? 2 : 1);
}

static int read_letter(struct word *word, ptrdiff_t at)
{
    switch (letter(word, at)) {
    case 'b': return say_once(word, at, "P");
    case 'c': return read_c(word, at);
    case 'd': return read_d(word, at);
    case 'f': return say_once(word, at, "F");
    case 'g': return read_g(word, at);
    case 'h': return read_h(word, at);
    case 'j': return read_j(word, at);
    case 'k': return say_once(word, at, "K");
    case 'l': return read_l(word, at);
    case 'm': return read_m(word, at);
    case 'n': return say_once(word, at, "N");
    case 'p': return read_p(word, at);
    case 'q': return say_once(word, at, "K");
    case 'r': return read_r(word, at);
    case 's': return read_s(word, at);
    case 't': return read_t(word, at);
    case 'v': return say_once(word, at, "F");
    case 'w': return read_w(word, at);
    case 'x': return read_x(word, at);
    case 'z': return read_z(word, at);
    }
    return at == 0 && is_vowel(word, at) ? say(word, "A", "A", 1) : 1;
}

static bool has_slavic_letters(const struct word *word)
{
    for (ptrdiff_t i = 0; i <= word->last; i++) {
        if (stands(word, i, "w|k|cz")) return true;
    }
    return false;
}

struct metaphone metaphone_of(str text)
{
    struct word word = {.text = text, .last = (ptrdiff_t)text.len - 1};
    word.is_slavic = has_slavic_letters(&word);
    const unsigned full = 8 * METAPHONE_LETTERS;
    ptrdiff_t at = stands(&word, 0, "gn|kn|pn|wr|ps") ? 1 : 0; // silent
    while (at <= word.last && (word.codes[0].bits < full || word.codes[1].bits < full)) {
        at += read_letter(&word, at);
    }
    return (struct metaphone){word.codes[0].letters, word.codes[1].letters};
}

size_t metaphone_letters(uint64_t code, char out[METAPHONE_LETTERS])
{
    size_t count = 0;
    for (; code; code >>= 8) out[count++] = (char)(code & 0xFF);
    return count;
}
