// Property: any bytes given as a phone table are refused with a reason, or give rules with which
// every number can be read.
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/lead/phone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const str texts[] = {{"47 22 33 44", 11},    {"+47223344", 9},
                                {"00881 1234567", 13},  {"0123456789", 10},
                                {"+1 2 x 3 ext 4", 14}, {"+4799999999999999999999999999", 29},
                                {"1/22/333", 8},        {"0000000000000000", 16}};
    struct phone_rules rules = {0};
    struct err err = {0};
    char *copy = memory_alloc(size + 1);
    memcpy(copy, data, size);
    if (!phone_rules_read_table(&rules, (struct rule_text){"table", {copy, size}}, &err)) {
        if (err.kind != ERR_RULES || !err.text[0]) abort();
    } else {
        struct phone phone;
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
            phone_parse(&rules, texts[i], STR("NO"), &phone);
            phone_parse(&rules, texts[i], STR(""), &phone);
            phone_classify(&rules, texts[i], &phone);
        }
    }
    phone_rules_release(&rules);
    memory_free(copy);
    return 0;
}
