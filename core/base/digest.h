// MD5, SHA-1 and SHA-256 of addresses and numbers, for lists that hold those only: the one place
// that knows libcrypto. Of each digest the first 128 bits are kept, which is all of MD5.
//
//     struct digester *digester = digester_new();
//     if (!digester_first_bits(digester, DIGEST_SHA256, STR("jane@firm.fi"), &bits)) ...
//     digester_free(digester);
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "hash.h"

enum digest_kind { DIGEST_MD5, DIGEST_SHA1, DIGEST_SHA256, DIGEST_KINDS };

const char *digest_name(enum digest_kind kind); // "MD5"

// Reads the digest that text is, whole: in hex digits of any case, or in base64 with its "="; the
// kind by its length. False for any other text. 15 ns.
bool digest_read(str text, enum digest_kind *kind, hash128 *bits);

// Whether those are the bits of the digest of no text at all, which lists hold for empty cells.
bool digest_is_of_nothing(enum digest_kind kind, hash128 bits);

struct digester;

// For one thread. What libcrypto does not give is found out by digester_first_bits.
struct digester *digester_new(void);
void digester_free(struct digester *digester); // NULL allowed

// False when this libcrypto does not make such digests (MD5 may be forbidden to it). Some 200 ns
// for an address.
bool digester_first_bits(struct digester *digester, enum digest_kind kind, str text, hash128 *bits);

#endif
