// lead-validate --explain: what is found about addresses, and why, for people.
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include "common.h"

struct email_rules;

// Writes to standard output what was found about each address: the verdict, every rule that fired,
// flags, suggestion, key. Addresses of standard input, one a line, for "-" or when none is given.
// False with err when lists or the input cannot be read.
bool explain_emails(const struct setup *setup, struct email_rules *rules, struct operands addresses,
                    struct err *err);

#endif
