// What an e-mail address is to leads: its key for comparing, whether a person or a role reads it,
// and the repairs a typed one needs. Used by more than one stage; the verdict is in core/validate.
//
//     struct email_providers providers = {0};
//     if (!email_providers_load(&providers, &book, &err)) ...
//     str key = email_key(&providers, STR("Jane.Doe+fair@GoogleMail.com"), &arena);
//     // janedoe@gmail.com
//
// Loaded once, then read by any number of threads.
#ifndef LEAD_EMAIL_H
#define LEAD_EMAIL_H

#include "core/base/arena.h"
#include "core/rules/list.h"

// How a provider reads a local part (rules/email/providers.tsv says what the columns mean).
struct email_provider {
    str domain, key_domain, name;
    char tag;                            // what follows does not count; 0 = none
    str drop, turn;                      // bytes that do not count; pairs of equal ones
    bool subdomains;                     // x@user.DOMAIN is user@DOMAIN
    const struct email_reading *reading; // drop and turn, byte by byte; NULL when there are none
};

struct email_providers {
    struct email_provider *rows;
    struct email_reading *readings; // of the rows that have one
    size_t count;
    struct map by_domain;
    uint32_t lengths[256]; // by first byte of a domain: the lengths that there are, 31 for longer
    struct list roles, no_reply, free;
    struct table table;
};

// Reads email/providers.tsv, anchors.tsv, role.txt, role_more.txt, no_reply.txt, free.txt and
// free_more.txt through the book, which must outlive it. A few milliseconds.
bool email_providers_load(struct email_providers *providers, struct rulebook *book,
                          struct err *err);
void email_providers_release(struct email_providers *providers);

// The provider of a domain (A-labels, lower case), or NULL.
const struct email_provider *email_provider_of(const struct email_providers *providers, str domain);

// What is behind the last @, and before it: views of address, empty when there is no @.
str email_domain(str address);
str email_local(str address);

// One text for all spellings of one mailbox: local part in lower case, less what the provider
// ignores; domain as A-labels in lower case, the family's first. Empty for what is no address.
// email_key(email_key(x)) is email_key(x). address itself where it is its own key, else in the
// arena; about 25 ns for lower-case ASCII that is its own key, 50 for other ASCII.
str email_key(const struct email_providers *providers, str address, struct arena *arena);

// The same with the tag ("+fair") cut for every domain: weaker evidence, since elsewhere a plus may
// be part of a name.
str email_key_loose(const struct email_providers *providers, str address, struct arena *arena);

// Whether the local part is that of a shared mailbox (info@, sales2@, no-reply@): its whole text
// without case, tag and digits at its end is in role.txt, role_more.txt or no_reply.txt. Such an
// address names no person: it must not join two leads.
bool email_is_role(const struct email_providers *providers, str local);

// Whether anybody gets a mailbox there: such a domain names no company. Any case; A-labels.
bool email_is_free(const struct email_providers *providers, str domain);

// The part of a local part in lower case that names the mailbox: before a "+" that is not its first
// byte. email_stem also leaves the digits at its end. Views.
str email_mailbox(str local);
str email_stem(str mailbox);

// The address in a cell as people type it: outer blanks, invisible characters, mailto:, "Name
// <a@b>", quotes, brackets, full-width @ and dots, %40, punctuation behind it. Nothing inside an
// address is guessed. Of several addresses the first is returned and *rest (may be NULL) is what
// follows it, still as typed; else *rest is empty. So is one behind something else and a comma,
// colon or the like with a blank ("n/a, a@b.fi"). *reason is NULL when the cell was returned as it
// is, "multiple_addresses", or "fixed". Text without an @ only loses its outer blanks and what
// cannot be seen. email_clean(email_clean(x)) is email_clean(x). A view of typed or in the arena.
str email_clean(str typed, struct arena *arena, str *rest, const char **reason);

// Whether the cell is nothing but one address of plain bytes, which email_clean returns as it is:
// most are. *has_capitals counts only when it is. One pass over its bytes.
bool email_is_usual(str typed, bool *has_capitals);

#endif
