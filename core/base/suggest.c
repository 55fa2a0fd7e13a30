#include "suggest.h"

#include "edit_distance.h"

enum { WORD_BYTES_MAX = 64 };

static str lower_copy(str word, char out[WORD_BYTES_MAX])
{
    for (size_t i = 0; i < word.len; i++) out[i] = byte_lower(word.data[i]);
    return (str){out, word.len};
}

int suggest_distance(str a, str b, int limit)
{
    if (a.len > WORD_BYTES_MAX || b.len > WORD_BYTES_MAX) return limit + 1;
    char lower_a[WORD_BYTES_MAX], lower_b[WORD_BYTES_MAX];
    return edit_distance(lower_copy(a, lower_a), lower_copy(b, lower_b), limit);
}

struct suggestion suggest_start(str wanted)
{
    int limit = (int)(wanted.len / 3);
    return (struct suggestion){.wanted = wanted, .distance = (limit < 1 ? 1 : limit) + 1};
}

void suggest_offer(struct suggestion *best, str word)
{
    int distance = suggest_distance(best->wanted, word, best->distance - 1);
    if (distance >= best->distance) return;
    best->distance = distance;
    best->word = word;
}
