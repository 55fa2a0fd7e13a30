// How a person's lead differs when it comes again, what people type wrong, and ragged exports.
#include "generate.h"

#include <string.h>

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static unsigned find(const struct text *text, char c)
{
    unsigned at = 0;
    while (at < text->len && text->bytes[at] != c) at++;
    return at;
}

// One slip of the finger inside a word; accented letters are left whole.
static void mistype(struct text *text, struct dice *dice)
{
    if (text->len < 4) return;
    unsigned at = 1 + dice_below(dice, text->len - 2);
    char *here = text->bytes + at;
    if (!is_letter(here[0]) || !is_letter(here[-1])) return;
    switch (dice_below(dice, 3)) {
    case 0: text_remove(text, at); break;
    case 1: text_insert(text, at, *here); break;
    default: {
        char kept = here[-1];
        here[-1] = here[0];
        here[0] = kept;
    }
    }
}

static void add_dots(struct text *email, struct dice *dice)
{
    unsigned at = 1 + dice_below(dice, find(email, '@') - 1);
    if (email->bytes[at] != '.' && email->bytes[at - 1] != '.' && email->bytes[at] != '@') {
        text_insert(email, at, '.');
    }
}

static void add_tag(struct text *email, struct dice *dice)
{
    static const char *const tags[] = {"+news", "+demo", "+work", "+2024", "+shop"};
    const char *tag = tags[dice_below(dice, 5)];
    unsigned at = find(email, '@');
    for (; *tag != '\0'; tag++) text_insert(email, at++, *tag);
}

static void change_case(struct lead *lead, struct dice *dice)
{
    struct text *email = &lead->column[EMAIL];
    if (dice_chance(dice, 50)) {
        text_upper(email);
    } else {
        email->bytes[0] = (char)(email->bytes[0] & ~(is_letter(email->bytes[0]) ? 0x20 : 0));
    }
    if (dice_chance(dice, 30)) text_upper(&lead->column[LAST_NAME]);
    if (dice_chance(dice, 20)) text_upper(&lead->column[COMPANY]);
    if (dice_chance(dice, 20)) text_lower(&lead->column[FIRST_NAME]);
}

static void pad(struct text *text, struct dice *dice)
{
    if (text->len == 0) return;
    if (dice_chance(dice, 60)) text_add(text, " ");
    if (dice_chance(dice, 50)) text_insert(text, 0, ' ');
}

// Another address of the same person; the digits make it unlike anyone else's.
static void change_address(struct text *email, struct dice *dice)
{
    unsigned at = find(email, '@');
    for (unsigned i = 0; i < 6; i++) text_insert(email, at, (char)('0' + dice_below(dice, 10)));
}

static const char *change_email(struct lead *lead, struct dice *dice)
{
    struct text *email = &lead->column[EMAIL];
    unsigned domain = find(email, '@') + 1;
    switch (dice_below(dice, 4)) {
    case 0: change_case(lead, dice); return "email_case";
    case 1:
        pad(email, dice);
        pad(&lead->column[FIRST_NAME], dice);
        pad(&lead->column[COMPANY], dice);
        return "blanks";
    case 2:
        if (email->len - domain == 9 && memcmp(email->bytes + domain, "gmail.com", 9) == 0) {
            add_dots(email, dice);
            return "gmail_dots";
        }
        // fall through
    default: add_tag(email, dice); return "email_tag";
    }
}

static const char *change_names(struct lead *lead, struct dice *dice)
{
    mistype(&lead->column[FIRST_NAME], dice);
    mistype(&lead->column[LAST_NAME], dice);
    mistype(&lead->column[COMPANY], dice);
    return "typo";
}

const char *change_repeat(struct lead *lead, const struct person *person, struct dice *dice)
{
    struct text *email = &lead->column[EMAIL], *phone = &lead->column[PHONE];
    unsigned kind = dice_below(dice, 100);
    if (kind < 20) return "same";
    if (kind < 25) return change_names(lead, dice);
    if (kind < 60 && email->len > 0) return change_email(lead, dice);
    if (phone->len == 0 || email->len == 0) return "same";
    if (kind < 80) {
        person_phone(phone, person, person->phone_format + 1 + dice_below(dice, 5));
        return "phone_format";
    }
    if (kind < 90) {
        phone->len = 0;
        return "email_only";
    }
    if (kind < 98) {
        person_phone(phone, person, dice_below(dice, 6));
        if (dice_chance(dice, 50)) {
            email->len = 0;
        } else {
            change_address(email, dice);
        }
        return "phone_only";
    }
    // Nothing but the name, the company and the place still links these.
    phone->len = 0;
    change_address(email, dice);
    return "fuzzy";
}

static void break_email(struct text *email, struct dice *dice)
{
    unsigned at = find(email, '@');
    switch (dice_below(dice, 8)) {
    case 0: text_remove(email, at); break;
    case 1: text_insert(email, at, '@'); break;
    case 2: text_insert(email, at, ' '); break;
    case 3: text_add(email, "."); break;
    case 4: text_insert(email, at + 1, '.'); break;
    case 5: email->len = at + 1; break;
    case 6:
        while (at < email->len && email->bytes[at] != '.') at++;
        email->len = at;
        break;
    default: text_set(email, dice_chance(dice, 50) ? "n/a" : "unknown");
    }
}

const char *change_dirt(struct lead *lead, struct dice *dice)
{
    struct text *email = &lead->column[EMAIL], *phone = &lead->column[PHONE];
    if (phone->len > 0 && dice_chance(dice, 20)) {
        static const char *const wrong[] = {"1234", "000000", "+1 555", "none", "call me", "?"};
        text_set(phone, wrong[dice_below(dice, 6)]);
        return "bad_phone";
    }
    if (email->len == 0) return "none";
    break_email(email, dice);
    return "bad_email";
}

// Upper or lower case, blanks at the ends, doubled blanks inside.
static void ragged_text(struct text *text, struct dice *dice)
{
    unsigned roll = dice_below(dice, 100);
    if (roll < 4) text_upper(text);
    if (roll >= 4 && roll < 8) text_lower(text);
    if (roll >= 8 && roll < 16) pad(text, dice);
    if (roll == 16 && text->len > 0) text_add(text, "\t ");
    if (roll == 17) text_insert(text, 0, '\t');
    unsigned blank = find(text, ' ');
    if (roll >= 18 && roll < 26 && blank > 0 && blank < text->len) text_insert(text, blank, ' ');
}

static void ragged_notes(struct text *notes, struct dice *dice)
{
    unsigned line_end = find(notes, '\n');
    if (line_end < notes->len && dice_chance(dice, 50)) text_insert(notes, line_end, '\r');
    if (notes->len > 0 && dice_chance(dice, 5)) {
        text_insert(notes, 0, '"');
        text_add(notes, "\"");
    }
}

// The export of a program that never cleaned anything: every field may be hit.
void change_ragged(struct lead *lead, struct dice *dice)
{
    static const char *const nothing[] = {"NULL", "null", "N/A", "n/a", "-", "none", "(blank)"};
    for (unsigned i = SOURCE; i < COLUMNS; i++) {
        struct text *text = &lead->column[i];
        if (text->len == 0 && dice_chance(dice, 15)) text_add(text, nothing[dice_below(dice, 7)]);
        ragged_text(text, dice);
    }
    if (dice_chance(dice, 3)) text_set(&lead->column[PHONE], "+00 000 0000");
    ragged_notes(&lead->column[NOTES], dice);
}
