#include "suggest.h"

#include <stdlib.h>

enum { WORD_BYTES_MAX = 64 };

static int least(int a, int b) { return a < b ? a : b; }

int suggest_distance(str a, str b, int limit)
{
    if (a.len > WORD_BYTES_MAX || b.len > WORD_BYTES_MAX) return limit + 1;
    if (abs((int)a.len - (int)b.len) > limit) return limit + 1;
    int rows[3][WORD_BYTES_MAX + 1];
    int *above2 = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.len; j++) above[j] = (int)j;
    for (size_t i = 1; i <= a.len; i++) {
        row[0] = (int)i;
        for (size_t j = 1; j <= b.len; j++) {
            char x = byte_lower(a.data[i - 1]), y = byte_lower(b.data[j - 1]);
            row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == byte_lower(b.data[j - 2]) &&
                byte_lower(a.data[i - 2]) == y) {
                row[j] = least(row[j], above2[j - 2] + 1);
            }
        }
        int *freed = above2;
        above2 = above;
        above = row;
        row = freed;
    }
    return above[b.len] > limit ? limit + 1 : above[b.len];
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
