// lead-validate: can this lead be reached?
#include "cli/stages.h"

static const char *const examples[] = {
    "lead-validate leads.csv -o checked.csv --rejects rejects.csv",
    "lead-normalize exports/* | lead-validate | lead-dedupe > unique.csv",
    "lead-validate leads.csv --verdicts zerobounce_2026-11-20.csv --unverified to_check.csv > "
    "checked.csv",
    "lead-validate --explain jane@gmial.com",
    "cut -d, -f3 list.csv | lead-validate --explain -",
    NULL,
};

int main(int argc, char **argv)
{
    const struct command command = {
        .name = "lead-validate",
        .tagline = "a verdict on every email address and phone number, with the reason",
        .operands = "[FILE...] | --explain [ADDRESS...]",
        .about =
            "Reads leads (canonical CSV, from lead-normalize) and adds email_status (valid, "
            "risky,\n"
            "invalid, unknown) with its reasons and flags, and phone_status and phone_kind, "
            "by the\n"
            "rules in email.rules and the lists in rules/email. Everything is decided "
            "offline: valid\n"
            "means that nothing speaks against the address, not that its mailbox exists. "
            "Leads that\n"
            "can be reached neither by email nor by phone go to --rejects, but for opt-outs: "
            "lead-dedupe\n"
            "takes these out, and the person's other records.\n"
            "\n"
            "Whether a mailbox exists is asked of a verifier, which costs money: --unverified "
            "writes\n"
            "the addresses worth it, --verdicts reads what it found, for as many days as "
            "you say;\n"
            "email_checked then names the verifier and the day: a column's, else that in the "
            "file's name,\n"
            "else --verdicts-date. Results that are dated after --as-of or cannot be dated do "
            "not count.\n"
            "Throw-away, sample, mistyped and no-reply addresses are not worth it (email.rules "
            "says which:\n"
            "unasked), nor those of records that have opted out so far; whom a later record or "
            "--suppress\n"
            "takes out, only lead-dedupe knows. What lasts, a trap or a complaint, stays "
            "whatever another\n"
            "verifier finds later.",
        .examples = examples,
        .tables = {output_options, rejects_options, changes_options, validate_module.options,
                   explain_options, columns_options, summary_options, common_options},
    };
    struct program program;
    struct operands operands = program_open_any(&program, &command, argc, argv);
    if (!validate_explains()) {
        return stage_program_run(&program, &command, &validate_module, operands);
    }
    struct err err = {0};
    bool ok = validate_explain(&program.setup, operands, &err);
    validate_module.release();
    return program_close(&program, operands, ok, &err);
}
