// lead-validate --explain: what is found about addresses, and why, for people.
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include "common.h"

struct email_rules;
struct email_providers;
struct verdicts;

// Writes to standard output what was found about each address: the verdict, every rule that fired,
// flags, suggestion, key. Addresses of standard input, one a line, for "-" or when none is given.
// verdicts: what verifiers found, or NULL. fixes_typos: an address is put right (email_fix) before
// it is asked for there. False with err when the input cannot be read.
bool explain_emails(struct email_rules *rules, const struct email_providers *providers,
                    const struct verdicts *verdicts, bool fixes_typos, struct operands addresses,
                    struct err *err);

#endif
