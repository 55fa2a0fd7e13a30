// Websites, the company's domain, and profiles on social networks.
//
//     struct web_rules rules = {0};
//     web_rules_load(&rules, &book, &err);
//     struct value site = web_site(&rules, STR("HTTPS://www.Acme.co.uk/en/?utm=x"), &arena);
//                                                              // "acme.co.uk/en"
//     str domain = web_domain(&rules, site.text, &arena);      // "acme.co.uk"
//
// A website is written as host and path: lower-case host in ASCII form, without scheme, user, port
// 80 or 443, "www.", query, fragment and trailing slash. Its domain is the registrable one by the
// ICANN part of the Public Suffix List. A page on somebody else's domain (hosted sites such as
// acme.github.io, social profiles, link shorteners) is no company's domain. About 100 ns for a
// website and its domain; names that are not ASCII cost microseconds (libidn2).
#ifndef NORMALIZE_WEB_H
#define NORMALIZE_WEB_H

#include "core/base/arena.h"
#include "core/rules/list.h"
#include "value.h"

struct web_rules {
    // What the rules say of a name, in one number: as a public suffix, as a domain that gives out
    // names below it, as one that belongs to no lead (social networks, shorteners ...).
    struct map names;
    struct list shared;
};

// Reads normalize/public_suffixes.txt, normalize/hosted_suffixes.txt and
// normalize/shared_sites.txt. The rulebook must outlive the rules.
bool web_rules_load(struct web_rules *rules, struct rulebook *book, struct err *err);
void web_rules_release(struct web_rules *rules);

// A cleaned cell of a website column; of several addresses the first that can be read. Reason: url.
// Not valid, as typed: no host with a known top-level domain, an e-mail address.
struct value web_site(const struct web_rules *rules, str cell, struct arena *arena);

// The registrable domain of a host or website ("shop.acme.co.uk/x" -> "acme.co.uk"), or "" when it
// is a public suffix itself, an address, unknown at the top, or on a shared or hosted domain.
// A view of site or text in arena, lower case.
str web_domain(const struct web_rules *rules, str site, struct arena *arena);

// Both of them, read once: the site of a cell and the domain of that site.
struct site {
    struct value website;
    str domain;
};
struct site web_read(const struct web_rules *rules, str cell, struct arena *arena);

// The same from an e-mail address, where people of the shared sites' own companies have theirs. The
// caller rules out free mail.
str web_email_domain(const struct web_rules *rules, str email, struct arena *arena);

// A LinkedIn profile as https://www.linkedin.com/in/NAME (company, school and pub alike). Reason:
// url. Other addresses and bare names are not valid.
struct value web_linkedin(const struct web_rules *rules, str cell, struct arena *arena);

// Whether the site is a LinkedIn address, for columns that mix them.
bool web_is_linkedin(str cell);

#endif
