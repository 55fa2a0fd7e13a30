// The validate stage as programs see it.
#include "core/validate/stage.h"

#include "core/lead/phone.h"
#include "explain.h"
#include "stages.h"

static bool is_explaining;

static const struct option table[] = {
    {OPTION_FLAG, 0, "explain", NULL, "operands are addresses: say what is found, and why",
     &is_explaining},
    {0},
};

static struct {
    struct email_rules *emails;
    struct phone_rules phones;
} loaded;

static bool make(const struct setup *setup, struct stage *stage, struct err *err)
{
    loaded.emails = email_rules_load(setup->book, EMAIL_ALL, setup->diagnostics, err);
    if (!loaded.emails || !phone_rules_load(&loaded.phones, setup->book, err)) return false;
    struct validate_options made = {.rules = loaded.emails, .phones = &loaded.phones};
    validate_stage(&made, stage);
    return true;
}

bool validate_explains(void) { return is_explaining; }

bool validate_explain(const struct setup *setup, struct operands addresses, struct err *err)
{
    loaded.emails = email_rules_load(setup->book, EMAIL_ALL, setup->diagnostics, err);
    return loaded.emails && explain_emails(setup, loaded.emails, addresses, err);
}

static void release(void)
{
    email_rules_free(loaded.emails);
    phone_rules_release(&loaded.phones);
}

const struct stage_module validate_module = {"validate", table, make, release};
