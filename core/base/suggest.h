// Did-you-mean: the nearest of some known words.
//
//     struct suggestion best = suggest_start(STR("teir"));
//     for (...) suggest_offer(&best, known_word);
//     if (best.word.len) printf("did you mean \"%.*s\"?", STR_ARG(best.word));
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include "str.h"

struct suggestion {
    str wanted;
    str word;     // the best so far, len 0 when nothing is near enough
    int distance; // its distance, or the largest distance allowed
};

// Allows one edit for every three letters, at least one.
struct suggestion suggest_start(str wanted);

// Keeps word when it is nearer than what was offered before. Views are kept, not copied.
void suggest_offer(struct suggestion *best, str word);

// edit_distance in bytes, ASCII case ignored; `limit` + 1 when it is larger than limit or a word
// has more than 64 bytes.
int suggest_distance(str a, str b, int limit);

#endif
