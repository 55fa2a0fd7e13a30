// lead-dedupe: one record a cluster.
#include "cli/stages.h"

static const char *const examples[] = {
    "lead-dedupe validated.csv -o unique.csv --duplicates duplicates.csv",
    "lead-normalize exports/* | lead-validate | lead-dedupe --crm hubspot.csv --suppress "
    "opt_out.csv",
    "lead-dedupe leads.csv --suppress news:unsubscribed.csv --suppress vendor:hashes.txt.gz "
    "--meaning news:no_email",
    "lead-dedupe --first big.csv > unique.csv",
    "lead-dedupe --match weight validated.csv -o unique.csv --review review.csv",
    "lead-dedupe --dedupe-rules my.rules people.csv --clusters clusters.csv --evaluate truth.csv",
    "lead-dedupe --undo duplicates.csv --cluster meta:1711 leads.csv -o undone.csv",
    NULL,
};

int main(int argc, char **argv)
{
    const struct command command = {
        .name = "lead-dedupe",
        .tagline = "one record for each lead, whatever number of lists it came from",
        .operands = "[FILE...] | --undo DUPLICATES [--cluster ID]... [FILE]",
        .about =
            "Reads leads (canonical CSV, from lead-normalize or lead-validate), finds those that "
            "are\n"
            "the same by the keys of dedupe.rules, and writes one merged record for each. The "
            "others\n"
            "go to --duplicates with their role, as they were, so that every merge can be undone.\n"
            "\n"
            "--crm: any exports of its contacts and companies. crm_match says person, account "
            "(its\n"
            "company is there), ambiguous (more than one contact may be this lead) or none, "
            "crm_id\n"
            "which, crm_owner and crm_stage what they agree in. Records of the CRM are never "
            "merged\n"
            "and never written. --on-match divert or drop takes leads out whose person is there.\n"
            "\n"
            "People who opted out, in a lead, in the CRM or in a list (--suppress), are taken out, "
            "the\n"
            "whole cluster; suppressed_by says by what, a list by its NAME. A list is an export, "
            "or has\n"
            "one entry a line: an address, a domain, a number, or the MD5, SHA-1 or SHA-256 of an\n"
            "address or a number, in hex or base64. Digests are tried in the spellings that lists "
            "are\n"
            "made of: as typed, small, capital, without a tag, without the dots that a provider\n"
            "ignores; numbers with +, with 00 and without. --meaning no_email and no_phone leave "
            "the\n"
            "lead and add the word to its opt_out.\n"
            "Lists are read before the first lead, so that --first asks the same; an entry takes "
            "17\n"
            "bytes, past a quarter of --memory 3 bytes and 32 of an unlinked file in --temp-dir.\n"
            "\n"
            "--match weight joins by all that records agree and differ in, instead of by any key:\n"
            "families on one mailbox and colleagues behind a switchboard stay apart, and one "
            "person with\n"
            "two addresses is found. --review lists the pairs in doubt; filled in, it is what\n"
            "--decisions obeys. --explain-pair says why. Any table can be read that way, when its "
            "rules\n"
            "name its columns. Takes some 2 kB of memory a record, past any --memory.\n"
            "\n"
            "Holds all records and their keys: in memory, past --memory in an unlinked file in\n"
            "--temp-dir. --memory is for the whole process; 12 bytes a record and what the "
            "program\n"
            "itself takes (some 50 MiB) stay, and less than that is warned about.\n"
            "\n"
            "--first streams, remembers keys only and merges nothing; keys past --memory end it "
            "with\n"
            "status 2. An opt-out that comes behind a lead that has passed is counted, and the\n"
            "status is 1.\n"
            "\n"
            "--undo DUPLICATES gives back the members of its clusters, all or those of --cluster, "
            "byte for\n"
            "byte as they were read. With FILE, leads that lead-dedupe or a stage behind it has "
            "written, it\n"
            "writes these with the members where their cluster stood: the columns of dedupe as of "
            "leads that\n"
            "are alone, those of the CRM and of later stages empty, so run these again. FILE "
            "itself stays.",
        .examples = examples,
        .tables = {output_options, duplicate_options, dedupe_module.options, undo_options,
                   columns_options, summary_options, common_options},
    };
    struct program program;
    struct operands files = program_open_any(&program, &command, argc, argv);
    if (!dedupe_undoes()) return stage_program_run(&program, &command, &dedupe_module, files);
    struct err err = {0};
    bool ok = dedupe_undo(files, &err);
    return program_close(&program, files, ok, &err);
}
