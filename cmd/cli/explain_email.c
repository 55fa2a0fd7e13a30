// lead-validate --explain: one address after another, as text.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/lead/email.h"
#include "core/validate/verdicts.h"
#include "explain.h"
#include "message.h"

struct explainer {
    struct email_rules *rules;
    const struct verdicts *verdicts; // NULL = none
    bool fixes_typos;
    struct email_worker *worker;
    const struct email_providers *providers;
    struct arena arena;
    struct buffer text, masked;
};

static void add_line(struct explainer *to, const char *name, str value)
{
    if (value.len == 0) return;
    buffer_format(&to->text, "  %-11s ", name);
    buffer_add(&to->text, value);
    buffer_add_byte(&to->text, '\n');
}

// The rules that fired, the heaviest first, with what they say.
static void add_rules(struct explainer *to, const struct email_verdict *verdict)
{
    str codes = verdict->reasons, code;
    for (size_t i = 0; codes.len && str_cut(&codes, ';', &code); i++) {
        str severity = email_line_severity(to->rules, verdict->lines[i]);
        str text = email_line_text(to->rules, verdict->lines[i]);
        buffer_format(&to->text, "  %-11s %.*s: %.*s\n", severity.data, (int)code.len, code.data,
                      (int)text.len, text.data);
    }
}

static void explain(struct explainer *to, str typed)
{
    const char *reason;
    struct email_verdict verdict;
    arena_reset(&to->arena);
    buffer_clear(&to->text);
    str address = email_clean(typed, &to->arena, NULL, &reason);
    email_check(to->worker, address, &to->arena, &verdict);
    str before = address,
        fixed = to->fixes_typos ? email_fix(to->worker, &to->arena, &verdict) : (str){NULL, 0};
    if (fixed.data) address = fixed;
    const struct verdict_found *found =
        to->verdicts ? verdicts_find(to->verdicts, address, &to->arena) : NULL;
    if (found) verdicts_apply(to->verdicts, found, address, &to->arena, &verdict);
    buffer_add(&to->text, address.len ? address : STR("(nothing)"));
    buffer_add(&to->text, STR(": "));
    buffer_add(&to->text, email_status_name(verdict.status));
    if (found) {
        str checked = verdicts_checked(found, &to->arena);
        buffer_format(&to->text, " (%.*s)", STR_ARG(checked));
    } else if (verdict.status == EMAIL_VALID) {
        buffer_add(&to->text, STR(" (offline: whether the mailbox exists is not known)"));
    }
    buffer_add_byte(&to->text, '\n');
    if (!str_equal(typed, before)) add_line(to, "typed", typed);
    if (fixed.data) add_line(to, "before", before);
    add_rules(to, &verdict);
    add_line(to, "flags", verdict.flags);
    add_line(to, "suggestion", verdict.suggestion);
    add_line(to, "key", email_key(to->providers, address, &to->arena));
    buffer_clear(&to->masked);
    message_mask(buffer_str(&to->text), &to->masked);
    fwrite(to->masked.data, 1, to->masked.len, stdout);
    email_worker_trim(to->worker);
}

static bool explain_lines(struct explainer *to, struct err *err)
{
    char *line = NULL;
    size_t capacity = 0;
    errno = 0;
    for (ssize_t len; (len = getline(&line, &capacity, stdin)) >= 0;) {
        str text = {line, (size_t)len};
        if (str_ends(text, STR("\n"))) text.len--;
        if (str_ends(text, STR("\r"))) text.len--;
        explain(to, text);
    }
    bool ok = !ferror(stdin);
    if (!ok) err_set(err, ERR_IO, "<stdin>", 0, "cannot read: %s", strerror(errno));
    free(line);
    return ok;
}

bool explain_emails(struct email_rules *rules, const struct email_providers *providers,
                    const struct verdicts *verdicts, bool fixes_typos, struct operands addresses,
                    struct err *err)
{
    struct explainer to = {
        .rules = rules, .verdicts = verdicts, .fixes_typos = fixes_typos, .providers = providers};
    bool ok = true;
    to.worker = email_worker_new(rules);
    if (addresses.count == 0) ok = explain_lines(&to, err);
    for (size_t i = 0; ok && i < addresses.count; i++) {
        if (strcmp(addresses.items[i], "-") == 0)
            ok = explain_lines(&to, err);
        else
            explain(&to, str_of(addresses.items[i]));
    }
    email_worker_free(to.worker);
    arena_release(&to.arena);
    buffer_release(&to.text);
    buffer_release(&to.masked);
    return ok;
}
