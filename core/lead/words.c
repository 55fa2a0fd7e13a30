#include "words.h"

const char *const lead_seniorities[SENIORITY_COUNT] = {
    "",         "retired", "intern", "entry",   "staff", "senior",  "lead",    "manager",
    "director", "head",    "vp",     "partner", "board", "c_level", "founder", "owner"};

const char *const lead_departments[DEPARTMENT_COUNT] = {"",
                                                        "general_management",
                                                        "sales",
                                                        "business_development",
                                                        "marketing",
                                                        "communications",
                                                        "finance",
                                                        "hr",
                                                        "it",
                                                        "engineering",
                                                        "data",
                                                        "product",
                                                        "design",
                                                        "operations",
                                                        "supply_chain",
                                                        "procurement",
                                                        "manufacturing",
                                                        "quality",
                                                        "legal",
                                                        "customer_service",
                                                        "research",
                                                        "project",
                                                        "consulting",
                                                        "construction",
                                                        "healthcare",
                                                        "education",
                                                        "admin"};

static const char *const yes_no[] = {"yes", "no"};
static const char *const channels[] = {"email", "phone", "mail", "all"};
static const char *const email_statuses[] = {"valid", "risky", "invalid", "unknown"};
static const char *const phone_statuses[] = {"valid", "possible", "invalid", "missing"};
static const char *const phone_kinds[] = {
    "fixed", "mobile",   "fixed_or_mobile", "toll_free", "premium",  "shared_cost",
    "voip",  "personal", "pager",           "uan",       "voicemail"};
static const char *const tiers[] = {"suspect", "hot", "warm", "cold"};

#define WORDS(words) words, sizeof(words) / sizeof *(words)

const char *const *lead_words(str column, size_t *count)
{
    static const struct {
        const char *column;
        const char *const *words;
        size_t count;
    } known[] = {
        {"seniority", lead_seniorities + 1, SENIORITY_COUNT - 1},
        {"department", lead_departments + 1, DEPARTMENT_COUNT - 1},
        {"consent", WORDS(yes_no)},
        {"attended", WORDS(yes_no)},
        {"opt_out", WORDS(channels)},
        {"email_status", WORDS(email_statuses)},
        {"phone_status", WORDS(phone_statuses)},
        {"phone_kind", WORDS(phone_kinds)},
        {"tier", WORDS(tiers)},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!str_equal(column, str_of(known[i].column))) continue;
        *count = known[i].count;
        return known[i].words;
    }
    *count = 0;
    return NULL;
}
