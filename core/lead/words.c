#include "words.h"

const str lead_seniorities[SENIORITY_COUNT] = {
    {"", 0},      {"retired", 7}, {"intern", 6},   {"entry", 5}, {"staff", 5}, {"senior", 6},
    {"lead", 4},  {"manager", 7}, {"director", 8}, {"head", 4},  {"vp", 2},    {"partner", 7},
    {"board", 5}, {"c_level", 7}, {"founder", 7},  {"owner", 5}};

const str lead_departments[DEPARTMENT_COUNT] = {{"", 0},
                                                {"general_management", 18},
                                                {"sales", 5},
                                                {"business_development", 20},
                                                {"marketing", 9},
                                                {"communications", 14},
                                                {"finance", 7},
                                                {"hr", 2},
                                                {"it", 2},
                                                {"engineering", 11},
                                                {"data", 4},
                                                {"product", 7},
                                                {"design", 6},
                                                {"operations", 10},
                                                {"supply_chain", 12},
                                                {"procurement", 11},
                                                {"manufacturing", 13},
                                                {"quality", 7},
                                                {"legal", 5},
                                                {"customer_service", 16},
                                                {"research", 8},
                                                {"project", 7},
                                                {"consulting", 10},
                                                {"construction", 12},
                                                {"healthcare", 10},
                                                {"education", 9},
                                                {"admin", 5}};

static const str yes_no[] = {{"yes", 3}, {"no", 2}};
static const str channels[] = {{"email", 5}, {"phone", 5}, {"mail", 4}, {"all", 3}};
static const str email_statuses[] = {{"valid", 5}, {"risky", 5}, {"invalid", 7}, {"unknown", 7}};
static const str phone_statuses[] = {{"valid", 5}, {"possible", 8}, {"invalid", 7}, {"missing", 7}};
static const str phone_kinds[] = {{"fixed", 5},     {"mobile", 6},   {"fixed_or_mobile", 15},
                                  {"toll_free", 9}, {"premium", 7},  {"shared_cost", 11},
                                  {"voip", 4},      {"personal", 8}, {"pager", 5},
                                  {"uan", 3},       {"voicemail", 9}};
static const str tiers[] = {{"suspect", 7}, {"hot", 3}, {"warm", 4}, {"cold", 4}};

#define WORDS(words) words, sizeof(words) / sizeof *(words)

const str *lead_words(str column, size_t *count)
{
    static const struct {
        const char *column;
        const str *words;
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
