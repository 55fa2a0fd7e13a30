// International domain names: to the ASCII form that the DNS and the lists know, and back.
//
//     str ascii;
//     if (idn_to_ascii(STR("bücher.de"), &arena, &ascii)) ...      // xn--bcher-kva.de
//
// IDNA2008 (RFC 5891) with the non-transitional mapping of UTS #46, by libidn2, which is known to
// idn.c alone. Microseconds a call: keep the answers (core/base/cache.h), and ask only for names
// that idn_is_plain does not answer.
#ifndef BASE_IDN_H
#define BASE_IDN_H

#include "arena.h"
#include "str.h"

// Longest name in bytes that is looked at: a DNS name has 253, its Unicode form up to four times.
enum { IDN_BYTES_MAX = 1024 };

// Whether the name is ASCII without an A-label ("xn--"): nothing to convert or to check.
bool idn_is_plain(str domain);

// The name as A-labels, in lower case. False when it is empty, or, unless it is plain, when it is
// too long, holds anything but letters, marks, digits, hyphens and dots (or a middle dot elsewhere
// than between two l), is no name under IDNA2008, or when one of its "xn--" labels does not stand
// for a name that gives the same label again. domain is valid UTF-8. *ascii is in the arena, or
// domain itself where nothing changes.
bool idn_to_ascii(str domain, struct arena *arena, str *ascii);

// The name with its A-labels turned into Unicode; domain itself when there is none or it cannot.
str idn_to_unicode(str domain, struct arena *arena);

#endif
