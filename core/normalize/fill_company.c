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
static str set_website(struct filler *filler, uint32_t row)
{
    str typed = filler_pick(filler, row, FIELD_WEBSITE, TEXT_LINE, FIELD_WEBSITE, NULL);
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

// The registrable domain of a website or an address; few domains come again and again.
static str domain_of(struct filler *filler, str text, bool is_email)
{
    bool known;
    if (is_email) text = email_domain(text);
    if (text.len == 0) return text;
    str *domain = cache_find(&filler->domains, text, is_email, &known);
    if (!known) {
        struct arena *arena = &filler->batch->arena;
        str found = {"", 0};
        if (!is_email)
            found = web_domain(&filler->rules->web, text, arena);
        else if (!email_is_free(&filler->rules->emails, text)) {
            found = web_email_domain(&filler->rules->web, text, arena);
        }
        *domain = arena_copy(cache_arena(&filler->domains), found);
    }
    return arena_copy(&filler->batch->arena, *domain);
}

// The website's domain, else that of an address of the company's own.
static void set_domain(struct filler *filler, uint32_t row, str of_website)
{
    str own = filler_pick(filler, row, FIELD_DOMAIN, TEXT_LINE, FIELD_DOMAIN, NULL);
    str domain = domain_of(filler, own, false);
    if (!domain.len) domain = of_website;
    if (!domain.len) domain = domain_of(filler, filler_get(filler, row, FIELD_EMAIL), true);
    filler_set_plain(filler, row, FIELD_DOMAIN, domain);
}

static void set_company(struct filler *filler, uint32_t row)
{
    str company = filler_pick(filler, row, FIELD_COMPANY, TEXT_LINE, FIELD_COMPANY, NULL);
    filler_set(filler, row, FIELD_COMPANY, company);
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
    for (uint32_t row = 0; row < filler->rows; row++) {
        set_company(filler, row);
        set_linkedin(filler, row);
        str of_website = set_website(filler, row);
        set_domain(filler, row, of_website);
    }
}
