// The lists that email.rules names: what people write in them made what addresses have, and all of
// them in two tables, one of domains and one of mailboxes.
#include "core/base/idn.h"
#include "core/base/memory.h"
#include "core/base/utf8.h"
#include "email_rules.h"

// Whether a domain can be equal to the item, or to a parent of it.
static bool is_domain(str item)
{
    char before = '.';
    for (size_t i = 0; i < item.len; i++) {
        char c = item.data[i];
        bool is_good = (c >= 'a' && c <= 'z') || byte_is_digit(c) || c == '-' || c == '_' ||
                       (c == '.' && before != '.');
        if (!is_good) return false;
        before = c;
    }
    return before != '.';
}

static bool is_mailbox(str item)
{
    for (size_t i = 0; i < item.len; i++) {
        char c = item.data[i];
        if (c == '@' || byte_is_blank(c)) return false;
    }
    return item.len > 0;
}

// "*.firma.fi", ".firma.fi" and "@firma.fi" are firma.fi with everything below it, as a domain in a
// list always is; "bücher.de" is its A-labels. False when it is no domain in any way.
static bool read_domain(str item, struct arena *arena, str *domain)
{
    if (str_starts(item, STR("*."))) item = str_from(item, 2);
    if (str_starts(item, STR("@")) || str_starts(item, STR("."))) item = str_from(item, 1);
    if (str_ends(item, STR("."))) item.len--;
    return utf8_is_valid(item) && idn_to_ascii(item, arena, domain) && is_domain(*domain);
}

// "info@" is info.
static bool read_mailbox(str item, str *mailbox)
{
    *mailbox = str_ends(item, STR("@")) ? str_first(item, item.len - 1) : item;
    return is_mailbox(*mailbox);
}

static const char *hint_of(str item, bool is_of_domains)
{
    if (str_find(item, '#') >= 0) return "a remark stands on a line of its own";
    if (str_find(item, '/') >= 0) return "write the domain alone, without https:// and path";
    if (str_find(item, '@') >= 0) {
        return is_of_domains ? "write what is behind the @" : "write what is before the @";
    }
    return "one a line";
}

// Makes of items that no address can have what they mean; warns of those that mean nothing.
static void tidy(struct email_rules *rules, struct email_list *list, bool is_of_domains,
                 struct rulebook *book, struct diagnostics *diagnostics)
{
    struct map *items = &list->items.items;
    struct map_slot *odd = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < items->capacity; i++) {
        const struct map_slot *slot = &items->slots[i];
        str item = {slot->key, slot->len};
        if (!slot->key || (is_of_domains ? is_domain(item) : is_mailbox(item))) continue;
        odd = memory_grow(odd, &capacity, count + 1, sizeof *odd);
        odd[count++] = *slot;
    }
    for (size_t i = 0; i < count; i++) {
        str item = {odd[i].key, odd[i].len}, meant;
        bool is_read =
            is_of_domains ? read_domain(item, &rules->arena, &meant) : read_mailbox(item, &meant);
        if (is_read) {
            map_put(items, arena_copy(&rules->arena, meant), odd[i].value);
            continue;
        }
        struct rule_place place;
        list_where(book, list->file, item, &place);
        diagnostics_add(diagnostics, SEVERITY_WARNING, place, hint_of(item, is_of_domains),
                        "no address can match \"%.*s\": it is no %s", STR_ARG(item),
                        is_of_domains ? "domain" : "name before an @");
    }
    memory_free(odd);
}

static void merge_list(struct map *map, const struct list *list, uint32_t bit)
{
    for (size_t i = 0; i < list->items.capacity; i++) {
        const struct map_slot *slot = &list->items.slots[i];
        if (!slot->key || !slot->value) continue;
        *map_slot_hashed(map, (str){slot->key, slot->len}, slot->hash) |= bit;
    }
}

// A test that answers most look-ups of a mailbox without a hash.
static void learn_lens(struct email_rules *rules)
{
    for (size_t i = 0; i < rules->mailboxes.capacity; i++) {
        const struct map_slot *slot = &rules->mailboxes.slots[i];
        if (!slot->key || slot->len == 0) continue;
        uint32_t len = slot->len < 63 ? slot->len : 63;
        rules->mailbox_lens[(unsigned char)slot->key[0]] |= (uint64_t)1 << len;
    }
}

static bool is_merged(const struct email_list *list, uint32_t bit, uint32_t by_domain)
{
    return list->over || by_domain & bit;
}

static void add_new(struct list *list, str item)
{
    uint32_t is_in;
    if (!map_find(&list->items, item, &is_in)) list_add(list, item);
}

// Room for all at once: tables that grow cost twice the time.
static void reserve_merged(struct email_rules *rules, uint32_t by_domain, uint32_t by_mailbox)
{
    size_t domains = 0, mailboxes = 0;
    for (size_t i = 0; i < rules->list_count; i++) {
        const struct email_list *list = &rules->lists[i];
        uint32_t bit = 1u << i;
        if (is_merged(list, bit, by_domain)) domains += list->items.items.count;
        if (by_mailbox & bit) mailboxes += list->items.items.count;
    }
    map_reserve(&rules->domains, domains);
    map_reserve(&rules->mailboxes, mailboxes);
}

// Providers of mail are free mail without a line in the list, unless one takes them out.
static bool add_providers(struct email_rules *rules, struct rulebook *book, struct err *err)
{
    static const char file[] = "email/providers.tsv";
    struct table table = {0};
    int domain;
    struct list *free_mail = NULL;
    for (size_t i = 0; i < rules->list_count; i++) {
        if (str_equal(rules->lists[i].name, STR("free"))) free_mail = &rules->lists[i].items;
    }
    if (!free_mail) return true;
    for (size_t i = 0; i < rules->slips.anchor_count; i++) {
        const struct email_anchor *anchor = &rules->slips.anchors[i];
        if (anchor->label.len) add_new(free_mail, anchor->domain);
    }
    bool ok = table_load(&table, book, STR("email/providers.tsv"), err) &&
              table_need(&table, file, "domain", &domain, err);
    for (size_t i = 0; ok && i < table.rows; i++) add_new(free_mail, table_cell(&table, i, domain));
    table_release(&table);
    return ok;
}

bool email_lists_merge(struct email_rules *rules, struct rulebook *book,
                       struct diagnostics *diagnostics, struct err *err)
{
    uint32_t by_domain = 0, by_mailbox = 0;
    for (size_t i = 0; i < rules->rule_count; i++) {
        const struct email_rule *rule = &rules->rules[i];
        for (size_t j = 0; j < rule->condition_count; j++) {
            const struct email_condition *condition = &rule->conditions[j];
            if (condition->test != TEST_IN && condition->test != TEST_UNDER) continue;
            uint32_t bit = 1u << condition->list;
            *(email_subject_is_domain(condition->subject) ? &by_domain : &by_mailbox) |= bit;
        }
    }
    if (rules->scope == EMAIL_ALL && !add_providers(rules, book, err)) return false;
    for (size_t i = 0; i < rules->list_count; i++) {
        bool is_of_domains = is_merged(&rules->lists[i], 1u << i, by_domain);
        tidy(rules, &rules->lists[i], is_of_domains, book, diagnostics);
    }
    reserve_merged(rules, by_domain, by_mailbox);
    rules->suffix_list = rules->allow_list = rules->tld_list = -1;
    for (size_t i = 0; i < rules->list_count; i++) {
        const struct email_list *list = &rules->lists[i];
        uint32_t bit = 1u << i;
        if (list->over) rules->allow_list = (int)i;
        if (str_equal(list->name, STR("suffixes"))) rules->suffix_list = (int)i;
        if (str_equal(list->name, STR("tlds"))) rules->tld_list = (int)i;
        if (str_starts(list->name, STR("free")) || str_equal(list->name, STR("relay"))) {
            rules->known_lists |= bit;
        }
        if (list->is_missing) rules->has_missing_list = true;
        if (is_merged(list, bit, by_domain)) merge_list(&rules->domains, &list->items, bit);
        if (by_mailbox & bit) merge_list(&rules->mailboxes, &list->items, bit);
    }
    learn_lens(rules);
    return true;
}
