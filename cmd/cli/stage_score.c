// The score stage as programs see it.
#include "core/score/stage.h"

#include "stages.h"

static struct {
    const char *rules;
} options;

static const struct option table[] = {
    {OPTION_TEXT, 0, "score-rules", "FILE", "rules other than score.rules", &options.rules},
    {0},
};

static struct score score;

static bool make(const struct setup *setup, struct stage *stage, struct err *err)
{
    (void)err; // the rules are read when the stage is opened and the columns are known
    score = (struct score){.book = setup->book,
                           .diagnostics = setup->diagnostics,
                           .as_of = setup->as_of,
                           .file = common_rule_file(options.rules)};
    *stage = score_stage(&score);
    return true;
}

static void release(void) {}

const struct stage_module score_module = {"score", table, make, release, NULL, NULL, NULL};
