// The validate stage as programs see it.
#include "core/validate/stage.h"

#include "core/lead/phone.h"
#include "stages.h"

static const struct option table[] = {{0}};

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

static void release(void)
{
    email_rules_free(loaded.emails);
    phone_rules_release(&loaded.phones);
}

const struct stage_module validate_module = {"validate", table, make, release};
