// Makes names, companies, job titles, sources and notes out of words.
#include "generate.h"

#include <stddef.h>

static const char *const *const middles =
    LIST("al", "an", "ber", "den", "el", "en", "er", "fel", "gen", "hal", "in", "ker", "la", "len",
         "li", "lo", "mar", "men", "mi", "na", "ner", "on", "or", "ra", "ri", "ro", "sa", "sen",
         "si", "ta", "ten", "ti", "to", "un", "va", "ver");

static const struct words brands = {
    LIST("Acme", "Globex", "Initech", "Northwind", "Contoso", "Umbrella", "Stark", "Wayne", "Hooli",
         "Vandelay", "Soylent", "Tyrell", "Cyberdyne", "Wonka", "Oceanic", "Pied Piper"),
    LIST("Aero", "Alpi", "Axi", "Blue", "Bright", "Cedar", "Core", "Delta", "Ever", "Fin", "Gamma",
         "Green", "Helio", "Inno", "Jet", "Kine", "Luma", "Meri", "Nexa", "Nova", "Omni", "Pan",
         "Quan", "Rapid", "Sol", "Terra", "Uni", "Vel", "Wave", "Zen"),
    LIST("base", "bridge", "con", "craft", "dyne", "flow", "forge", "gate", "grid", "lab", "line",
         "link", "mark", "mesh", "net", "path", "point", "port", "ra", "scope", "stack", "tec",
         "tek", "tron", "ware", "works")};

static const char *const *const industries = LIST(
    "Software", "Logistics", "Bank", "Insurance", "Health", "Pharma", "Capital", "Cloud", "Data",
    "Financial", "Consulting", "Engineering", "Machinery", "Foods", "Retail", "Media", "Energy",
    "Telecom", "Textiles", "Automotive", "Chemicals", "Packaging", "Furniture", "Marine",
    "Aviation", "Education", "Travel", "Security", "Robotics", "Printing", "Plastics", "Steel",
    "Timber", "Optics", "Farming", "Brewing", "Hotels", "Property", "Recruiting", "Cleaning");

static const char *const *const seniorities =
    LIST("# Manager", "Head of #", "Director of #", "VP #", "# Director", "# Specialist", "# Lead",
         "# Analyst", "# Engineer", "Senior # Manager", "Chief # Officer", "# Coordinator",
         "# Consultant", "VP of #", "Senior # Engineer", "Vice President, #", "# Assistant",
         "Principal # Architect", "# Intern", "Junior # Analyst", "Director, #", "# Team Lead",
         "# Administrator", "# Trainee", "# Executive", "Owner / # Lead", "Founder & Head of #",
         "# Student", "# Associate", "Group # Manager", "# Officer", "# Buyer");

static const char *const *const departments =
    LIST("Sales", "Marketing", "IT", "Operations", "Finance", "Procurement", "Product",
         "Engineering", "HR", "Customer Success", "Supply Chain", "Data", "Security",
         "Business Development", "Quality", "Logistics", "Legal", "R&D", "Purchasing", "Digital",
         "E-Commerce", "Production", "Accounting", "Compliance", "Demand Generation",
         "Infrastructure", "Cloud", "Analytics", "Partner", "Channel", "Innovation", "Facilities",
         "Revenue Operations", "Communications", "Brand", "Content", "Events", "Service", "Support",
         "Sustainability", "Payroll", "Field Sales", "Inside Sales", "Key Account", "Export",
         "Maintenance", "Warehouse", "Software", "Platform", "Research", "Training", "Risk",
         "Treasury", "Investor Relations", "Clinical", "Regulatory", "Design", "Web");

static const char *const *const short_titles =
    LIST("CEO", "CTO", "CFO", "Managing Director", "Founder", "COO", "CIO", "CMO", "Buyer",
         "Engineer", "Consultant", "Student");

static const char *const *const decorations = LIST(
    " EMEA", " (m/w/d)", " Nordics", " DACH", " North America", " II", " APAC", " - Europe",
    " UK & I", " III", " Benelux", " LATAM", " (interim)", " Global", " West", " East", " - SMB",
    " Enterprise", " - Public Sector", " MBA", " South", " / Deputy", " (part time)", " North");

static const char *const *const sources =
    LIST("Webinar", "Trade Show", "Ad", "Content", "Referral", "Purchased List", "Social", "Chat",
         "Direct Mail", "Partner", "CRM", "Lost Opportunity", "Other");

static const char *const *const campaigns =
    LIST("Spring", "Summer", "Autumn", "Winter", "Launch", "Summit", "Roadshow", "Academy");

static const char *const *const remarks = LIST(
    "wants a demo", "met at booth ###", "call back in # days", "asked for pricing of ## seats",
    "sent the brochure", "budget approved for Q%", "no plans this year", "uses a competitor",
    "urgent", "likes the ## day trial", "speaks French", "prefers e-mail", "left a business card",
    "has ### employees", "talk to the CFO first", "renewal in % months", "wants references",
    "asked about the API", "came with a colleague", "not the decision maker", "needs it ASAP",
    "said \"maybe next year\"", "out of office until ##.1#.", "old customer #####");

unsigned pools_count(const char *const *list)
{
    unsigned count = 0;
    while (list[count] != NULL) count++;
    return count;
}

static const char *any(const char *const *list, struct dice *dice)
{
    return list[dice_below(dice, pools_count(list))];
}

// The first ranks are the common words. Then come all pairs of a beginning and an ending, and
// then the same with one, two, ... middles between them, so the ranks never run out.
void pools_word(struct text *text, const struct words *words, uint32_t rank)
{
    unsigned heads = pools_count(words->head), starts = pools_count(words->start);
    unsigned ends = pools_count(words->end), middle_count = pools_count(middles);
    if (rank < heads) {
        text_add(text, words->head[rank]);
        return;
    }
    rank -= heads;
    text_add(text, words->start[rank % starts]);
    rank /= starts;
    const char *end = words->end[rank % ends];
    for (rank /= ends; rank > 0; rank = (rank - 1) / middle_count) {
        text_add(text, middles[(rank - 1) % middle_count]);
    }
    text_add(text, end);
}

void pools_first_name(struct text *text, const struct language *language, struct dice *dice,
                      uint64_t rows)
{
    uint32_t names = pools_count(language->first_name.head);
    if (dice_chance(dice, 30)) names += (uint32_t)(40 + rows / 300);
    pools_word(text, &language->first_name, dice_rank(dice, names, 3));
}

void pools_last_name(struct text *text, const struct language *language, struct dice *dice,
                     uint64_t rows)
{
    pools_word(text, &language->last_name, dice_rank(dice, (uint32_t)(200 + rows / 8), 4));
}

static void add_founders(struct text *name, const struct country *country, struct dice *dice)
{
    pools_last_name(name, country->language, dice, 5000);
    text_add(name, dice_chance(dice, 10) ? ", " : " & ");
    pools_last_name(name, country->language, dice, 5000);
    text_add(name, " ");
}

void pools_company(struct text *name, struct text *domain, const struct country *country,
                   uint32_t rank)
{
    struct dice dice =
        dice_for(rank, (uint64_t)country->code[0] << 8 | country->code[1], STREAM_PERSON);
    struct text brand = {0}, industry = {0};
    pools_word(&brand, &brands, rank);
    if (dice_chance(&dice, 60)) text_add(&industry, any(industries, &dice));
    if (dice_chance(&dice, 8)) add_founders(name, country, &dice);
    text_add_text(name, &brand);
    if (industry.len > 0) text_add(name, " ");
    text_add_text(name, &industry);
    text_add(name, any(country->suffixes, &dice));

    text_add_plain(domain, &brand);
    if (dice_chance(&dice, 10)) text_add(domain, "-group");
    text_add(domain, ".");
    text_add(domain, dice_chance(&dice, 35) ? "com" : country->domain);
}

static void add_decoration(struct text *text, struct dice *dice, uint64_t rows)
{
    if (dice_chance(dice, 60)) {
        text_add(text, any(decorations, dice));
        return;
    }
    text_add(text, dice_chance(dice, 20) ? ", " : " - ");
    pools_word(text, &brands, dice_rank(dice, (uint32_t)(100 + rows / 20), 3));
}

void pools_job_title(struct text *text, const struct country *country, struct dice *dice,
                     uint64_t rows)
{
    if (dice_chance(dice, 5)) return;
    if (dice_chance(dice, 12)) {
        text_add(text, any(short_titles, dice));
        return;
    }
    if (country->language->titles != NULL && dice_chance(dice, 8)) {
        text_add(text, any(country->language->titles, dice));
        return;
    }
    const char *shape = seniorities[dice_rank(dice, pools_count(seniorities), 3)];
    const char *department = departments[dice_rank(dice, pools_count(departments), 3)];
    for (; *shape != '\0'; shape++) {
        if (*shape != '#') text_add_char(text, *shape);
        if (*shape == '#') text_add(text, department);
    }
    if (dice_chance(dice, 25)) add_decoration(text, dice, rows);
}

// The first sources are bare kinds; further ones carry a campaign, like "Webinar Summit 2024 3".
void pools_source(struct text *text, struct dice *dice, unsigned source_count)
{
    uint32_t rank = dice_rank(dice, source_count, 3);
    unsigned kinds = pools_count(sources), campaign_count = pools_count(campaigns);
    text_add(text, sources[rank % kinds]);
    uint32_t campaign = rank / kinds;
    if (campaign == 0) return;
    campaign--;
    text_add(text, " ");
    text_add(text, campaigns[campaign % campaign_count]);
    text_add(text, " ");
    text_add_number(text, 2023 + campaign / campaign_count % 3, 4);
    if (campaign < campaign_count * 3) return;
    text_add(text, " ");
    text_add_number(text, campaign / (campaign_count * 3), 1);
}

void pools_notes(struct text *text, struct dice *dice)
{
    unsigned roll = dice_below(dice, 1000);
    if (roll >= 300) return;
    text_add_pattern(text, any(remarks, dice), dice);
    if (roll >= 90) return;
    text_add(text, roll < 20 ? "\n" : roll < 70 ? ", " : "; ");
    text_add_pattern(text, any(remarks, dice), dice);
}
