#include "full_name.h"

enum { WORDS_MAX = 16 };

static bool is_one_of(str word, const char *list)
{
    while (word.len && word.data[word.len - 1] == '.') word.len--;
    str rest = str_of(list), known;
    while (str_cut(&rest, ' ', &known)) {
        if (str_equal_nocase(word, known)) return true;
    }
    return false;
}

static bool is_title(str word)
{
    return is_one_of(word, "mr mrs ms miss mx dr prof herr frau hr fru sir madam mme mlle sr sra "
                           "ing dipl mag rouva herra");
}

static bool is_degree(str word) { return is_one_of(word, "phd ph.d mba msc bsc ma ba md esq cpa"); }

static bool is_suffix(str word) { return is_one_of(word, "jr junior sr senior ii iii iv"); }

static bool is_particle(str word)
{
    return is_one_of(word, "von van vom de der den del della dei di da das do dos du des la le af "
                           "av zu zur zum ten ter bin binti ibn al el st");
}

static size_t cut_words(str text, str words[])
{
    size_t count = 0;
    for (text = str_trim(text); text.len && count < WORDS_MAX; text = str_trim(text)) {
        size_t len = 0;
        while (len < text.len && !byte_is_blank(text.data[len])) len++;
        if (count + 1 == WORDS_MAX) len = text.len;
        words[count++] = str_first(text, len);
        text = str_from(text, len);
    }
    return count;
}

// All of the text from the first of the words to the last.
static str span(const str words[], size_t from, size_t to)
{
    if (from == to) return (str){0};
    const char *end = words[to - 1].data + words[to - 1].len;
    return (str){words[from].data, (size_t)(end - words[from].data)};
}

// What stands before and behind a comma: a suffix or a degree is no first name.
static bool cut_comma(str *full, str *behind)
{
    str words[WORDS_MAX], rest = *full, before;
    str_cut(&rest, ',', &before);
    size_t count = cut_words(rest, words);
    if (count == 0 || is_degree(words[0])) {
        *full = before;
        return false;
    }
    *full = before;
    *behind = str_trim(rest);
    return !is_suffix(words[0]) || count > 1;
}

void full_name_split(str full, struct arena *arena, str *first, str *last)
{
    str words[WORDS_MAX], behind = {0};
    *first = *last = (str){0};
    bool is_reversed = str_find(full, ',') >= 0 && cut_comma(&full, &behind);
    size_t start = 0, count = cut_words(full, words);
    while (start + 1 < count && is_title(words[start])) start++;
    while (count > start + 1 && is_degree(words[count - 1])) count--;
    if (is_reversed) {
        *first = behind;
        *last = span(words, start, count);
        return;
    }
    size_t at = count;
    while (at > start + 1 && is_suffix(words[at - 1])) at--;
    if (at > start) at--; // the last name's last word
    while (at > start + 1 && is_particle(words[at - 1])) at--;
    *first = span(words, start, at);
    *last = span(words, at, count);
    if (behind.len) *last = arena_join(arena, *last, ' ', behind); // "Anna Berg, Jr."
}
