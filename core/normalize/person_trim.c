// What stands around a name and is none of it: honorifics, degrees, brackets, emoji.
#include "core/base/utf8.h"
#include "core/lead/fold.h"
#include "person_words.h"

// ---- Emoji, quotes, brackets ----

static bool is_symbol(int32_t c)
{
    return c == 0xA9 || c == 0xAE || (c >= 0x2190 && c <= 0x2BFF) || c == 0x2122 || c == 0x20E3 ||
           (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F000 && c <= 0x1FAFF) ||
           (c >= 0xE0000 && c <= 0xE007F) || c == 0xFFFD;
}

static str without_symbols(str text, struct arena *arena)
{
    if (str_is_ascii(text)) return text;
    char *out = arena_bytes(arena, text.len);
    size_t len = 0, at = 0;
    while (at < text.len) {
        size_t from = at;
        int32_t c = utf8_next(text, &at);
        bool is_double = c == ' ' && len && out[len - 1] == ' ';
        if (is_symbol(c) || is_double) continue;
        memcpy(out + len, text.data + from, at - from);
        len += at - from;
    }
    arena_trim(arena, out + len);
    return len == text.len ? text : str_trim((str){out, len});
}

// Signs at the ends that are no part of a name. A full stop may end an initial.
static str without_signs(str text)
{
    static const char signs[] = " ,;*|-_/\"~:!=";
    for (;;) {
        size_t before = text.len;
        while (text.len && strchr(signs, text.data[0])) text = str_from(text, 1);
        while (text.len && strchr(signs, text.data[text.len - 1])) text.len--;
        while (str_starts(text, STR("“")) || str_starts(text, STR("•"))) text = str_from(text, 3);
        while (str_ends(text, STR("”")) || str_ends(text, STR("•"))) text.len -= 3;
        if (text.len == before) return text;
    }
}

static size_t count_words(str text)
{
    size_t count = 0;
    str rest = text, word;
    while (str_cut(&rest, ' ', &word)) count += word.len > 0;
    return count;
}

static bool is_guest(const struct person_rules *rules, str text, struct arena *arena)
{
    return person_is(rules, fold_text(text, 0, arena), KIND_GUEST);
}

// The text without the bracket at [open, close], its blanks single.
static str cut_out(str text, size_t open, size_t close, struct arena *arena)
{
    str before = str_trim(str_first(text, open)), after = str_trim(str_from(text, close + 1));
    if (after.len == 0) return before;
    if (before.len == 0) return after;
    return arena_format(arena, "%.*s %.*s", STR_ARG(before), STR_ARG(after));
}

// "(Guest)" goes always; a nickname or maiden name in brackets when two words are left; a whole
// name in brackets behind one word ("iPad (Matti Virtanen)") is the name.
static str without_brackets(const struct person_rules *rules, str text, struct arena *arena)
{
    ptrdiff_t open;
    while ((open = str_find(text, '(')) >= 0) {
        str inside = str_from(text, (size_t)open + 1);
        ptrdiff_t close = str_find(inside, ')');
        if (close < 0) break;
        inside.len = (size_t)close;
        str left = cut_out(text, (size_t)open, (size_t)(open + 1 + close), arena);
        if (left.len && (is_guest(rules, inside, arena) || count_words(left) > 1))
            text = left;
        else if (count_words(left) == 1 && count_words(inside) > 1)
            text = str_trim(inside);
        else
            break;
    }
    return text;
}

str person_undecorated(const struct person_rules *rules, str text, struct arena *arena)
{
    for (;;) {
        size_t before = text.len;
        text = without_signs(without_symbols(text, arena));
        text = without_brackets(rules, text, arena);
        if (text.len == before) return text;
    }
}

// ---- Honorifics ----

static bool is_spoken(const struct person_word *word, str country)
{
    // Languages by country, for honorifics that are doubtful.
    static const char pairs[] = "FIfi FIsv AXsv SEsv NOno DKda ISis DEde ATde CHde CHfr CHit LIde "
                                "LUfr LUde FRfr BEfr BEnl CAfr NLnl ITit ESes MXes ARes COes CLes "
                                "PEes PLpl PTpt BRpt GBen USen IEen CAen AUen NZen EEet LVlv CZcs ";
    for (const char *at = pairs; *at; at += 5) {
        if (!str_equal(country, (str){at, 2})) continue;
        for (size_t i = 0; i < 4; i++) {
            if (str_equal(word->languages[i], (str){at + 2, 2})) return true;
        }
    }
    return false;
}

static bool is_certain(str key)
{
    static const char *const certain[] = {"mr", "ms", "dr", "mx", "hr", "mw", "sr"};
    for (size_t i = 0; i < sizeof certain / sizeof *certain; i++) {
        if (str_equal(key, str_of(certain[i]))) return true;
    }
    return false;
}

// A single word that may be an honorific, a name or an initial. left: words behind it.
static bool is_honorific(const struct person_rules *rules, const struct name_token *token,
                         size_t left, str country, bool is_shouted)
{
    const struct person_word *word = person_find(rules, token->key);
    if (!word || !(word->kinds & KIND_HONORIFIC)) return false;
    if (is_certain(token->key)) return true;
    int given, family;
    person_strength(rules, token->key, &given, &family);
    bool is_doubtful = token->key.len <= 2 || given > 2 || family > 2;
    if (!is_doubtful) return true;
    if (left < 2) return false;
    bool is_local = is_spoken(word, country);
    bool has_dot = str_ends(token->text, STR("."));
    if (token->key.len == 1) return is_local && has_dot;
    bool is_loud = !is_shouted && is_all_upper(person_case(token->text)) && given == 0;
    return is_local || has_dot || is_loud;
}

size_t person_honorifics(const struct person_rules *rules, const struct name_tokens *tokens,
                         str country, bool is_shouted)
{
    size_t first = 0, count = tokens->count;
    while (first + 1 < count) {
        size_t most = count - first - 1 < 4 ? count - first - 1 : 4, take = 0;
        for (size_t n = most; n > 1 && !take; n--) {
            if (person_is(rules, person_keys(tokens, first, first + n), KIND_HONORIFIC)) take = n;
        }
        if (!take &&
            is_honorific(rules, &tokens->at[first], count - first - 1, country, is_shouted)) {
            take = 1;
        }
        if (!take) break;
        first += take;
    }
    return first;
}

// ---- Degrees and the like ----

static bool keeps_generation(str country)
{
    return str_equal(country, STR("BR")) || str_equal(country, STR("PT"));
}

size_t person_without_suffix(const struct person_rules *rules, const struct name_tokens *tokens,
                             size_t first, size_t keep, str country, bool is_shouted)
{
    size_t end = tokens->count;
    while (end > first + keep) {
        size_t most = end - first - keep < 3 ? end - first - keep : 3, take = 0;
        for (size_t n = most; n > 0 && !take; n--) {
            str key = person_keys(tokens, end - n, end);
            const struct person_word *word = person_find(rules, key);
            if (!word || !(word->kinds & (KIND_POSTNOMINAL | KIND_GENERATIONAL))) continue;
            if ((word->kinds & KIND_GENERATIONAL) && keeps_generation(country)) continue;
            int given, family;
            person_strength(rules, key, &given, &family);
            str text = person_text(tokens, end - n, end);
            bool is_doubtful = key.len <= 2 || given > 0 || family > 0;
            bool is_loud = !is_shouted && is_all_upper(person_case(text)) && key.len > 1;
            bool is_generation = str_equal(key, STR("jr")) || str_equal(key, STR("sr"));
            if (!is_doubtful || is_loud || is_generation) take = n;
        }
        if (!take) break;
        end -= take;
    }
    return end;
}

// ---- What is lost ----

static bool has_word(str folded, str word)
{
    str rest = folded, next;
    while (str_cut(&rest, ' ', &next)) {
        if (str_equal(next, word)) return true;
    }
    return false;
}

static bool has_letter(str text)
{
    size_t at = 0;
    while (at < text.len) {
        if (utf8_is_letter(utf8_next(text, &at))) return true;
    }
    return false;
}

// The bytes of the words at the start of a folded text that are no part of a name ("she her").
static size_t no_name_len(const struct person_rules *rules, str folded)
{
    enum { WORDS_MAX = 3 };
    size_t longest = 0;
    for (size_t end = 1, words = 0; end <= folded.len && words < WORDS_MAX; end++) {
        if (end < folded.len && folded.data[end] != ' ') continue;
        words++;
        if (person_is(rules, str_first(folded, end), KIND_GUEST | KIND_PLACEHOLDER)) longest = end;
    }
    return longest;
}

bool person_has_lost(const struct person_rules *rules, str typed, const struct person *person,
                     struct arena *arena)
{
    str whole =
        arena_format(arena, "%.*s %.*s %.*s %.*s", STR_ARG(person->salutation),
                     STR_ARG(person->first), STR_ARG(person->middle), STR_ARG(person->last));
    str kept = fold_text(whole, FOLD_AND, arena), rest = fold_text(typed, FOLD_AND, arena), word;
    while (rest.len) {
        size_t skip = no_name_len(rules, rest);
        rest = skip ? str_trim(str_from(rest, skip)) : rest;
        if (skip) continue;
        if (str_cut(&rest, ' ', &word) && has_letter(word) && !has_word(kept, word)) return true;
    }
    return false;
}
