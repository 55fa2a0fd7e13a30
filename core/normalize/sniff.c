#include "sniff.h"

#include "core/base/utf8.h"
#include "core/lead/fold.h"
#include "core/rules/list.h"

// Longer text is prose, whatever it holds.
enum { VALUE_BYTES_MAX = 200, WORD_BYTES_MAX = 48, NOTHING_BYTES_MAX = 14 };

static const char *const look_names[LOOK_COUNT] = {"empty",
                                                   "e-mail addresses",
                                                   "LinkedIn profiles",
                                                   "web addresses",
                                                   "dates",
                                                   "phone numbers",
                                                   "numbers",
                                                   "yes",
                                                   "no",
                                                   "countries",
                                                   "forms of address",
                                                   "states",
                                                   "companies",
                                                   "names of people",
                                                   "text"};

const char *look_name(enum look look) { return look_names[look]; }

static bool add_words(struct sniffer *sniffer, str words, enum look look)
{
    str word;
    while (str_cut(&words, ';', &word)) {
        map_put(&sniffer->words, fold_text(str_trim(word), 0, &sniffer->arena), look);
    }
    return true;
}

static bool load_words(struct sniffer *sniffer, const struct table *table, const char *file,
                       struct err *err)
{
    static const struct {
        const char *name;
        enum look look;
    } looks[] = {{"yes", LOOK_YES},
                 {"no", LOOK_NO},
                 {"honorific", LOOK_HONORIFIC},
                 {"status", LOOK_STATUS},
                 {"company", LOOK_COMPANY}};
    int look, words;
    if (!table_need(table, file, "look", &look, err)) return false;
    if (!table_need(table, file, "words", &words, err)) return false;
    for (size_t row = 0; row < table->rows; row++) {
        str name = table_cell(table, row, look), list = table_cell(table, row, words);
        size_t i = 0, count = sizeof looks / sizeof *looks;
        while (i < count && !str_equal(name, str_of(looks[i].name))) i++;
        if (i == count || !utf8_is_valid(list)) {
            return err_set(err, ERR_RULES, file, 0, "'%.*s' is not a look, or not UTF-8",
                           STR_ARG(name));
        }
        add_words(sniffer, list, looks[i].look);
    }
    return true;
}

// Calling codes (ITU-T E.164, a public fact) and the largest country under each.
static const char calling_codes[] =
    "1US 7RU 20EG 27ZA 30GR 31NL 32BE 33FR 34ES 36HU 39IT 40RO 41CH 43AT 44GB 45DK 46SE 47NO 48PL "
    "49DE 51PE 52MX 53CU 54AR 55BR 56CL 57CO 58VE 60MY 61AU 62ID 63PH 64NZ 65SG 66TH 81JP 82KR "
    "84VN 86CN 90TR 91IN 92PK 93AF 94LK 95MM 98IR 211SS 212MA 213DZ 216TN 218LY 220GM 221SN 222MR "
    "223ML 224GN 225CI 226BF 227NE 228TG 229BJ 230MU 231LR 232SL 233GH 234NG 235TD 236CF 237CM "
    "238CV 239ST 240GQ 241GA 242CG 243CD 244AO 245GW 248SC 249SD 250RW 251ET 252SO 253DJ 254KE "
    "255TZ 256UG 257BI 258MZ 260ZM 261MG 262RE 263ZW 264NA 265MW 266LS 267BW 268SZ 269KM 297AW "
    "298FO 299GL 350GI 351PT 352LU 353IE 354IS 355AL 356MT 357CY 358FI 359BG 370LT 371LV 372EE "
    "373MD 374AM 375BY 376AD 377MC 378SM 380UA 381RS 382ME 383XK 385HR 386SI 387BA 389MK 420CZ "
    "421SK 423LI 501BZ 502GT 503SV 504HN 505NI 506CR 507PA 509HT 590GP 591BO 592GY 593EC 594GF "
    "595PY 596MQ 597SR 598UY 599CW 670TL 673BN 675PG 676TO 677SB 678VU 679FJ 680PW 685WS 687NC "
    "689PF 850KP 852HK 853MO 855KH 856LA 880BD 886TW 960MV 961LB 962JO 963SY 964IQ 965KW 966SA "
    "967YE 968OM 970PS 971AE 972IL 973BH 974QA 975BT 976MN 977NP 992TJ 993TM 994AZ 995GE 996KG "
    "998UZ ";

static void set_calling_codes(struct sniffer *sniffer)
{
    for (const char *at = calling_codes; *at; at += 3) {
        size_t number = 0;
        while (byte_is_digit(*at)) number = number * 10 + (size_t)(*at++ - '0');
        memcpy(sniffer->calling[number], at, 2);
    }
}

bool sniffer_load(struct sniffer *sniffer, struct rulebook *book, struct err *err)
{
    set_calling_codes(sniffer);
    struct table words = {0};
    str name = STR("value_words.tsv");
    bool ok = table_load(&words, book, name, err) &&
              load_words(sniffer, &words, rulebook_where(book, name), err) &&
              country_rules_load(&sniffer->countries, book, err) &&
              date_rules_load(&sniffer->dates, book, err);
    table_release(&words);
    return ok;
}

void sniffer_release(struct sniffer *sniffer)
{
    map_release(&sniffer->words);
    country_rules_release(&sniffer->countries);
    date_rules_release(&sniffer->dates);
    arena_release(&sniffer->arena);
    *sniffer = (struct sniffer){0};
}

static bool starts_nocase(str text, const char *prefix)
{
    if (text.len == 0 || (text.data[0] | 32) != prefix[0]) return false;
    return str_equal_nocase(str_first(text, strlen(prefix)), str_of(prefix));
}

// Without what shows nothing at either end: no-break blanks, zero-width and bidi marks.
static str without_invisible(str value)
{
    static const char *const tails[] = {"\xC2\xA0",     "\xE2\x80\xAC", "\xE2\x80\x8B",
                                        "\xE2\x80\xAF", "\xEF\xBB\xBF", "\xE2\x80\x8E",
                                        "\xE2\x80\x8F"};
    while (value.len >= 2 && (unsigned char)value.data[0] >= 0x80) {
        size_t at = 0;
        if (utf8_valid_len(str_first(value, 4)) == 0) break;
        int32_t c = utf8_next(value, &at);
        if (!utf8_is_invisible(c) && !utf8_is_space(c)) break;
        value = str_trim(str_from(value, at));
    }
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        while (str_ends(value, str_of(tails[i]))) {
            value = str_trim(str_first(value, value.len - strlen(tails[i])));
        }
    }
    return value;
}

// Without blanks, an apostrophe that a spreadsheet put before the text, and p: tel: mailto:.
static str bare(str value)
{
    static const char *const prefixes[] = {"p:", "tel:", "mailto:"};
    value = str_trim(value);
    bool is_plain = value.len == 0 || ((unsigned char)value.data[0] < 0x80 &&
                                       (unsigned char)value.data[value.len - 1] < 0x80);
    if (!is_plain) value = without_invisible(value);
    if (value.len > 1 && value.data[0] == '\'') value = str_from(value, 1);
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (starts_nocase(value, prefixes[i])) value = str_from(value, strlen(prefixes[i]));
    }
    return value;
}

static bool is_nothing(str value)
{
    static const char *const words[] = {"n/a",    "na",     "null",           "none",
                                        "nil",    "nan",    "[not provided]", "#n/a",
                                        "#name?", "0.0.00", "0/0/00",         "unknown"};
    size_t i = 0;
    while (i < value.len && (value.data[i] == '-' || value.data[i] == '.' || value.data[i] == '?' ||
                             value.data[i] == '#')) {
        i++;
    }
    if (i == value.len) return true;
    if (value.len > NOTHING_BYTES_MAX) return false;
    for (i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal_nocase(value, str_of(words[i]))) return true;
    }
    return false;
}

// An address somewhere in it: one @ with a letter or digit before it and a dot after it.
static bool is_email(str value)
{
    ptrdiff_t at = str_find(value, '@');
    if (at <= 0 || byte_is_blank(value.data[at - 1])) return false;
    str domain = str_from(value, (size_t)at + 1);
    size_t end = 0;
    while (end < domain.len &&
           (byte_is_letter(domain.data[end]) || byte_is_digit(domain.data[end]) ||
            domain.data[end] == '.' || domain.data[end] == '-' ||
            (unsigned char)domain.data[end] >= 0x80)) {
        end++;
    }
    ptrdiff_t dot = str_find(str_first(domain, end), '.');
    return dot > 0 && (size_t)dot + 1 < end;
}

static bool is_linkedin(str value)
{
    const char *at = memmem(value.data, value.len, "linkedin.com/", 13);
    if (!at) return false;
    str path = str_from(value, (size_t)(at - value.data) + 13);
    return str_starts(path, STR("in/")) || str_starts(path, STR("pub/")) ||
           str_starts(path, STR("sales/")) || str_starts(path, STR("profile/"));
}

static bool is_url(str value)
{
    if (starts_nocase(value, "http://") || starts_nocase(value, "https://")) return true;
    if (starts_nocase(value, "www.")) return true;
    size_t dot = 0, letters = 0;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.data[i];
        if (c == '/' && dot) break;
        if (!byte_is_letter(c) && !byte_is_digit(c) && c != '-' && c != '.') return false;
        if (c == '.') dot = i, letters = 0;
        if (byte_is_letter(c)) letters++;
    }
    return dot && letters >= 2 && letters <= 24;
}

// A phone number as people write it. Digits alone are not enough: ids and years are digits too.
static enum look phone_or_number(str value)
{
    size_t digits = 0, marks = 0, decimal = 0;
    bool plus = value.data[0] == '+', paren = false;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.data[i];
        if (byte_is_digit(c)) {
            digits++;
        } else if (c == '.' || c == ',') {
            decimal++;
        } else if (c == '(' || c == ')') {
            paren = true;
        } else if (c == ' ' || c == '-' || c == '/' || (c == '+' && i == 0) ||
                   (unsigned char)c == 0xC2 || (unsigned char)c == 0xA0) {
            marks++;
        } else if (digits >= 6 && (c == 'x' || c == 'e' || c == ';' || c == 'E')) {
            break; // an extension, or a number that a spreadsheet has written as 3.58E+11
        } else {
            return LOOK_TEXT;
        }
    }
    if (digits == 0) return LOOK_TEXT;
    if (plus && digits >= 7 && digits <= 17) return LOOK_PHONE;
    if (!marks && !paren && decimal <= 1) {
        bool zero = value.data[0] == '0' && decimal == 0 && digits >= 7 && digits <= 14;
        return zero ? LOOK_PHONE : LOOK_NUMBER;
    }
    bool leads = value.data[0] == '0' || paren || marks + decimal >= 2;
    return leads && digits >= 6 && digits <= 15 ? LOOK_PHONE : LOOK_TEXT;
}

// Two to four words, each with a capital letter (or a particle such as "von"), no digits.
static bool is_person(str value)
{
    size_t words = 0, capitals = 0;
    bool starts = true;
    for (size_t at = 0; at < value.len;) {
        int32_t c = utf8_next(value, &at);
        if (c == ' ') {
            starts = true;
            continue;
        }
        if (!utf8_is_letter(c) && !utf8_is_mark(c) && c != '\'' && c != '-' && c != '.' &&
            c != 0x2019 && c != ',') {
            return false;
        }
        if (starts) {
            words++;
            capitals += utf8_lower(c) != c;
            starts = false;
        }
    }
    return words >= 2 && words <= 4 && capitals >= 2;
}

// What the words tell: the whole value is a known word, or ends in a legal form.
static enum look by_words(const struct sniffer *sniffer, str value, struct arena *arena)
{
    uint32_t look;
    str folded = fold_text(value, 0, arena);
    if (folded.len <= WORD_BYTES_MAX && map_find(&sniffer->words, folded, &look) &&
        look != LOOK_COMPANY) {
        return (enum look)look;
    }
    if (sniff_country(sniffer, value, arena).len) return LOOK_COUNTRY;
    // "sp z o o" has four words; shorter tails are tried last.
    for (size_t words = 0, i = folded.len; i-- > 0;) {
        if (folded.data[i] != ' ') continue;
        if (map_find(&sniffer->words, str_from(folded, i + 1), &look) && look == LOOK_COMPANY) {
            return LOOK_COMPANY;
        }
        if (++words == 4) break;
    }
    return is_person(value) ? LOOK_PERSON : LOOK_TEXT;
}

static bool is_date(const struct sniffer *sniffer, str value)
{
    struct date_votes votes = {0};
    date_evidence(&sniffer->dates, value, &votes);
    return votes.day_first + votes.month_first + votes.open + votes.year_first + votes.named > 0;
}

enum look sniff_value(const struct sniffer *sniffer, str value, struct arena *arena)
{
    value = bare(value);
    if (value.len == 0 || is_nothing(value)) return LOOK_NOTHING;
    if (value.len > VALUE_BYTES_MAX || !utf8_is_valid(value)) return LOOK_TEXT;
    if (is_email(value)) return LOOK_EMAIL;
    if (is_linkedin(value)) return LOOK_LINKEDIN;
    char c = value.data[0];
    if (byte_is_digit(c) || c == '+' || c == '(') {
        if (c != '+' && is_date(sniffer, value)) return LOOK_DATE;
        enum look look = phone_or_number(value);
        bool is_flag = look == LOOK_NUMBER && value.len == 1 && (c == '0' || c == '1');
        if (look != LOOK_TEXT && !is_flag) return look;
    }
    if (is_url(value)) return LOOK_URL;
    return by_words(sniffer, value, arena);
}

void sniff_add(const struct sniffer *sniffer, struct value_counts *counts, str value,
               struct arena *arena)
{
    sniff_count(counts, value, sniff_value(sniffer, value, arena));
}

uint32_t sniff_share(const struct value_counts *counts, enum look look)
{
    uint32_t filled = sniff_filled(counts);
    return filled ? (uint32_t)((uint64_t)counts->look[look] * 100 / filled) : 0;
}

str sniff_country(const struct sniffer *sniffer, str value, struct arena *arena)
{
    value = str_trim(value);
    if (value.len < 2 || value.len > WORD_BYTES_MAX || !utf8_is_valid(value)) return STR("");
    struct value country = country_code(&sniffer->countries, value, arena);
    return country.is_valid ? country.text : STR("");
}

bool sniff_phone_country(const struct sniffer *sniffer, str value, char code[2])
{
    value = bare(value);
    size_t from = str_starts(value, STR("+")) ? 1 : str_starts(value, STR("00")) ? 2 : 0;
    if (from == 0) return false;
    // No code begins with a zero, and none is the beginning of another.
    size_t number = 0, count = 0;
    for (size_t i = from; i < value.len && count < 3; i++) {
        if (!byte_is_digit(value.data[i])) continue;
        number = number * 10 + (size_t)(value.data[i] - '0');
        if (number == 0) return false;
        count++;
        if (!sniffer->calling[number][0]) continue;
        memcpy(code, sniffer->calling[number], 2);
        return true;
    }
    return false;
}
