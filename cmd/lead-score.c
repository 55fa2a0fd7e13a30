// lead-score: who gets called first, and why.
#include "cli/stages.h"

static const char *const examples[] = {
    "lead-score unique.csv -o scored.csv",
    "lead-score --score-rules my.rules --as-of 2026-11-24 unique.csv > scored.csv",
    NULL,
};

int main(int argc, char **argv)
{
    const struct command command = {
        .name = "lead-score",
        .tagline = "points, tier and grade for every lead, with the reasons",
        .operands = "[FILE...]",
        .about =
            "Reads leads (canonical CSV, from lead-dedupe or any stage before it) and adds score, "
            "fit,\n"
            "engagement, source_points, suspicion, grade, tier, lifecycle and the reasons, by the\n"
            "rules in score.rules. The reasons of a lead add up to its score. Leads that a rule\n"
            "discards go to --rejects.",
        .examples = examples,
        .tables = {output_options, rejects_options, score_module.options, columns_options,
                   summary_options, common_options},
    };
    return stage_program(&command, &score_module, argc, argv);
}
