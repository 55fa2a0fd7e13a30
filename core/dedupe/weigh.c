#include "weigh.h"

#include "weigh_refuse.h"

enum {
    BITS_MAX = 24 * WEIGHT_BIT,      // of one kind
    NEAR_LEAST = -WEIGHT_BIT,        // of what is at least alike
    EXCHANGED_MAX = 20 * WEIGHT_BIT, // of two names
    BLOCK_PART = 410,                // of 1024: what further parts of an address count
    BLOCK_REST_MAX = 8 * WEIGHT_BIT, // at most
    SLIP_BITS = 8 * WEIGHT_BIT,      // a slip may make one of so many words of a last name
    DOMAIN_BITS_MAX = 12 * WEIGHT_BIT,
};

// log2 of .03, .05 and .12: m of exchanged names, of a name in the other's column, of an address
// made anew from the names; and .12 less what chance gives to namesakes, of whom every other has
// such an address.
enum { LOG_EXCHANGED = -5180, LOG_MOVED = -4426, LOG_DERIVED = -3132, LOG_ANEW = -2108 };

static int32_t least_of(int32_t a, int32_t b) { return a < b ? a : b; }

static int32_t log2_of(uint32_t number)
{
    return 48 * WEIGHT_BIT - (int32_t)frequency_bits(number);
}

static share sum_of(share a, share b) { return a + b < SHARE_ONE ? a + b : SHARE_ONE; }

// What two names are weighed by: shares among all, or among the people of the one country that both
// records have.
struct rarity {
    share share;
    int32_t bits;
};

static struct rarity rarity_of(const struct profile *profile, enum fact_kind kind, bool is_local)
{
    if (is_local) return (struct rarity){profile->local[kind], (int32_t)profile->local_bits[kind]};
    const struct fact *fact = profile_fact(profile, kind);
    return (struct rarity){fact->share, (int32_t)fact->bits};
}

static bool counts_holders(enum fact_kind kind, bool is_company)
{
    return kind == FACT_EMAIL || kind == FACT_PHONE || kind == FACT_WEBSITE ||
           (kind == FACT_STREET && !is_company);
}

// What is on many names says little: that it is one of them.
static int32_t equal_weight(const struct weigher *weigher, enum fact_kind kind,
                            const struct profile *a, const struct profile *b, bool is_company,
                            bool is_local)
{
    if (kind == FACT_COUNTRY) return 0; // the names say it already
    int32_t rarer = least_of(rarity_of(a, kind, is_local).bits, rarity_of(b, kind, is_local).bits);
    uint32_t holders = profile_fact(a, kind)->holders;
    int32_t weight = least_of(rarer - weigher->m_bits[is_company][kind][LEVEL_EQUAL], BITS_MAX);
    if (!counts_holders(kind, is_company) || holders <= HOLDERS_MAX) return weight;
    return least_of(weight, -weigher->prior - log2_of(holders));
}

static int32_t near_weight(const struct weigher *weigher, enum fact_kind kind, int level,
                           const struct profile *a, const struct profile *b, bool is_company,
                           bool is_local)
{
    const int32_t *m_bits = weigher->m_bits[is_company][kind];
    struct rarity x = rarity_of(a, kind, is_local), y = rarity_of(b, kind, is_local);
    share u = sum_of(x.share, y.share), near = weigher->near[kind][level];
    int32_t weight = (int32_t)frequency_bits(u > near ? u : near) - m_bits[level];
    if (weight < NEAR_LEAST) weight = NEAR_LEAST;
    int32_t rarer = x.bits > y.bits ? x.bits : y.bits;
    if (kind == FACT_LAST_NAME && level == LEVEL_NEAR)
        weight = least_of(weight, rarer - m_bits[level] - SLIP_BITS);
    return least_of(weight, least_of(x.bits, y.bits) - m_bits[LEVEL_EQUAL]);
}

static void weigh_kinds(const struct weigher *weigher, const struct profile *a,
                        const struct profile *b, struct weighed *out)
{
    bool is_company = a->is_company || b->is_company;
    bool is_local = str_equal(profile_text(a, FACT_COUNTRY), profile_text(b, FACT_COUNTRY));
    out->has = a->has & b->has;
    is_local = is_local && out->has >> FACT_COUNTRY & 1;
    for (unsigned rest = out->has; rest; rest &= rest - 1) {
        enum fact_kind kind = (enum fact_kind)__builtin_ctz(rest);
        int level = level_of(weigher->nicknames, kind, a, b);
        bool local = is_local && kind <= FACT_LAST_NAME;
        int32_t weight = level == LEVEL_EQUAL ? equal_weight(weigher, kind, a, b, is_company, local)
                         : level == LEVEL_DIFFERS
                             ? weigher->differ[is_company][kind]
                             : near_weight(weigher, kind, level, a, b, is_company, local);
        out->parts[kind] = (struct weighed_part){weight, (uint8_t)level};
    }
}

static bool is_like(const struct fact *a, const struct fact *b)
{
    return fact_is_same(a, b) || text_likeness(&a->letters, &b->letters) == 2;
}

static bool is_like_or_initial(const struct fact *a, const struct fact *b)
{
    if (a->letters.count == 1 || b->letters.count == 1) {
        return str_starts(a->text, b->text) || str_starts(b->text, a->text);
    }
    return is_like(a, b);
}

static int32_t names_weight(const struct weighed *weighed)
{
    int32_t weight = 0;
    for (enum fact_kind kind = FACT_FIRST_NAME; kind <= FACT_LAST_NAME; kind++) {
        if (weighed->has >> kind & 1) weight += weighed->parts[kind].weight;
    }
    return weight;
}

// First and last name in each other's place.
static void weigh_exchanged(const struct fact *first_a, const struct fact *last_a,
                            const struct fact *first_b, const struct fact *last_b,
                            struct weighed *out)
{
    bool are_exchanged = (is_like(first_a, last_b) && is_like_or_initial(last_a, first_b)) ||
                         (is_like_or_initial(first_a, last_b) && is_like(last_a, first_b));
    if (!are_exchanged) return;
    int32_t bits = (int32_t)frequency_bits(sum_of(first_a->share, last_b->other)) +
                   (int32_t)frequency_bits(sum_of(last_a->share, first_b->other));
    int32_t weight = LOG_EXCHANGED + least_of(bits, EXCHANGED_MAX);
    if (weight <= names_weight(out)) return;
    out->parts[FACT_FIRST_NAME] = (struct weighed_part){weight - weight / 2, LEVEL_EXCHANGED};
    out->parts[FACT_LAST_NAME] = (struct weighed_part){weight / 2, LEVEL_EXCHANGED};
}

// The only name of a record stands in the other column: it is the other one's first name.
static void weigh_moved(const struct fact *last, const struct fact *first, struct weighed *out)
{
    if (!last || !first || !is_like(last, first)) return;
    int32_t weight = LOG_MOVED + (int32_t)frequency_bits(sum_of(last->share, last->other));
    if (weight <= names_weight(out)) return;
    out->parts[FACT_FIRST_NAME] = (struct weighed_part){weight, LEVEL_EXCHANGED};
    out->has |= 1u << FACT_FIRST_NAME;
    out->has &= (uint16_t) ~(1u << FACT_LAST_NAME);
}

// First and last names of one people come together: all that both can say is how rare they are
// there, and that it is one of those who are called so.
static int32_t whole_name_max(const struct weigher *weigher, const struct profile *a,
                              const struct profile *b)
{
    int32_t most = INT32_MAX;
    uint32_t namesakes = a->namesakes > b->namesakes ? a->namesakes : b->namesakes;
    if (namesakes > HOLDERS_MAX) most = -weigher->prior - log2_of(namesakes);
    const struct profile *both[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        const struct fact *country = profile_fact(both[i], FACT_COUNTRY);
        if (!country) continue;
        uint32_t bits = country->bits;
        for (enum fact_kind kind = FACT_FIRST_NAME; kind <= FACT_LAST_NAME; kind++) {
            bits += both[i]->local_bits[kind];
        }
        most = least_of(most, (int32_t)bits);
    }
    return most;
}

static void limit_names(const struct weigher *weigher, const struct profile *a,
                        const struct profile *b, struct weighed *out)
{
    int32_t over = names_weight(out) - whole_name_max(weigher, a, b);
    if (over <= 0) return;
    out->parts[FACT_FIRST_NAME].weight -= over - over / 2;
    out->parts[FACT_LAST_NAME].weight -= over / 2;
}

static void weigh_names(const struct weigher *weigher, const struct profile *a,
                        const struct profile *b, struct weighed *out)
{
    const struct fact *first_a = profile_fact(a, FACT_FIRST_NAME);
    const struct fact *first_b = profile_fact(b, FACT_FIRST_NAME);
    const struct fact *last_a = profile_fact(a, FACT_LAST_NAME);
    const struct fact *last_b = profile_fact(b, FACT_LAST_NAME);
    if (first_a && first_b && last_a && last_b) {
        bool agree = out->parts[FACT_FIRST_NAME].level == LEVEL_EQUAL &&
                     out->parts[FACT_LAST_NAME].level == LEVEL_EQUAL;
        if (agree) {
            limit_names(weigher, a, b, out);
        } else {
            weigh_exchanged(first_a, last_a, first_b, last_b, out);
        }
        return;
    }
    if (!first_a) weigh_moved(last_a, first_b, out);
    if (!first_b) weigh_moved(last_b, first_a, out);
}

// Street and place, and a person's company and site: colleagues and families share all of them.
static bool is_of_block(enum fact_kind kind, bool is_company)
{
    switch (kind) {
    case FACT_STREET:
    case FACT_POSTAL_CODE:
    case FACT_CITY:
    case FACT_REGION:
    case FACT_COUNTRY: return true;
    case FACT_COMPANY:
    case FACT_WEBSITE: return !is_company;
    default: return false;
    }
}

struct block_sum {
    int32_t most, least, more, less; // the largest and smallest weight, and the sums of all
};

static int32_t block_weight(const struct block_sum *sum)
{
    int32_t more = (sum->more - sum->most) * BLOCK_PART / WEIGHT_BIT;
    int32_t less = (sum->less - sum->least) * BLOCK_PART / WEIGHT_BIT;
    return sum->most + least_of(more, BLOCK_REST_MAX) + sum->least + less;
}

static void sum_parts(const struct weigher *weigher, struct weighed *out, bool is_company)
{
    struct block_sum block = {0};
    out->total = weigher->prior;
    for (unsigned rest = out->has; rest; rest &= rest - 1) {
        enum fact_kind kind = (enum fact_kind)__builtin_ctz(rest);
        int32_t weight = out->parts[kind].weight;
        if (!is_of_block(kind, is_company)) {
            out->total += weight;
        } else if (weight > 0) {
            // A place is in its country: that says nothing more.
            if (kind == FACT_COUNTRY && block.most >= weight) continue;

            block.more += weight;
            if (weight > block.most) block.most = weight;
        } else {
            block.less += weight;
            if (weight < block.least) block.least = weight;
        }
    }
    out->block = block_weight(&block);
    out->total += out->block;
}

static bool is_site_of(const struct profile *profile, str domain)
{
    return str_equal(profile_text(profile, FACT_WEBSITE), domain);
}

static bool names_agree(const struct weighed *weighed)
{
    return weighed_level(weighed, FACT_FIRST_NAME) <= LEVEL_NEAR &&
           weighed_level(weighed, FACT_LAST_NAME) <= LEVEL_NEAR;
}

// Addresses that are alike since they are made of the names say what the names have said; what is
// left is their domain, where that is not known from the company.
static int32_t derived_max(const struct profile *a, const struct profile *b,
                           const struct weighed *weighed)
{
    const struct profile_word *x = &profile_fact(a, FACT_EMAIL)->words[1];
    const struct profile_word *y = &profile_fact(b, FACT_EMAIL)->words[1];
    str domain = x->letters.text;
    bool is_same =
        str_equal(domain, y->letters.text) || text_likeness(&x->letters, &y->letters) == 2;
    int company = weighed_level(weighed, FACT_COMPANY);
    bool is_own = company < LEVEL_DIFFERS || is_site_of(a, domain) || is_site_of(b, domain);
    if (!is_same && names_agree(weighed)) return LOG_ANEW;
    if (!is_same || is_own) return WEIGHT_BIT;
    return LOG_DERIVED + least_of((int32_t)x->bits, DOMAIN_BITS_MAX);
}

static bool is_derived(const struct profile *a, const struct profile *b,
                       const struct weighed *weighed)
{
    int level = weighed_level(weighed, FACT_EMAIL);
    if (level == LEVEL_EQUAL || level >= LEVEL_DIFFERS) return false;
    return a->is_own || b->is_own;
}

static enum verdict verdict_of(const struct weigher *weigher, const struct weighed *weighed,
                               bool is_company)
{
    int32_t merge_least = weigher->merge_least[is_company];
    if (weighed->refusals == 0 && weighed->total >= merge_least) return VERDICT_MERGE;
    bool is_never = weighed->refusals & (REFUSED_SUFFIX | REFUSED_TWO_PEOPLE);
    return !is_never && weighed->total >= weigher->review_least[is_company] ? VERDICT_REVIEW
                                                                            : VERDICT_NO;
}

void weigher_weigh(const struct weigher *weigher, const struct profile *a, const struct profile *b,
                   struct weighed *out)
{
    if (profile_order(b, a) < 0) { // some comparisons are not symmetric
        const struct profile *other = a;
        a = b;
        b = other;
    }
    bool is_company = a->is_company || b->is_company;
    out->capped = 0;
    weigh_kinds(weigher, a, b, out);
    if (!is_company) weigh_names(weigher, a, b, out);
    sum_parts(weigher, out, is_company);
    bool derived = !is_company && is_derived(a, b, out);
    if (derived) {
        int32_t over = out->parts[FACT_EMAIL].weight - derived_max(a, b, out);
        if (over > 0) out->capped = over;
        out->total -= out->capped;
    }
    out->refusals = (uint8_t)refusals_of(weigher, a, b, out, derived);
    out->verdict = verdict_of(weigher, out, is_company);
}
