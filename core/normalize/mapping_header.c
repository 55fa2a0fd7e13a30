#include "mapping_header.h"

#include "name_order.h"

// Words that some systems put before every header of a person, or people before a question's.
static const char *const openers[] = {
    "person ",   "contact ",       "lead ",     "attendee ",     "visitor ",        "registrant ",
    "delegate ", "participant ",   "invitee ",  "guest ",        "your ",           "my ",
    "primary ",  "henkilö ",       "kontakti ", "osallistujan ", "yhteyshenkilön ", "kontakt ",
    "contacto ", "contatto ",      "contato ",  "persoon ",      "persona ",        "pessoa ",
    "personne ", "kontaktperson ", "osoba "};

// The same before the parts of a business address, and nothing else: "work status" is none.
static const char *const work_openers[] = {"work ", "business ", "office ", "mailing "};

// A moment said with both its words means what the day alone does.
static const struct {
    const char *both, *day;
} moments[] = {
    {"date/time", "date"},          {"date and time", "date"}, {"date & time", "date"},
    {"date/heure", "date"},         {"date et heure", "date"}, {"datum/uhrzeit", "datum"},
    {"datum und uhrzeit", "datum"}, {"datum/zeit", "datum"},   {"fecha/hora", "fecha"},
    {"fecha y hora", "fecha"},      {"data/ora", "data"},      {"data e ora", "data"},
    {"data/hora", "data"},          {"data e hora", "data"},   {"datum/tijd", "datum"},
    {"datum en tijd", "datum"},     {"datum/tid", "datum"},    {"datum och tid", "datum"},
    {"dato/tid", "dato"},           {"dato og tid", "dato"},   {"data i godzina", "data"}};

// Units behind a number; the answers behind a question; zones that have several meanings, beside
// those of date_zone.
static const char *const ends[] = {
    " (minutes)", " (mins)",    " (min)",    " (minuten)",   " (minuter)", " (minutter)",
    " (minuti)",  " (minutos)", " (minut)",  " (minuuttia)", " (cst)",     " (cdt)",
    " (ist)",     " (aest)",    " 1",        " (yes/no)",    " (y/n)",     " (kyllä/ei)",
    " (k/e)",     " (ja/nej)",  " (ja/nei)", " (ja/nein)",   " (ja/nee)",  " (j/n)",
    " (oui/non)", " (o/n)",     " (sí/no)",  " (si/no)",     " (s/n)",     " (sì/no)",
    " (sim/não)", " (tak/nie)", " (t/n)",    " (já/nei)"};

static bool is_address(int target)
{
    static const int parts[] = {FIELD_STREET, TARGET_STREET_MORE, TARGET_ADDRESS, FIELD_CITY,
                                FIELD_REGION, FIELD_POSTAL_CODE,  FIELD_COUNTRY};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (target == parts[i]) return true;
    }
    return false;
}

// Without what stands before it; one behind the other, as "Person - Person created".
static size_t without_opener(const struct synonyms *synonyms, str folded, struct arena *arena,
                             struct meaning meanings[])
{
    size_t found = 0;
    for (size_t i = 0; !found && i < sizeof openers / sizeof *openers; i++) {
        str opener = str_of(openers[i]);
        if (!str_starts(folded, opener)) continue;
        str rest = str_from(folded, opener.len);
        found = synonyms_find(synonyms, rest, arena, meanings);
        if (!found && str_starts(rest, opener)) {
            found = synonyms_find(synonyms, str_from(rest, opener.len), arena, meanings);
        }
    }
    for (size_t i = 0; !found && i < sizeof work_openers / sizeof *work_openers; i++) {
        str opener = str_of(work_openers[i]);
        if (!str_starts(folded, opener)) continue;
        found = synonyms_find(synonyms, str_from(folded, opener.len), arena, meanings);
        if (found && !is_address(meanings[0].target)) return 0;
    }
    return found;
}

static size_t without_end(const struct synonyms *synonyms, str name, str folded,
                          struct arena *arena, struct meaning meanings[])
{
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        str end = str_of(ends[i]);
        if (!str_ends(folded, end)) continue;
        return synonyms_find(synonyms, str_first(folded, folded.len - end.len), arena, meanings);
    }
    str bare;
    int zone;
    if (!date_zone_of_header(name, &bare, &zone)) return 0;
    return synonyms_find(synonyms, header_fold(bare, arena), arena, meanings);
}

static size_t with_the_day(const struct synonyms *synonyms, str folded, struct arena *arena,
                           struct meaning meanings[])
{
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        str both = str_of(moments[i].both);
        void *at = memmem(folded.data, folded.len, both.data, both.len);
        if (!at) continue;
        str before = str_first(folded, (size_t)((const char *)at - folded.data));
        str after = str_from(folded, before.len + both.len);
        str text =
            arena_format(arena, "%.*s%s%.*s", STR_ARG(before), moments[i].day, STR_ARG(after));
        return synonyms_find(synonyms, text, arena, meanings);
    }
    return 0;
}

// One number of an address whose parts have columns of their own: "Address 1: City".
static size_t without_address(const struct synonyms *synonyms, str folded, struct arena *arena,
                              struct meaning meanings[])
{
    const char *number = memmem(folded.data, folded.len, " 1 ", 3);
    if (!number) return 0;
    size_t at = (size_t)(number - folded.data);
    size_t found = synonyms_find(synonyms, str_first(folded, at), arena, meanings);
    if (!found || !is_address(meanings[0].target)) return 0;
    str rest = str_from(folded, at + 3);
    found = synonyms_find(synonyms, rest, arena, meanings);
    if (!found && str_ends(rest, STR(" 1"))) {
        found = synonyms_find(synonyms, str_first(rest, rest.len - 2), arena, meanings);
    }
    return found && is_address(meanings[0].target) ? found : 0;
}

// Two words for one thing: "Firma/Account". The first must be known, and the others, where they
// are, must not mean something else.
static size_t of_slashes(const struct synonyms *synonyms, str folded, struct arena *arena,
                         struct meaning meanings[])
{
    str rest = folded, piece;
    if (str_find(folded, '/') < 0 || !str_cut(&rest, '/', &piece)) return 0;
    size_t found = synonyms_find(synonyms, str_trim(piece), arena, meanings);
    while (found == 1 && str_cut(&rest, '/', &piece)) {
        struct meaning others[MEANINGS_MAX];
        size_t count = synonyms_find(synonyms, str_trim(piece), arena, others);
        if (count && others[0].target != meanings[0].target) return 0;
    }
    return found == 1 ? 1 : 0;
}

size_t header_meanings(const struct synonyms *synonyms, str name, str folded, struct arena *arena,
                       struct meaning meanings[MEANINGS_MAX])
{
    if (folded.len == 0) return 0;
    size_t found = synonyms_find(synonyms, folded, arena, meanings);
    if (!found) found = without_opener(synonyms, folded, arena, meanings);
    if (!found) found = without_end(synonyms, name, folded, arena, meanings);
    if (!found) found = with_the_day(synonyms, folded, arena, meanings);
    if (!found) found = without_address(synonyms, folded, arena, meanings);
    if (!found) found = of_slashes(synonyms, folded, arena, meanings);
    if (found) return found;
    bool is_name;
    name_order_of_header(synonyms, folded, &is_name, arena);
    meanings[0] = (struct meaning){.target = TARGET_FULL_NAME};
    return is_name;
}
