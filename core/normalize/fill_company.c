// The company, its place on the web, and the lead's profile there.
#include "filler.h"

static void set_linkedin(struct filler *filler, uint32_t row)
{
    str typed = filler_pick(filler, row, FIELD_LINKEDIN, TEXT_LINE, FIELD_LINKEDIN, NULL);
    if (typed.len == 0) return;
    struct value value = web_linkedin(&filler->rules->web, typed, &filler->batch->arena);
    filler_set_value(filler, row, FIELD_LINKEDIN, typed, value);
}

// A LinkedIn address in the column of websites is a profile, not the company's site. Returns the
// site's domain.
static str set_website(struct filler *filler, uint32_t row, str typed)
{
    if (typed.len == 0) return typed;
    if (web_is_linkedin(typed) && filler_get(filler, row, FIELD_LINKEDIN).len == 0) {
        struct value value = web_linkedin(&filler->rules->web, typed, &filler->batch->arena);
        if (value.is_valid) {
            filler_set(filler, row, FIELD_LINKEDIN, value.text);
            filler_change(filler, row, FIELD_LINKEDIN, typed, value.text, "from_website");
            return (str){"", 0};
        }
    }
    struct site site = web_read(&filler->rules->web, typed, &filler->batch->arena);
    filler_set_value(filler, row, FIELD_WEBSITE, typed, site.website);
    return site.domain;
}

// A lead whose domain is that of its address: asked for when the memory of all has been fetched.
struct asked {
    uint32_t row;
    hash128 key;
};

// The domain of the lead's own column, else of the website. False when there is none.
static bool set_domain(struct filler *filler, uint32_t row, str of_website)
{
    str own = filler_pick(filler, row, FIELD_DOMAIN, TEXT_LINE, FIELD_DOMAIN, NULL);
    str domain = own;
    // What a website has given is the domain of itself.
    if (own.len && !str_equal(own, of_website)) {
        domain = web_domain(&filler->rules->web, own, &filler->batch->arena);
    }
    if (!domain.len) domain = of_website;
    filler_set_plain(filler, row, FIELD_DOMAIN, domain);
    return domain.len > 0;
}

// The registrable domain of an address of the company's own; few come again and again.
static void set_email_domain(struct filler *filler, const struct asked *asked)
{
    bool known;
    str *domain = cache_find_key(&filler->domains, asked->key, &known);
    if (!known) {
        str found = {"", 0}, address = filler_get(filler, asked->row, FIELD_EMAIL);
        if (!email_is_free(&filler->rules->emails, email_domain(address))) {
            found = web_email_domain(&filler->rules->web, address, &filler->batch->arena);
        }
        *domain = arena_copy(cache_arena(&filler->domains), found);
    }
    filler_set_plain(filler, asked->row, FIELD_DOMAIN, arena_copy(&filler->batch->arena, *domain));
}

static void set_facts(struct filler *filler, uint32_t row)
{
    str id = filler_pick(filler, row, FIELD_COMPANY_ID, TEXT_LINE, FIELD_COMPANY_ID, NULL);
    if (id.len) {
        str country = filler_get(filler, row, FIELD_COUNTRY);
        filler_set_value(filler, row, FIELD_COMPANY_ID, id,
                         company_id(id, country, &filler->batch->arena));
    }
    str employees = filler_pick(filler, row, FIELD_EMPLOYEES, TEXT_LINE, FIELD_EMPLOYEES, NULL);
    if (employees.len) {
        filler_set_value(
            filler, row, FIELD_EMPLOYEES, employees,
            quantity_employees(&filler->rules->words, employees, &filler->batch->arena));
    }
}

void fill_company(struct filler *filler)
{
    struct asked *asked = arena_alloc(&filler->batch->arena, filler->rows * sizeof *asked);
    uint32_t count = 0;
    bool wants_website = filler->wants[FIELD_WEBSITE] || filler->wants[FIELD_DOMAIN] ||
                         filler->wants[FIELD_LINKEDIN];
    bool has_facts = filler->is_filled[FIELD_COMPANY_ID] || filler->is_filled[FIELD_EMPLOYEES] ||
                     filler->is_filled[FIELD_LINKEDIN];
    const str *sites = NULL;
    filler_set_all(filler, FIELD_COMPANY,
                   filler_pick_all(filler, FIELD_COMPANY, TEXT_LINE, FIELD_COMPANY));
    for (uint32_t row = 0; has_facts && row < filler->rows; row++) {
        set_facts(filler, row);
        set_linkedin(filler, row);
    }
    if (wants_website) sites = filler_pick_all(filler, FIELD_WEBSITE, TEXT_LINE, FIELD_WEBSITE);
    for (uint32_t row = 0; row < filler->rows; row++) {
        str of_website = set_website(filler, row, filler_picked(sites, row));
        if (!filler->wants[FIELD_DOMAIN] || set_domain(filler, row, of_website)) continue;
        str domain = email_domain(filler_get(filler, row, FIELD_EMAIL));
        if (domain.len == 0) continue;
        asked[count] = (struct asked){row, cache_key(domain, 0)};
        cache_fetch(&filler->domains, asked[count++].key);
    }
    for (uint32_t i = 0; i < count; i++) set_email_domain(filler, &asked[i]);
}
