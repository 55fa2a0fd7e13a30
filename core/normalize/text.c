#include "text.h"

#include "core/base/utf8.h"
#include "entity.h"
#include "mojibake.h"

#ifdef __x86_64__
#include <immintrin.h>
#elif defined __SSE2__
#include <emmintrin.h>
#endif

// What was done to a cell; the highest bit names the reason.
enum change {
    CHANGE_TRIMMED = 1,
    CHANGE_CONTROL = 2,
    CHANGE_INVISIBLE = 4,
    CHANGE_NFC = 8,
    CHANGE_QUOTES = 16,
    CHANGE_ESCAPE = 32,
    CHANGE_ENTITY = 64,
    CHANGE_BAD_BYTES = 128,
    CHANGE_MOJIBAKE = 256,
    CHANGE_NULL = 512,
};

static const char *const reasons[] = {"trimmed",     "control", "invisible", "nfc",      "quotes",
                                      "text_escape", "entity",  "bad_bytes", "mojibake", "null"};

static const char *reason_of(unsigned changes)
{
    return changes ? reasons[31 - __builtin_clz(changes)] : "trimmed";
}

// ---- Nothing, spelled ----

enum { NULL_LEN_MAX = 40 };

// Signs that may say nothing when repeated. Quotes: of an empty cell that was quoted twice over.
static const char empty_signs[] = "-_.?#/~\"";

static bool may_be_escape(char first)
{
    return first == '=' || first == '\'' || first == '`' || first == '"';
}

static void set_look_lengths(struct text_rules *rules)
{
    for (int i = 0; i < 256; i++) {
        char c = (char)i;
        bool looks = c == ' ' || may_be_escape(c) || (c && strchr(empty_signs, c));
        rules->look_lengths[i] =
            looks ? UINT32_MAX : rules->null_lengths[(unsigned char)byte_lower(c)];
    }
}

bool text_rules_load(struct text_rules *rules, struct rulebook *book, struct err *err)
{
    if (!list_load(&rules->nulls, book, STR("normalize/nulls.txt"), NULL, err)) return false;
    for (size_t i = 0; i < rules->nulls.items.capacity; i++) {
        const struct map_slot *slot = &rules->nulls.items.slots[i];
        if (!slot->key || slot->len == 0) continue;
        uint32_t bit = 1u << (slot->len < 31 ? slot->len : 31);
        rules->null_lengths[(unsigned char)slot->key[0]] |= bit;
        char last = slot->key[slot->len - 1];
        rules->last_lengths[(unsigned char)last] |= bit;
        if (last >= 'a' && last <= 'z') rules->last_lengths[last & ~32] |= bit;
    }
    set_look_lengths(rules);
    return true;
}

void text_rules_release(struct text_rules *rules) { list_release(&rules->nulls); }

// "-----", "?", "####": one sign that says nothing by itself, repeated.
static bool is_sign_run(str text)
{
    char c = text.data[0];
    if (byte_is_letter(c) || byte_is_digit(c) || !memchr(empty_signs, c, sizeof empty_signs - 1))
        return false;
    for (size_t i = 1; i < text.len; i++) {
        if (text.data[i] != text.data[0]) return false;
    }
    return true;
}

// The same in the spreadsheets of other languages: #ARVO! #WERT! #NAMN? #JAKO/0!
static bool is_foreign_error(str text)
{
    enum { LEN_MIN = 5, LEN_MAX = 20 };
    if (text.len < LEN_MIN || text.len > LEN_MAX || text.data[0] != '#') return false;
    char last = text.data[text.len - 1];
    for (size_t i = 1; i + 1 < text.len; i++) {
        char c = text.data[i];
        bool is_letter = byte_is_upper(c) || (unsigned char)c >= 0x80;
        if (!is_letter && !(i > 1 && (c == '/' || c == '0'))) return false;
    }
    return last == '!' || last == '?';
}

// What spreadsheets write for a value that could not be computed. Not in the list of nulls, where a
// line that begins with # is a comment.
bool text_is_sheet_error(str text)
{
    static const char *const errors[] = {"#n/a",    "#name?", "#ref!",        "#value!", "#div/0!",
                                         "#num!",   "#null!", "#spill!",      "#calc!",  "#error!",
                                         "#field!", "#busy!", "#getting_data"};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (str_equal_nocase(text, str_of(errors[i]))) return true;
    }
    return is_foreign_error(text);
}

// Whether the context lets a spelling be a real word. "Null" is a family name, "Na" a given name
// and "NA" Namibia, but a program writes NULL, null, None or none.
static bool is_word_here(str text, enum text_kind kind)
{
    if (kind != TEXT_NAME && kind != TEXT_COUNTRY) return false;
    size_t upper = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_letter(text.data[i])) return false;
        upper += byte_is_upper(text.data[i]);
    }
    if (text.len == 2) return true;
    return kind == TEXT_NAME && upper != 0 && upper != text.len;
}

bool text_is_null(const struct text_rules *rules, str text, enum text_kind kind)
{
    if (text.len == 0) return false;
    unsigned char first = (unsigned char)byte_lower(text.data[0]);
    if (is_sign_run(text)) return true;
    if (first == '#') return text_is_sheet_error(text);
    uint32_t bit = 1u << (text.len < 31 ? text.len : 31);
    if (!(rules->null_lengths[first] & bit) || text.len > NULL_LEN_MAX) return false;
    char lower[NULL_LEN_MAX];
    for (size_t i = 0; i < text.len; i++) lower[i] = byte_lower(text.data[i]);
    return list_has(&rules->nulls, (str){lower, text.len}) && !is_word_here(text, kind);
}

// ---- The fast path ----

#define EACH(byte) (0x0101010101010101u * (uint64_t)(byte))

// Nonzero when the word holds a byte that needs a look: not printable ASCII, two blanks in a row,
// or
// `&` that is not followed by a blank (no reference begins with one). Borrows between bytes give
// false alarms (" !"), never misses.
static uint64_t suspects(uint64_t word)
{
    uint64_t control = (word - EACH(' ')) & ~word;
    uint64_t delete = word + EACH(1);
    uint64_t ampersand = word ^ EACH('&');
    ampersand = (ampersand - EACH(1)) & ~ampersand;
    uint64_t blank = word ^ EACH(' ');
    blank = (blank - EACH(1)) & ~blank & EACH(0x80);
    if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) ampersand &= ~(blank >> 8);
    return (word | control | delete | ampersand | (blank & blank << 8)) & EACH(0x80);
}

static uint64_t load_word(const char *at, size_t len)
{
    uint64_t word = EACH('a');
    memcpy(&word, at, len);
    return word;
}

#ifdef __SSE2__
// The same for the 16 bytes at `at`, exactly, with the one behind them as their last's neighbour.
static inline __m128i suspects_17(const char *at)
{
    const __m128i blank = _mm_set1_epi8(' ');
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i next_is_blank =
        _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)(at + 1)), blank);
    __m128i bad = _mm_cmplt_epi8(bytes, blank); // signed: 0x80 and above as well
    bad = _mm_or_si128(bad, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)));
    bad = _mm_or_si128(bad, _mm_and_si128(_mm_cmpeq_epi8(bytes, blank), next_is_blank));
    __m128i ampersands = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('&'));
    return _mm_or_si128(bad, _mm_andnot_si128(next_is_blank, ampersands));
}

// The same for a text's last 16 bytes: bit i of the answer is byte i.
static unsigned suspects_16(const char *at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i bad = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')); // signed: 0x80 and above as well
    bad = _mm_or_si128(bad, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)));
    unsigned ampersands = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('&')));
    unsigned blanks = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
    return (unsigned)_mm_movemask_epi8(bad) | (ampersands & ~(blanks >> 1)) |
           (blanks & blanks << 1);
}
#endif

#ifdef __x86_64__
#define AVX2 __attribute__((target("avx2")))

// suspects_17 and suspects_16 of twice as many bytes: for records, half the time.
AVX2 static inline __m256i suspects_33(const char *at)
{
    const __m256i blank = _mm256_set1_epi8(' ');
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)at);
    __m256i next_is_blank =
        _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(const void *)(at + 1)), blank);
    __m256i bad = _mm256_cmpgt_epi8(blank, bytes);
    bad = _mm256_or_si256(bad, _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(0x7F)));
    bad = _mm256_or_si256(bad, _mm256_and_si256(_mm256_cmpeq_epi8(bytes, blank), next_is_blank));
    __m256i ampersands = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('&'));
    return _mm256_or_si256(bad, _mm256_andnot_si256(next_is_blank, ampersands));
}

AVX2 static bool has_suspects_avx2(str text)
{
    __m256i found = _mm256_setzero_si256();
    size_t i = 0;
    for (; i + 32 < text.len; i += 32) {
        found = _mm256_or_si256(found, suspects_33(text.data + i));
    }
    // What is left, but for the last byte; then that one.
    found = _mm256_or_si256(found, suspects_33(text.data + text.len - 33));
    return _mm256_movemask_epi8(found) != 0 || suspects_16(text.data + text.len - 16) != 0;
}
#endif

static bool has_suspects(str text)
{
    const char *p = text.data;
#ifdef __x86_64__
    if (text.len > 32 && __builtin_cpu_supports("avx2")) return has_suspects_avx2(text);
#endif
#ifdef __SSE2__
    if (text.len >= 16) {
        // Steps of 15, so that two neighbours are always seen together.
        size_t i = 0;
        __m128i found = _mm_setzero_si128(); // hardly ever anything: asked once, at the end
        for (; i + 16 < text.len; i += 16) found = _mm_or_si128(found, suspects_17(p + i));
        return _mm_movemask_epi8(found) != 0 || suspects_16(p + text.len - 16) != 0;
    }
#endif
    if (text.len >= 8) {
        for (size_t i = 0; i + 8 < text.len; i += 7) {
            if (suspects(load_word(p + i, 8))) return true;
        }
        return suspects(load_word(p + text.len - 8, 8)) != 0;
    }
    if (text.len >= 4) {
        return (suspects(load_word(p, 4)) | suspects(load_word(p + text.len - 4, 4))) != 0;
    }
    uint64_t word = EACH('a');
    for (size_t i = text.len; i-- > 0;) word = word << 8 | (unsigned char)p[i];
    return suspects(word) != 0;
}

bool text_is_clean(str text) { return text.len == 0 || !has_suspects(text); }

// Whether the text is ASCII without suspects and letters of the blocks U+00C0..U+02FF and
// U+0400..U+04FF, where nothing is invisible, blank or decomposed.
static bool is_plain_letters(str text)
{
    const unsigned char *p = (const unsigned char *)text.data;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = p[i];
        if (c >= 0x80) {
            bool is_letter = (c >= 0xC3 && c <= 0xCB) || (c >= 0xD0 && c <= 0xD3);
            if (!is_letter || ++i == text.len || (p[i] & 0xC0) != 0x80) return false;
        } else if (c < ' ' || c == 0x7F || (c == ' ' && i && p[i - 1] == ' ')) {
            return false;
        } else if (c == '&' && (i + 1 == text.len || p[i + 1] != ' ')) {
            return false;
        }
    }
    return true;
}

// ---- The slow path ----

struct cleaner {
    char *out;
    size_t len;
    enum text_kind kind;
    unsigned changes;
};

static void add_blank(struct cleaner *cleaner)
{
    if (cleaner->len == 0) return;
    char last = cleaner->out[cleaner->len - 1];
    if (last != ' ' && last != '\n') cleaner->out[cleaner->len++] = ' ';
}

static void add_line_end(struct cleaner *cleaner)
{
    if (cleaner->kind != TEXT_NOTES) {
        add_blank(cleaner);
        return;
    }
    while (cleaner->len && cleaner->out[cleaner->len - 1] == ' ') cleaner->len--;
    if (cleaner->len) cleaner->out[cleaner->len++] = '\n';
}

static void add_character(struct cleaner *cleaner, int32_t c);

// A `;` was met: when the text before it ends in a reference, that is replaced by its character.
static void add_semicolon(struct cleaner *cleaner)
{
    size_t len = cleaner->len;
    for (size_t i = 1; i <= len && i <= ENTITY_LEN_MAX + 1; i++) {
        if (cleaner->out[len - i] != '&') continue;
        int32_t c = entity_character((str){cleaner->out + len - i + 1, i - 1});
        if (c < 0) break;
        cleaner->len = len - i;
        cleaner->changes |= CHANGE_ENTITY;
        add_character(cleaner, c);
        return;
    }
    cleaner->out[cleaner->len++] = ';';
}

// Canonical forms of two signs matter to references: the Greek question mark is a semicolon, the
// Kelvin sign a K.
static void add_character(struct cleaner *cleaner, int32_t c)
{
    if (c == ';' || c == 0x37E) {
        add_semicolon(cleaner);
    } else if (c == '\n') {
        add_line_end(cleaner);
    } else if (c == ' ' || (c >= '\t' && c <= '\r') || utf8_is_space(c)) {
        add_blank(cleaner);
    } else if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
        cleaner->changes |= CHANGE_CONTROL;
    } else if (utf8_is_invisible(c)) {
        cleaner->changes |= CHANGE_INVISIBLE;
    } else if (c < 0x80) {
        cleaner->out[cleaner->len++] = (char)c;
    } else {
        cleaner->len += utf8_put(cleaner->out + cleaner->len, c == 0x212A ? 'K' : c);
    }
}

// CR LF and CR are line ends as LF is.
static str rewrite(str text, enum text_kind kind, unsigned *changes, struct arena *arena)
{
    struct cleaner cleaner = {arena_bytes(arena, text.len), 0, kind, 0};
    size_t at = 0;
    while (at < text.len) {
        int32_t c = utf8_next(text, &at);
        if (c == '\r') {
            if (at < text.len && text.data[at] == '\n') at++;
            c = '\n';
        }
        add_character(&cleaner, c);
    }
    while (cleaner.len && byte_is_blank(cleaner.out[cleaner.len - 1])) cleaner.len--;
    *changes |= cleaner.changes;
    arena_trim(arena, cleaner.out + cleaner.len);
    return (str){cleaner.out, cleaner.len};
}

// Bytes that are not UTF-8 become U+FFFD.
static str replace_bad_bytes(str text, struct arena *arena)
{
    char *out = arena_bytes(arena, text.len * 3);
    size_t len = 0;
    while (text.len) {
        size_t valid = utf8_valid_len(text);
        memcpy(out + len, text.data, valid);
        len += valid;
        text = str_from(text, valid);
        if (text.len == 0) break;
        memcpy(out + len, "\xEF\xBF\xBD", 3);
        len += 3;
        text = str_from(text, 1);
    }
    arena_trim(arena, out + len);
    return (str){out, len};
}

// `""Bob""`, with no other quote: an exporter has quoted what was quoted, and not as CSV has it.
// One pair of quotes may be meant: it stays.
static str strip_doubled_quotes(str text)
{
    if (text.len < 5 || !str_starts(text, STR("\"\""))) return text;
    str inner = {text.data + 2, text.len - 4};
    bool is_wrapped = text.data[text.len - 1] == '"' && text.data[text.len - 2] == '"';
    return is_wrapped && str_find(inner, '"') < 0 ? inner : text;
}

// `="0123"`, `=T("0123")` and `'0123`: marks that keep a spreadsheet from changing the text.
static str strip_escapes(str text, unsigned *changes)
{
    for (;;) {
        str inner = strip_doubled_quotes(text);
        if (inner.len < text.len) {
            *changes |= CHANGE_QUOTES;
            text = str_trim(inner);
            continue;
        }
        if (text.len >= 3 && text.data[0] == '=' && text.data[1] == '"' &&
            str_find(str_from(text, 2), '"') == (ptrdiff_t)text.len - 3) {
            inner = (str){text.data + 2, text.len - 3};
        } else if (text.len >= 6 && str_starts(text, STR("=T(\"")) &&
                   str_find(str_from(text, 4), '"') == (ptrdiff_t)text.len - 6 &&
                   text.data[text.len - 1] == ')') {
            inner = (str){text.data + 4, text.len - 6};
        } else if (text.len >= 2 && (text.data[0] == '\'' || text.data[0] == '`') &&
                   (byte_is_digit(text.data[1]) || memchr("+-=@", text.data[1], 4))) {
            inner = str_from(text, 1);
        }
        if (inner.len == text.len) return text;
        *changes |= CHANGE_ESCAPE;
        text = str_trim(inner);
    }
}

// Undoing one thing can uncover another (a removed zero-width space completes a reference, a
// composed letter makes mojibake whole), so the steps repeat until none has anything to do. Each
// repair shortens the text; the bound is for texts made to be slow.
enum { ROUNDS_MAX = 12 };

static str clean_unicode(str text, enum text_kind kind, unsigned *changes, struct arena *arena)
{
    for (int i = 0; i < ROUNDS_MAX; i++) {
        str before = text, next;
        // All layers first: a no-break space may be half of a character.
        while (mojibake_repair(text, &next, arena)) {
            *changes |= CHANGE_MOJIBAKE;
            text = next;
        }
        next = utf8_nfc(text, arena);
        if (!str_equal(next, text)) *changes |= CHANGE_NFC;
        text = rewrite(next, kind, changes, arena);
        if (str_equal(text, before)) return before;
    }
    return text;
}

static struct value clean_slowly(const struct text_rules *rules, str cell, enum text_kind kind,
                                 struct arena *arena)
{
    unsigned changes = 0;
    str text = cell;
    if (!utf8_is_valid(text)) {
        text = replace_bad_bytes(text, arena);
        changes |= CHANGE_BAD_BYTES;
    }
    text = clean_unicode(text, kind, &changes, arena);
    text = strip_escapes(text, &changes);
    if (text_is_null(rules, text, kind)) {
        changes |= CHANGE_NULL;
        text = (str){cell.data, 0};
    }
    return value_of(cell, text, reason_of(changes));
}

// The text is printable and single-spaced; what is left are its ends, escapes and nulls.
static struct value clean_ends(const struct text_rules *rules, str cell, enum text_kind kind)
{
    str text = cell;
    if (text.data[0] == ' ') text = str_from(text, 1);
    if (text.len && text.data[text.len - 1] == ' ') text.len--;
    if (text.len == 0) return value_of(cell, text, "trimmed");
    unsigned changes = 0;
    if (may_be_escape(text.data[0])) text = strip_escapes(text, &changes);
    if (text_is_null(rules, text, kind)) return value_of(cell, (str){cell.data, 0}, "null");
    if (text.len == cell.len) return value_kept(cell);
    return (struct value){text, reason_of(changes), true};
}

struct value text_clean(const struct text_rules *rules, str cell, enum text_kind kind,
                        struct arena *arena)
{
    if (cell.len == 0) return value_kept(cell);
    if (has_suspects(cell)) {
        str repaired;
        if (!is_plain_letters(cell) || mojibake_repair(cell, &repaired, arena)) {
            return clean_slowly(rules, cell, kind, arena);
        }
    }
    if (text_is_kept(rules, cell, kind)) return value_kept(cell);
    return clean_ends(rules, cell, kind);
}
