#include "target.h"

#define NAME(id, word) {word, sizeof(word) - 1},
static const str words[] = {TARGET_WORDS(NAME)};
#undef NAME

str target_name(int target)
{
    if (target < LEAD_FIELD_COUNT) return schema_fields[target].name;
    return words[target - LEAD_FIELD_COUNT];
}

int target_find(str word)
{
    for (int i = LEAD_FIELD_COUNT; i < TARGET_COUNT; i++) {
        if (str_equal(target_name(i), word)) return i;
    }
    int field = schema_find(word);
    return field < LEAD_FIELD_COUNT ? field : -1;
}
