// The lead to call first: the one with the highest score, the earliest of equals.
#ifndef LEADPIPE_TOP_H
#define LEADPIPE_TOP_H

#include "core/base/arena.h"
#include "core/pipeline/stage.h"

struct top_lead {
    bool is_found;
    long score;
    uint64_t sequence;
    char name[128], company[128], job_title[128], contact[160], tier[16], reasons[1024], owner[64];
};

// A MAP stage that lets everything pass and remembers the best lead in *top, filled in when the run
// ends.
void top_stage(struct top_lead *top, struct stage *stage);

#endif
