// How a Nordic name sounds, whichever country wrote it down: a folding, for which no standard code
// exists. (For names read the English way: metaphone.h.)
//
//     char out[64];
//     phonetic_nordic(STR("kristoffersen"), out);     // as "christofferson": "kristofersn"
//
// To be laid over core/lead/fold.h, which has made a of å and ä, o of ö and ø, ae of æ. For keys
// and as a weak sign of likeness only: Hansen and Hansson sound alike here and often are two
// families. Nothing is allocated.
#ifndef DEDUPE_PHONETIC_H
#define DEDUPE_PHONETIC_H

#include "core/base/str.h"

// -sen, -son, -ssen, -sson at the end of a word are "sn"; aa and ae are a, oe is o, ck and ch are
// k, c is k or, before e, i and y, s; th is t, hj is j, ph is f, w is v, qu and qv are kv, ks, cks
// and chs are x, z is s; a letter twice is one. Other letters stay. In out, which has room for
// text.len bytes. About 6 ns a byte.
str phonetic_nordic(str text, char *out);

// A coarser folding, for meeting only: the consonants of a Nordic, German or English name, five at
// most, voiced and unvoiced ones alike. One word, folded; letters after the 64th do not count. In
// out, which has room for PHONETIC_SKELETON bytes.
enum { PHONETIC_SKELETON = 5 };
str phonetic_skeleton(str word, char *out);

#endif
