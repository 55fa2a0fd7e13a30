// A code page is judged by the language that it makes the most of: the share of the bytes above 7F
// beside letters that are letters of its alphabet. One language, not all of a page's: the Czech
// "Dvořák, Němec, Růžička" in Windows-1250 reads "Dvoøák, Nìmec, Rùžièka" in Windows-1252, all of
// them letters of some western language, but of no one's. Alphabets hold what people of the
// language's lists are called as well: a Danish list has its Müller and its Hélène.
#include "codepage_guess.h"

#include "codepage.h"
#include "core/base/utf8.h"

enum { LETTERS_MAX = 1 << 16, LETTERS_MIN = 2, LEFT_OVER_SHARE = 4, PAGES = 7 };

#define WESTERN                                                                                    \
    {                                                                                              \
        "äöüßéèáóàçñøåæ", "åäöæøéèüáóñçë", "àâæçéèêëîïôœùûüÿñöä", "áéíñóúüçàèòïªº", "àèéìòùîüö",   \
            "ãâáàçéêíóôõúüñªº", "áðéíóúýþæöø", "ëïéèöüáóíçêû", "õäöüšžéå"                  \
    }

struct page {
    enum encoding encoding;
    const uint16_t *characters;
    bool is_own_script; // its letters do not stand beside those of ASCII
    const char *alphabets[9];
};

// The first is what is taken when no other is better.
static const struct page pages[PAGES] = {
    {ENCODING_CP1252, codepage_windows_1252, false, WESTERN},
    {ENCODING_CP1250,
     codepage_windows_1250,
     false,
     {"ąćęłńóśźżöüäé", "áčďéěíňóřšťúůýžöüä", "áäčďéíĺľňóôŕšťúýžöü", "áéíóöőúüűä", "čćđšžöüäé",
      "ăâîşţöüé"}},
    {ENCODING_CP1257,
     codepage_windows_1257,
     false,
     {"āčēģīķļņšūžöüäõé", "ąčęėįšųūžöüé", "õäöüšžé"}},
    {ENCODING_CP1251, codepage_windows_1251, true, {"абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ№"}},
    {ENCODING_CP1254, codepage_windows_1254, false, {"çğıİöşüâîû"}},
    {ENCODING_CP850, codepage_ibm_850, false, WESTERN},
    {ENCODING_MACROMAN, codepage_mac_roman, false, WESTERN},
};

const uint16_t *codepage_of(enum encoding encoding)
{
    for (size_t i = 0; i < PAGES; i++) {
        if (pages[i].encoding == encoding) return pages[i].characters;
    }
    return NULL;
}

// How often each byte stood where: beside a letter on the left, on the right, one of them ASCII,
// one of them small.
enum { LEFT = 1, RIGHT = 2, BESIDE_ASCII = 4, BESIDE_SMALL = 8, PLACES = 16 };
struct census {
    uint32_t counts[128][PLACES];
    uint32_t all;
};

static bool is_letter_like(char c) { return byte_is_letter(c) || (c & 0x80); }

static bool is_small(char c) { return c >= 'a' && c <= 'z'; }

static void count_line(struct census *census, str line)
{
    for (size_t i = 0; i < line.len; i++) {
        if (!(line.data[i] & 0x80)) continue;
        char left = i ? line.data[i - 1] : ' ', right = i + 1 < line.len ? line.data[i + 1] : ' ';
        int place = (is_letter_like(left) ? LEFT : 0) | (is_letter_like(right) ? RIGHT : 0);
        if (place == 0) continue; // a sign, or a letter that is alone: no word to tell it by
        if (byte_is_letter(left) || byte_is_letter(right)) place |= BESIDE_ASCII;
        if (is_small(left) || is_small(right)) place |= BESIDE_SMALL;
        census->counts[line.data[i] & 0x7F][place]++;
        census->all++;
    }
}

static void count_text(struct census *census, str text, char line_end)
{
    while (text.len && census->all < LETTERS_MAX) {
        size_t valid = utf8_valid_len(text);
        if (valid == text.len) return;
        while (valid && text.data[valid - 1] != line_end) valid--;
        str line;
        text = str_from(text, valid);
        if (!str_cut(&text, line_end, &line)) return;
        count_line(census, line);
    }
}

// Marks that stand beside letters: an apostrophe between them, a quotation mark at one's end.
static bool is_mark_in_place(int32_t c, int place)
{
    switch (c) {
    case 0x2013:
    case 0x2014:
    case 0x2026:
    case 0x00AD: return true; // dashes, ellipsis
    case 0x00A0:
    case 0x00B7:
    case 0x2022: return true; // blank, dots
    case 0x2018:
    case 0x201A:
    case 0x201C:
    case 0x201E:
    case 0x00AB: return !(place & LEFT);
    case 0x201D:
    case 0x00BB:
    case 0x2122:
    case 0x00AE: return !(place & RIGHT);
    case 0x2019: return place & LEFT;
    default: return false;
    }
}

static bool has_letter(const char *alphabet, int32_t c)
{
    str letters = str_of(alphabet);
    int32_t small = utf8_lower(c), letter;
    for (size_t at = 0; (letter = utf8_next(letters, &at)) >= 0;) {
        if (letter == c || letter == small) return true;
    }
    return false;
}

// Letters of the page's own script do not stand beside those of ASCII; of Latin ones no three in a
// row are above 7F. Inside of a word with small letters there are no capitals.
static bool is_word(const struct page *page, int32_t c, int place)
{
    if (page->is_own_script) return !(place & BESIDE_ASCII);
    bool is_inside = place & LEFT && place & BESIDE_SMALL;
    return place != (LEFT | RIGHT) && !(is_inside && utf8_lower(c) != c);
}

// How many of the bytes the page makes letters of the alphabet, or marks in their place.
static uint32_t count_read(const struct census *census, const struct page *page,
                           const char *alphabet)
{
    uint32_t read = 0;
    for (int byte = 0; byte < 128; byte++) {
        int32_t c = page->characters[byte];
        bool is_known = has_letter(alphabet, c);
        for (int place = 1; place < PLACES; place++) {
            bool is_letter = is_known && is_word(page, c, place);
            if (is_letter || is_mark_in_place(c, place)) read += census->counts[byte][place];
        }
    }
    return read;
}

// The bytes that the page's best language leaves over.
static uint32_t left_over(const struct census *census, const struct page *page)
{
    size_t alphabets = sizeof page->alphabets / sizeof *page->alphabets;
    uint32_t best = 0;
    for (size_t i = 0; i < alphabets && page->alphabets[i]; i++) {
        uint32_t read = count_read(census, page, page->alphabets[i]);
        if (read > best) best = read;
    }
    return census->all - best;
}

enum encoding codepage_guess(str text, char line_end)
{
    struct census census = {0};
    count_text(&census, text, line_end);
    uint32_t plain = left_over(&census, &pages[0]), least = plain;
    enum encoding best = pages[0].encoding;
    if (plain < LETTERS_MIN) return best;
    for (size_t i = 1; i < PAGES; i++) {
        uint32_t left = left_over(&census, &pages[i]);
        if (left >= least || left * LEFT_OVER_SHARE > plain) continue;
        least = left;
        best = pages[i].encoding;
    }
    return best;
}
