// What the table's own values tell: how common each is, and what chance pairs agree in.
#include <stdlib.h>

#include "core/base/memory.h"
#include "weigh.h"
#include "weigh_refuse.h"

// m, in 1/10000: of true pairs that have the kind in both records, how many are at each level.
static const uint16_t m_person[FACT_KINDS][LEVELS] = {
    [FACT_FIRST_NAME] = {7400, 1400, 400, 1, 300, 499},
    [FACT_LAST_NAME] = {8000, 1200, 200, 1, 300, 299},
    [FACT_EMAIL] = {7000, 1200, 600, 0, 0, 1200},
    [FACT_PHONE] = {7200, 800, 0, 0, 0, 2000},
    [FACT_DATE] = {7800, 1200, 500, 200, 0, 300},
    [FACT_ID] = {8800, 1100, 0, 0, 0, 40},
    [FACT_STREET] = {7000, 1600, 600, 0, 0, 800},
    [FACT_POSTAL_CODE] = {8200, 900, 0, 0, 0, 900},
    [FACT_CITY] = {7800, 1200, 0, 0, 0, 1000},
    [FACT_REGION] = {9000, 300, 0, 0, 0, 700},
    [FACT_TEXT] = {7000, 1200, 0, 0, 0, 1800},
    [FACT_COMPANY] = {6200, 2800, 300, 0, 0, 2000},
    [FACT_WEBSITE] = {8000, 800, 0, 0, 0, 1200},
    [FACT_COUNTRY] = {9600, 0, 0, 0, 0, 400},
};

// Where companies differ from that; a first entry of 0: they do not.
static const uint16_t m_company[FACT_KINDS][LEVELS] = {
    [FACT_EMAIL] = {5000, 1000, 2000, 0, 0, 3000}, [FACT_PHONE] = {4500, 500, 0, 0, 0, 5000},
    [FACT_ID] = {8800, 1100, 0, 0, 0, 100},        [FACT_CITY] = {8000, 1000, 0, 0, 0, 1000},
    [FACT_TEXT] = {7000, 1200, 0, 0, 0, 2000},     [FACT_COMPANY] = {6200, 3000, 500, 0, 0, 200},
};

// -log2 of the share of a value that nothing is known of: as many as such a column usually has.
static const uint8_t rare_bits[FACT_KINDS] = {
    [FACT_FIRST_NAME] = 15, [FACT_LAST_NAME] = 16, [FACT_EMAIL] = 24,  [FACT_PHONE] = 23,
    [FACT_DATE] = 15,       [FACT_ID] = 24,        [FACT_STREET] = 18, [FACT_POSTAL_CODE] = 12,
    [FACT_CITY] = 9,        [FACT_REGION] = 4,     [FACT_TEXT] = 10,   [FACT_COMPANY] = 17,
    [FACT_WEBSITE] = 18,    [FACT_COUNTRY] = 4};

enum {
    DOMAIN_BITS = 12,
    RECORDS_MIN = 1000, // a smaller table is judged as one of that many
    SAMPLE_PAIRS = 20000,
    SLIPS_MAX = 5, // a name that more records have is one, not a slip
};

static bool has_holders(enum fact_kind kind)
{
    return kind == FACT_EMAIL || kind == FACT_PHONE || kind == FACT_WEBSITE || kind == FACT_STREET;
}

static int32_t bits_of_m(unsigned m) { return (int32_t)frequency_bits(SHARE_ONE / 10000 * m); }

void weigher_init(struct weigher *weigher, const struct frequencies *frequencies,
                  const struct nicknames *nicknames)
{
    *weigher = (struct weigher){.frequencies = frequencies,
                                .nicknames = nicknames,
                                .merge_least = {WEIGHT_MERGE, WEIGHT_MERGE},
                                .review_least = {WEIGHT_REVIEW, WEIGHT_REVIEW}};
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        const uint16_t *own = m_company[kind][0] ? m_company[kind] : m_person[kind];
        for (int level = 0; level < LEVELS; level++) {
            weigher->m_bits[0][kind][level] = bits_of_m(m_person[kind][level]);
            weigher->m_bits[1][kind][level] = bits_of_m(own[level]);
        }
    }
}

void weigher_release(struct weigher *weigher)
{
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        value_counts_release(&weigher->values[kind]);
        value_counts_release(&weigher->holders[kind]);
    }
    value_counts_release(&weigher->words);
    value_counts_release(&weigher->domains);
    value_counts_release(&weigher->local[0]);
    value_counts_release(&weigher->local[1]);
    value_counts_release(&weigher->names);
    value_counts_release(&weigher->namesakes);
    key_table_release(&weigher->held);
}

static void hold(struct weigher *weigher, struct value_counts *counts, hash128 value,
                 uint64_t holder)
{
    str bytes = {(const char *)&holder, sizeof holder};
    hash128 pair = {hash_64_seed(bytes, value.low), hash_64_seed(bytes, value.high)};
    bool is_new;
    key_table_put(&weigher->held, pair, &is_new);
    if (is_new) value_counts_add(counts, value, 1);
}

// The same person with a slip has the same holder: four letters of the last name and an initial.
static void count_holder(struct weigher *weigher, const struct profile *profile,
                         enum fact_kind kind, hash128 value)
{
    enum { LETTERS = 4 };
    str name = profile_text(profile, FACT_LAST_NAME);
    if (profile->is_company) name = profile_text(profile, FACT_COMPANY);
    str initial = str_first(profile_text(profile, FACT_FIRST_NAME), 1);
    uint64_t names = hash_64_seed(initial, hash_64(str_first(name, LETTERS))) + (uint64_t)kind;
    hold(weigher, &weigher->holders[kind], value, names);
}

static hash128 mixed(hash128 a, hash128 b)
{
    const uint64_t odd = 0x9E3779B97F4A7C15u;
    uint64_t low = (a.low + b.low * 3) * odd, high = (a.high * 3 + b.high) * odd;
    return (hash128){low ^ low >> 32, high ^ high >> 32};
}

static bool whole_name(const struct profile *profile, hash128 *value)
{
    const struct fact *first = profile_fact(profile, FACT_FIRST_NAME);
    const struct fact *last = profile_fact(profile, FACT_LAST_NAME);
    if (!first || !last) return false;
    *value = mixed(first->value, last->value);
    return true;
}

// People of one name are told apart by the surest thing that is known of each.
static void count_namesake(struct weigher *weigher, const struct profile *profile)
{
    static const enum fact_kind kinds[] = {FACT_DATE,    FACT_ID,   FACT_EMAIL, FACT_PHONE,
                                           FACT_COMPANY, FACT_CITY, FACT_STREET};
    hash128 value;
    if (!whole_name(profile, &value)) return;
    if (value_counts_of(&weigher->names, value) <= HOLDERS_MAX) return;
    uint64_t holder = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && holder == 0; i++) {
        const struct fact *fact = profile_fact(profile, kinds[i]);
        if (fact) holder = fact->value.low + i + 1;
    }
    hold(weigher, &weigher->namesakes, value, holder);
}

// Names by country, and under the country itself how many have one.
static void count_local(struct weigher *weigher, const struct profile *profile)
{
    const struct fact *country = profile_fact(profile, FACT_COUNTRY);
    for (enum fact_kind kind = FACT_FIRST_NAME; country && kind <= FACT_LAST_NAME; kind++) {
        const struct fact *name = profile_fact(profile, kind);
        if (!name) continue;
        value_counts_add(&weigher->local[kind], mixed(name->value, country->value), 1);
        value_counts_add(&weigher->local[kind], country->value, 1);
    }
}

// Of what more records have than that anything is made of it.
static void count_holders(struct weigher *weigher, const struct profile *profile)
{
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        const struct fact *fact = profile_fact(profile, kind);
        if (!fact || !has_holders(kind)) continue;
        if (value_counts_of(&weigher->values[kind], fact->value) <= HOLDERS_MAX) continue;
        count_holder(weigher, profile, kind, fact->value);
    }
    count_namesake(weigher, profile);
}

void weigher_count(struct weigher *weigher, const struct profile *profile)
{
    weigher->records++;
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        const struct fact *fact = profile_fact(profile, kind);
        if (!fact) continue;
        value_counts_add(&weigher->values[kind], fact->value, 1);
    }
    hash128 name;
    if (whole_name(profile, &name)) value_counts_add(&weigher->names, name, 1);
    count_local(weigher, profile);
    const struct fact *email = profile_fact(profile, FACT_EMAIL);
    if (email) value_counts_add(&weigher->domains, hash_128(email->words[1].letters.text), 1);
    const struct fact *company = profile_fact(profile, FACT_COMPANY);
    for (size_t i = 0; company && i < company->word_count; i++) {
        str word = company->words[i].letters.text;
        bool is_again = i && str_equal(word, company->words[i - 1].letters.text);
        if (!is_again) value_counts_add(&weigher->words, hash_128(word), 1);
    }
}

static share value_share(const struct weigher *weigher, enum fact_kind kind,
                         const struct fact *fact, share prior)
{
    share rare = SHARE_ONE >> rare_bits[kind];
    const struct value_counts *counts = &weigher->values[kind];
    return frequency_blend(prior > rare ? prior : rare, value_counts_of(counts, fact->value),
                           counts->total);
}

static share name_share(const struct weigher *weigher, enum fact_kind kind, const struct fact *fact)
{
    enum frequency_kind table = kind == FACT_FIRST_NAME ? FREQUENCY_GIVEN : FREQUENCY_SURNAME;
    return value_share(weigher, kind, fact,
                       frequency_share(weigher->frequencies, table, fact->text, (str){0}));
}

// The shares of a name among the people of the record's country.
static void prepare_local(const struct weigher *weigher, struct profile *profile,
                          enum fact_kind kind)
{
    enum { CODE = 2 };
    const struct fact *country = profile_fact(profile, FACT_COUNTRY);
    const struct fact *name = profile_fact(profile, kind);
    if (!name) return;
    profile->local[kind] = name->share;
    if (country) {
        str text = country->text;
        char code[CODE] = {(char)(text.data[0] & ~0x20), (char)(text.data[text.len - 1] & ~0x20)};
        enum frequency_kind table = kind == FACT_FIRST_NAME ? FREQUENCY_GIVEN : FREQUENCY_SURNAME;
        share prior = frequency_share(weigher->frequencies, table, name->text,
                                      text.len == CODE ? (str){code, CODE} : (str){0});
        const struct value_counts *counts = &weigher->local[kind];
        share rare = SHARE_ONE >> rare_bits[kind];
        uint32_t count = value_counts_of(counts, mixed(name->value, country->value));
        uint32_t total = value_counts_of(counts, country->value);
        profile->local[kind] = frequency_blend(prior > rare ? prior : rare, count, total);
    }
    profile->local_bits[kind] = frequency_bits(profile->local[kind]);
}

static share times(share a, share b)
{
    __extension__ typedef unsigned __int128 wide;
    return (share)((wide)a * b >> 48);
}

// Of the words first, then of the whole name: as if words came together by chance.
static void prepare_company(const struct weigher *weigher, struct fact *fact)
{
    share all = SHARE_ONE;
    for (size_t i = 0; i < fact->word_count; i++) {
        str word = fact->words[i].letters.text;
        share prior = frequency_share(weigher->frequencies, FREQUENCY_COMPANY_WORD, word, (str){0});
        fact->words[i].share =
            frequency_blend(prior, value_counts_of(&weigher->words, hash_128(word)),
                            weigher->values[FACT_COMPANY].total);
        fact->words[i].bits = frequency_bits(fact->words[i].share);
        all = times(all, fact->words[i].share);
    }
    fact->share = value_share(weigher, FACT_COMPANY, fact, all);
}

static void prepare_domain(const struct weigher *weigher, struct profile_word *domain)
{
    uint32_t count = value_counts_of(&weigher->domains, hash_128(domain->letters.text));
    domain->share = frequency_blend(SHARE_ONE >> DOMAIN_BITS, count, weigher->domains.total);
    domain->bits = frequency_bits(domain->share);
}

static void prepare_fact(const struct weigher *weigher, enum fact_kind kind, struct fact *fact)
{
    fact->is_prepared = true;
    if (kind == FACT_FIRST_NAME || kind == FACT_LAST_NAME) {
        enum fact_kind other = kind == FACT_FIRST_NAME ? FACT_LAST_NAME : FACT_FIRST_NAME;
        fact->share = name_share(weigher, kind, fact);
        fact->other = name_share(weigher, other, fact);
        uint32_t count = value_counts_of(&weigher->values[kind], fact->value);
        fact->is_known = fact->is_known || count > SLIPS_MAX;
    } else if (kind == FACT_COMPANY) {
        prepare_company(weigher, fact);
    } else {
        fact->share = value_share(weigher, kind, fact, 0);
    }
    fact->bits = frequency_bits(fact->share);
    if (has_holders(kind)) {
        fact->holders = value_counts_of(&weigher->holders[kind], fact->value);
    }
    if (kind == FACT_EMAIL) prepare_domain(weigher, &fact->words[1]);
}

// What the record alone has.
static void prepare_record(const struct weigher *weigher, struct profile *profile)
{
    hash128 name;
    if (whole_name(profile, &name)) profile->namesakes = value_counts_of(&weigher->namesakes, name);
    prepare_local(weigher, profile, FACT_FIRST_NAME);
    prepare_local(weigher, profile, FACT_LAST_NAME);
}

void weigher_prepare(const struct weigher *weigher, struct profile *profile)
{
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        struct fact *fact = profile_fact(profile, kind);
        if (fact) prepare_fact(weigher, kind, fact);
    }
    prepare_record(weigher, profile);
}

// The same for all records: each value once.
static void prepare_all(struct weigher *weigher, struct profile profiles[], uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        count_holders(weigher, &profiles[i]);
        for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
            struct fact *fact = profile_fact(&profiles[i], kind);
            if (fact) fact->is_prepared = false;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
            struct fact *fact = profile_fact(&profiles[i], kind);
            if (fact && !fact->is_prepared) prepare_fact(weigher, kind, fact);
        }
        prepare_record(weigher, &profiles[i]);
    }
}

struct sample {
    struct weigher *weigher;
    const struct profile **order;
    struct {
        const struct profile *a, *b;
    } * pairs; // that are at some level
    size_t pair_count;
    int64_t levels[FACT_KINDS][LEVELS];
};

static int compare_order(const void *a, const void *b)
{
    const struct profile *const *x = a, *const *y = b;
    return profile_order(*x, *y);
}

// Adds `by` for the level of each kind whose values are not the same. Returns whether any agrees.
static bool count_levels(struct sample *sample, const struct profile *a, const struct profile *b,
                         int by)
{
    bool is_any = false;
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        const struct fact *x = profile_fact(a, kind), *y = profile_fact(b, kind);
        if (!x || !y || fact_is_same(x, y)) continue;
        int level = level_of(sample->weigher->nicknames, kind, a, b);
        sample->levels[kind][level] += by;
        is_any = is_any || level != LEVEL_DIFFERS;
    }
    return is_any;
}

// The records in the order of hashes, as far as the sample needs them: of a large table those with
// the smallest hashes.
static uint32_t order_records(struct sample *sample, const struct profile profiles[],
                              uint32_t count)
{
    enum { ENOUGH = 2 * SAMPLE_PAIRS };
    uint64_t limit = count > ENOUGH ? UINT64_MAX / count * ENOUGH : UINT64_MAX;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (profiles[i].hash <= limit) sample->order[kept++] = &profiles[i];
    }
    if (kept <= SAMPLE_PAIRS && kept < count) {
        for (kept = 0; kept < count; kept++) sample->order[kept] = &profiles[kept];
    }
    qsort(sample->order, kept, sizeof *sample->order, compare_order);
    return kept;
}

// Neighbours in the order of hashes, at distance 1, 2 and so on.
static void take_sample(struct sample *sample, uint32_t count)
{
    size_t done = 0;
    for (uint32_t distance = 1; distance < count && done < SAMPLE_PAIRS; distance++) {
        for (uint32_t i = 0; i + distance < count && done < SAMPLE_PAIRS; i++, done++) {
            const struct profile *a = sample->order[i], *b = sample->order[i + distance];
            if (!count_levels(sample, a, b, 1)) continue;
            sample->pairs[sample->pair_count].a = a;
            sample->pairs[sample->pair_count++].b = b;
        }
    }
}

// What differing weighs: chance pairs nearly always do.
static void set_differ(struct weigher *weigher)
{
    const share least = SHARE_ONE / 5;
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        share differ = weigher->near[kind][LEVEL_DIFFERS];
        int32_t bits = (int32_t)frequency_bits(differ > least ? differ : least);
        for (int set = 0; set < 2; set++) {
            weigher->differ[set][kind] = bits - weigher->m_bits[set][kind][LEVEL_DIFFERS];
        }
    }
}

// Shares of the levels, of 20 pairs more than there are, so that what was never seen is not
// impossible.
static void set_near(struct sample *sample)
{
    struct weigher *weigher = sample->weigher;
    __extension__ typedef unsigned __int128 wide;
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        uint64_t total = 0;
        for (int level = 0; level < LEVELS; level++) total += (uint64_t)sample->levels[kind][level];
        for (int level = 0; level < LEVELS; level++) {
            wide part = (wide)SHARE_ONE * (2 * (uint64_t)sample->levels[kind][level] + 1);
            weigher->near[kind][level] = (share)(part / (2 * total + 40));
        }
    }
    set_differ(weigher);
}

// The more records there are, the more must agree in one's being another, and the more of it is
// said twice by facts that come together: a quarter of what a larger table asks for is not
// believed.
static void set_prior(struct weigher *weigher)
{
    uint64_t records = weigher->records > RECORDS_MIN ? weigher->records : RECORDS_MIN;
    int32_t least = (int32_t)frequency_bits(SHARE_ONE / RECORDS_MIN);
    int32_t bits = (int32_t)frequency_bits(SHARE_ONE / records);
    weigher->prior = -(bits + (bits - least) / 4);
    unsigned groups = 0;
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        if (weigher->values[kind].total) groups |= fact_group(kind);
    }
    weigher->group_count = (unsigned)__builtin_popcount(groups);
}

// Pairs of the sample that look like one record are taken out again: in a small table they would
// pass for chance.
static void leave_out_matches(struct sample *sample)
{
    size_t kept = 0;
    for (size_t i = 0; i < sample->pair_count; i++) {
        struct weighed weighed;
        weigher_weigh(sample->weigher, sample->pairs[i].a, sample->pairs[i].b, &weighed);
        if (weighed.total >= 0) sample->pairs[kept++] = sample->pairs[i];
    }
    for (size_t i = 0; i < kept; i++) {
        count_levels(sample, sample->pairs[i].a, sample->pairs[i].b, -1);
    }
}

void weigher_settle(struct weigher *weigher, struct profile profiles[], uint32_t count)
{
    struct sample sample = {.weigher = weigher};
    sample.order = memory_alloc((count + 1) * sizeof *sample.order);
    sample.pairs = memory_alloc(SAMPLE_PAIRS * sizeof *sample.pairs);
    set_prior(weigher);
    prepare_all(weigher, profiles, count);
    take_sample(&sample, order_records(&sample, profiles, count));
    set_near(&sample);
    leave_out_matches(&sample);
    set_near(&sample);
    memory_free(sample.order);
    memory_free(sample.pairs);
}

void weigher_settle_frozen(struct weigher *weigher, struct profile profiles[], uint32_t count)
{
    set_prior(weigher);
    set_differ(weigher);
    for (uint32_t i = 0; i < count; i++) weigher_prepare(weigher, &profiles[i]);
}
