// The validate stage as programs see it.
#include "core/validate/stage.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/timestamp.h"
#include "core/lead/phone.h"
#include "core/normalize/filler.h"
#include "explain.h"
#include "inputs.h"
#include "message.h"
#include "program.h"
#include "stage_normalize.h"
#include "stray_rules.h"

enum { DAY_SECONDS = 86400, VERDICT_DAYS = 90 };

static struct {
    bool is_explaining;
    struct option_list verdicts;
    long verdict_days;
    struct option_time verdict_date;
    const char *fix_typos;
} options = {.verdict_days = VERDICT_DAYS};

static const struct option table[] = {
    {OPTION_LIST, 0, "verdicts", "FILE",
     "what a verifier found (ZeroBounce, NeverBounce, Kickbox), by address", &options.verdicts},
    {OPTION_NUMBER, 0, "verdicts-max-age", "DAYS", "older results do not count (default: 90)",
     &options.verdict_days},
    {OPTION_TIME, 0, "verdicts-date", "TIME",
     "when it was checked, where neither the file's rows nor its name (2026-11-24) say it",
     &options.verdict_date},
    {OPTION_TEXT, 0, "unverified", "FILE",
     "write each address that is still to be verified, once, to FILE",
     &common.places[PLACE_UNVERIFIED]},
    {OPTION_TEXT, 0, "fix-typos", "HOW",
     "safe: put domains right that can only mean one other (gmail.con); none (default)",
     &options.fix_typos},
    {0},
};

const struct option explain_options[] = {
    {OPTION_FLAG, 0, "explain", NULL, "operands are addresses: say what is found, and why",
     &options.is_explaining},
    {0},
};

static struct {
    struct email_rules *emails;
    struct phone_rules phones;
    struct email_providers providers;
    struct verdicts verdicts;
} loaded;

// A date in the name of a file, 2026-11-24 or 20261124; false when there is none.
static bool date_in_name(const char *path, int64_t *seconds)
{
    const char *slash = strrchr(path, '/');
    str name = str_of(slash ? slash + 1 : path);
    for (; name.len >= 8; name = str_from(name, 1)) {
        size_t digits = 0;
        while (digits < name.len && byte_is_digit(name.data[digits])) digits++;
        bool is_written =
            name.len >= 10 && digits == 4 && timestamp_parse(str_first(name, 10), seconds);
        if (is_written) return true;
        char text[11];
        snprintf(text, sizeof text, "%.4s-%.2s-%.2s", name.data, name.data + 4, name.data + 6);
        if (digits == 8 && timestamp_parse((str){text, 10}, seconds)) return true;
        if (digits > 1) name = str_from(name, digits - 1);
    }
    return false;
}

// The day on which what is in the file was checked, where its rows do not say; false when nothing
// says it. The file's own time does not: a copy would give another result.
static bool day_of(const char *path, int32_t *day)
{
    int64_t seconds;
    if (!date_in_name(path, &seconds)) {
        if (!options.verdict_date.is_set) return false;
        seconds = options.verdict_date.seconds;
    }
    *day = (int32_t)(seconds / DAY_SECONDS);
    return true;
}

static void say_of_verdicts(const char *path, const struct verdicts *before)
{
    const struct verdicts *now = &loaded.verdicts;
    if (now->unknown > before->unknown) {
        message_warning("%s: results that are not known: %" PRIu64 ", such as \"%.*s\" "
                        "(verifier_results.tsv.local can say what they mean)",
                        path, now->unknown - before->unknown, STR_ARG(now->unknown_result));
    }
    if (now->undated > before->undated) {
        message_warning("%s:%" PRIu64 ": results without a date that can be read, which do not "
                        "count: %" PRIu64 "; this is the first (dates are written 2026-11-24 or "
                        "24.11.2026; --verdicts-date is for empty ones)",
                        path, now->undated_line, now->undated - before->undated);
    }
    if (now->ahead > before->ahead) {
        message_warning("%s:%" PRIu64 ": results dated more than a day after --as-of, which do not "
                        "count: %" PRIu64 "; this is the first",
                        path, now->ahead_line, now->ahead - before->ahead);
    }
    if (now->old > before->old) {
        message_note("%s: results more than %ld days old, which do not count: %" PRIu64
                     " (--verdicts-max-age)",
                     path, options.verdict_days, now->old - before->old);
    }
    if (now->used == before->used) message_warning("%s: no result that counts", path);
}

static bool read_verdicts(const struct setup *setup, const struct email_providers *providers,
                          struct err *err)
{
    if (options.verdicts.count == 0) return true;
    if (!verdicts_load(&loaded.verdicts, setup->book, loaded.emails, providers, err)) {
        return false;
    }
    for (size_t i = 0; i < options.verdicts.count; i++) {
        const char *path = options.verdicts.items[i];
        if (strcmp(path, "-") == 0) message_usage("--verdicts takes a file");
        inputs_protect(path);
        struct verdict_file file = {
            .path = path,
            .today = (int32_t)(setup->as_of / DAY_SECONDS),
            .days_max = (int32_t)(options.verdict_days < 100000 ? options.verdict_days : 100000),
            .stop = program_stop()};
        file.has_day = day_of(path, &file.day);
        struct verdicts before = loaded.verdicts;
        if (!verdicts_read(&loaded.verdicts, &file, err)) return false;
        say_of_verdicts(path, &before);
    }
    return true;
}

static void check_options(void)
{
    bool is_known = !options.fix_typos || strcmp(options.fix_typos, "safe") == 0 ||
                    strcmp(options.fix_typos, "none") == 0;
    if (!is_known) message_usage("--fix-typos: '%s' is not safe or none", options.fix_typos);
}

static bool fixes_typos(void)
{
    return options.fix_typos && strcmp(options.fix_typos, "safe") == 0;
}

static bool make(const struct setup *setup, struct stage *stage, struct err *err)
{
    check_options();
    loaded.emails = email_rules_load(setup->book, EMAIL_ALL, setup->diagnostics, err);
    if (!loaded.emails) return false;
    const struct value_rules *values = normalizer_values();
    const struct phone_rules *phones = values ? &values->phones : &loaded.phones;
    const struct email_providers *providers = values ? &values->emails : &loaded.providers;
    bool lists_unverified = common.places[PLACE_UNVERIFIED] != NULL;
    if (!values && !phone_rules_load(&loaded.phones, setup->book, err)) return false;
    if (!values && (options.verdicts.count || lists_unverified) &&
        !email_providers_load(&loaded.providers, setup->book, err)) {
        return false;
    }
    if (!read_verdicts(setup, providers, err)) return false;
    struct validate_options made = {
        .rules = loaded.emails,
        .phones = phones,
        .verdicts = options.verdicts.count ? &loaded.verdicts : NULL,
        .providers = providers,
        .lists_unverified = lists_unverified,
        .fixes_typos = fixes_typos(),
        .has_journal = common.places[PLACE_CHANGE] != NULL,
    };
    validate_stage(&made, stage);
    return true;
}

bool validate_explains(void) { return options.is_explaining; }

bool validate_explain(const struct setup *setup, struct operands addresses, struct err *err)
{
    check_options();
    loaded.emails = email_rules_load(setup->book, EMAIL_ALL, setup->diagnostics, err);
    bool ok = loaded.emails && email_providers_load(&loaded.providers, setup->book, err) &&
              read_verdicts(setup, &loaded.providers, err) &&
              explain_emails(loaded.emails, &loaded.providers,
                             options.verdicts.count ? &loaded.verdicts : NULL, fixes_typos(),
                             addresses, err);
    if (ok) stray_rules_say(setup->book);
    return ok;
}

static void release(void)
{
    email_rules_free(loaded.emails);
    phone_rules_release(&loaded.phones);
    verdicts_release(&loaded.verdicts);
    email_providers_release(&loaded.providers);
}

static uint64_t count_of(const struct stage_result *result, const char *name)
{
    uint64_t count = 0;
    for (size_t i = 0; i < result->by_source.count; i++) {
        const struct tally_entry *entry = &result->by_source.entries[i];
        if (str_equal(entry->name, str_of(name))) count += entry->count;
    }
    return count;
}

static void say(const struct stage_result *result)
{
    uint64_t limited = count_of(result, "email_rule_limit");
    uint64_t unlisted = count_of(result, "email_list_missing");
    if (limited) {
        message_warning("addresses that could not be judged by all rules, as one took too long: "
                        "%" PRIu64 " (rule_limit; lead-validate --explain ADDRESS)",
                        limited);
    }
    if (unlisted) {
        message_warning("addresses that could not be judged by all rules, as a list that "
                        "email.rules.local names is not there: %" PRIu64 " (list_missing)",
                        unlisted);
    }
}

const struct stage_module validate_module = {"validate", table, make, release, NULL, NULL, say};
