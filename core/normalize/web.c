#include "web.h"

#include "core/base/idn.h"
#include "core/base/utf8.h"

// What rules say of a name: bits of a suffix, the same bits of a hosted one, and whether it is
// shared.
enum suffix_rule { RULE_PLAIN = 1, RULE_WILDCARD = 2, RULE_EXCEPTION = 4 };
enum place_of_rule { SUFFIX_AT = 0, HOSTED_AT = 3, SHARED_RULE = 64 };

enum { HOST_LEN_MAX = 253, LABEL_LEN_MAX = 63, CELL_LEN_MAX = 2048 };

// ---- Loading ----

static void add_rule(struct map *map, str rule, enum place_of_rule place)
{
    uint32_t kind = RULE_PLAIN;
    if (str_starts(rule, STR("*."))) {
        kind = RULE_WILDCARD;
        rule = str_from(rule, 2);
    } else if (str_starts(rule, STR("!"))) {
        kind = RULE_EXCEPTION;
        rule = str_from(rule, 1);
    }
    *map_slot_of(map, rule) |= kind << place;
}

static bool load_suffixes(struct map *map, enum place_of_rule place, struct rulebook *book,
                          const char *file, struct err *err)
{
    struct rule_text text;
    if (!rulebook_read(book, str_of(file), NULL, &text, err)) return false;
    for (int i = 0; i < 2; i++) {
        str rest = text.text, line;
        while (str_cut(&rest, '\n', &line)) {
            line = str_trim(line);
            if (line.len && line.data[0] != '#') add_rule(map, line, place);
        }
        if (i || !rulebook_read_local(book, str_of(file), &text, err)) break;
    }
    return !err || err->kind == ERR_NONE;
}

static bool load_shared(struct web_rules *rules, struct rulebook *book, struct err *err)
{
    const struct map *shared = &rules->shared.items;
    if (!list_load(&rules->shared, book, STR("normalize/shared_sites.txt"), NULL, err)) {
        return false;
    }
    for (size_t i = 0; i < shared->capacity; i++) {
        const struct map_slot *slot = &shared->slots[i];
        if (!slot->key) continue;
        *map_slot_hashed(&rules->names, (str){slot->key, slot->len}, slot->hash) |= SHARED_RULE;
    }
    return true;
}

bool web_rules_load(struct web_rules *rules, struct rulebook *book, struct err *err)
{
    struct map *names = &rules->names;
    return load_suffixes(names, SUFFIX_AT, book, "normalize/public_suffixes.txt", err) &&
           load_suffixes(names, HOSTED_AT, book, "normalize/hosted_suffixes.txt", err) &&
           load_shared(rules, book, err);
}

void web_rules_release(struct web_rules *rules)
{
    map_release(&rules->names);
    list_release(&rules->shared);
    *rules = (struct web_rules){0};
}

// ---- Hosts ----

// Whether the name is made of good labels: letters, digits and inner hyphens (and underscores,
// which some hosts have), at least two, the last one with a letter.
static bool is_host(str host)
{
    if (host.len == 0 || host.len > HOST_LEN_MAX) return false;
    size_t start = 0, labels = 1; // start of the label
    for (size_t i = 0; i <= host.len; i++) {
        char c = i < host.len ? host.data[i] : '.';
        if (byte_is_letter(c) || byte_is_digit(c) || c == '-' || c == '_') continue;
        if (c != '.' || i == start || i - start > LABEL_LEN_MAX) return false;
        if (host.data[start] == '-' || host.data[i - 1] == '-') return false;
        if (i == host.len) break;
        start = i + 1;
        labels++;
    }
    return labels > 1 && byte_is_letter(host.data[start]);
}

static str lower_host(str host, struct arena *arena)
{
    size_t i = 0;
    while (i < host.len && !byte_is_upper(host.data[i])) i++;
    if (i == host.len) return host;
    char *out = arena_bytes(arena, host.len);
    for (i = 0; i < host.len; i++) out[i] = byte_lower(host.data[i]);
    return (str){out, host.len};
}

// A host and the names above it, as long as any rule could be and one label more, and what the
// rules say of each.
enum { NAMES_MAX = 17 };

struct names {
    str at[NAMES_MAX]; // the top level first
    uint32_t rules[NAMES_MAX];
    size_t count;
};

static void read_names(const struct web_rules *rules, str host, struct names *names)
{
    size_t count = 0;
    for (size_t start = host.len; start && count < NAMES_MAX; start--) {
        if (start > 1 && host.data[start - 2] != '.') continue;
        names->at[count] = (str){host.data + start - 1, host.len - start + 1};
        if (!map_find(&rules->names, names->at[count], &names->rules[count])) {
            names->rules[count] = 0;
        }
        count++;
    }
    names->count = count;
}

// Which of the names is the longest suffix that the rules name, or NO_NAME
// (https://publicsuffix.org/list/, but a name that no rule matches has no suffix here: its top
// level does not exist).
enum { NO_NAME = -1 };

static int find_suffix(const struct names *names, enum place_of_rule place)
{
    for (int i = (int)names->count - 1; i >= 0; i--) {
        uint32_t kinds = names->rules[i] >> place;
        uint32_t above = i ? names->rules[i - 1] >> place : 0;
        if (kinds & RULE_EXCEPTION) return i - 1;
        if ((kinds & RULE_PLAIN) || (above & RULE_WILDCARD)) return i;
    }
    return NO_NAME;
}

static bool is_shared(const struct names *names)
{
    uint32_t all = 0;
    for (size_t i = 0; i < names->count; i++) all |= names->rules[i];
    return all & SHARED_RULE;
}

// The name below a suffix, which has one label more.
static str below_suffix(const struct names *names, int suffix)
{
    bool is_known = suffix != NO_NAME && suffix + 1 < (int)names->count;
    return is_known ? names->at[suffix + 1] : STR("");
}

// ---- Addresses ----

static bool ends_host(char c)
{
    if (byte_is_letter(c) || c == '.') return false; // nearly all bytes
    return c == '/' || c == '?' || c == '#' || c == ':' || c == '\\' || byte_is_blank(c);
}

// Without scheme, also a mistyped one ("http//", "htttps:/", "//").
static str skip_scheme(str text)
{
    size_t i = 0;
    while (i < text.len && i < 8 && byte_is_letter(text.data[i])) i++;
    str word = str_first(text, i), rest = str_from(text, i);
    bool is_web =
        word.len >= 3 &&
        (str_equal_nocase(str_first(word, 2), STR("ht")) || str_equal_nocase(word, STR("ttp")) ||
         str_equal_nocase(word, STR("ttps")) || str_equal_nocase(word, STR("ftp")));
    size_t signs = 0;
    while (signs < rest.len && (rest.data[signs] == ':' || rest.data[signs] == '/' ||
                                rest.data[signs] == '\\' || rest.data[signs] == ';')) {
        signs++;
    }
    if (word.len == 0) return signs >= 2 ? str_from(rest, signs) : text;
    return is_web && signs >= 1 ? str_from(rest, signs) : text;
}

static str skip_www(str host)
{
    while (host.len > 4 && str_equal_nocase(str_first(host, 3), STR("www"))) {
        size_t i = 3;
        while (i < host.len && byte_is_digit(host.data[i])) i++;
        if (host.data[i] != '.' && host.data[i] != ',') break;
        while (i < host.len && (host.data[i] == '.' || host.data[i] == ',')) i++;
        if (str_find(str_from(host, i), '.') < 0) break;
        host = str_from(host, i);
    }
    return host;
}

struct address {
    str host, path; // path with its slash, or ""
};

// Bytes of a label; what else may be in a plain address.
enum { PLAIN_LABEL = 1, PLAIN_HYPHEN, PLAIN_DOT, PLAIN_SLASH };

static const unsigned char plain_class[256] = {
    ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1,
    ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1,
    ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1,
    ['y'] = 1, ['z'] = 1, ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1,
    ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1, ['-'] = 2, ['.'] = 3, ['/'] = 4,
};

static size_t plain_start(str text)
{
    size_t at = 0;
    if (text.len > 8 && str_equal_nocase(str_first(text, 4), STR("http"))) {
        at = 4 + ((text.data[4] | 32) == 's');
        if (memcmp(text.data + at, "://", 3) != 0) return 0;
        at += 3;
    }
    if (text.len > at + 4 && str_equal_nocase((str){text.data + at, 4}, STR("www."))) at += 4;
    return at;
}

// Addresses as nearly all are written: http, www, a host in lower case, a path without anything
// that could end it. False for all others, which the next function reads at five times the cost.
static bool read_plain(str text, struct address *address)
{
    size_t start = plain_start(text), at = start, label = start, labels = 1;
    if (text.len > start + HOST_LEN_MAX || str_starts(str_from(text, start), STR("www"))) {
        return false;
    }
    unsigned char class = 0, before = PLAIN_DOT; // a label begins behind a dot
    for (; at < text.len; at++, before = class) {
        class = plain_class[(unsigned char)text.data[at]];
        if (class == PLAIN_LABEL) continue;
        if (class == 0 || before != PLAIN_LABEL) return false;
        if (class == PLAIN_HYPHEN) continue;
        if (at - label > LABEL_LEN_MAX) return false;
        if (class == PLAIN_SLASH) break;
        label = at + 1;
        labels++;
    }
    bool is_ended = at < text.len || before == PLAIN_LABEL;
    if (!is_ended || labels < 2 || at - label > LABEL_LEN_MAX) return false;
    if (!byte_is_letter(text.data[label])) return false;
    size_t end = at;
    for (; end < text.len; end++) {
        unsigned char c = plain_class[(unsigned char)text.data[end]];
        if (c == 0 && text.data[end] != '_' && !byte_is_upper(text.data[end])) return false;
    }
    while (end > at && text.data[end - 1] == '/') end--;
    *address = (struct address){{text.data + start, at - start}, {text.data + at, end - at}};
    return true;
}

// The host in ASCII and lower case, and the path up to the query. False when it has no good host.
static bool read_address(str text, struct address *address, struct arena *arena)
{
    if (read_plain(text, address)) return true;
    text = str_trim(text);
    for (str bare; (bare = skip_scheme(text)).len < text.len;) text = bare;
    size_t end = 0;
    while (end < text.len && !ends_host(text.data[end])) end++;
    str host = str_first(text, end), rest = str_from(text, end);
    ptrdiff_t at = str_find(host, '@');
    if (at >= 0) return false;
    if (rest.len && rest.data[0] == ':') { // a port
        size_t i = 1;
        while (i < rest.len && byte_is_digit(rest.data[i])) i++;
        rest = str_from(rest, i);
    }
    while (str_ends(host, STR(".")) || str_ends(host, STR(","))) host.len--;
    host = skip_www(host);
    if (!idn_is_plain(host)) {
        if (!utf8_is_valid(host) || !idn_to_ascii(host, arena, &host)) return false;
        host = skip_www(host);
    }
    if (!is_host(host)) return false;
    size_t path = 0;
    if (rest.len && rest.data[0] == '/') {
        while (path < rest.len && rest.data[path] != '?' && rest.data[path] != '#' &&
               !byte_is_blank(rest.data[path])) {
            path++;
        }
        while (path && rest.data[path - 1] == '/') path--;
    }
    address->host = lower_host(host, arena);
    address->path = str_first(rest, path);
    return true;
}

static str join(str a, str b, struct arena *arena)
{
    if (b.len == 0) return a;
    if (a.data + a.len == b.data) return (str){a.data, a.len + b.len};
    char *out = arena_bytes(arena, a.len + b.len);
    memcpy(out, a.data, a.len);
    memcpy(out + a.len, b.data, b.len);
    return (str){out, a.len + b.len};
}

static bool separates(char c)
{
    if (byte_is_letter(c) || c == '.') return false; // nearly all bytes
    return c == ',' || c == ';' || c == '|' || byte_is_blank(c);
}

// The first of the cell's addresses that can be read and has a suffix.
static bool find_address(const struct web_rules *rules, str cell, struct address *address,
                         struct names *names, int *suffix, struct arena *arena)
{
    if (cell.len > CELL_LEN_MAX) return false;
    if (read_plain(cell, address)) {
        read_names(rules, address->host, names);
        *suffix = find_suffix(names, SUFFIX_AT);
        return *suffix != NO_NAME;
    }
    size_t at = 0;
    while (at < cell.len) {
        size_t start = at;
        while (at < cell.len && !separates(cell.data[at])) at++;
        // "www,acme.fi": the comma is a dot.
        str piece = {cell.data + start, at - start};
        if (str_equal_nocase(piece, STR("www")) && at < cell.len && cell.data[at] == ',') {
            start = ++at;
            while (at < cell.len && !separates(cell.data[at])) at++;
            piece = (str){cell.data + start, at - start};
        }
        at++;
        if (piece.len == 0 || !read_address(piece, address, arena)) continue;
        read_names(rules, address->host, names);
        *suffix = find_suffix(names, SUFFIX_AT);
        if (*suffix != NO_NAME) return true;
    }
    return false;
}

struct value web_site(const struct web_rules *rules, str cell, struct arena *arena)
{
    struct address address;
    struct names names;
    int suffix;
    if (cell.len == 0) return value_kept(cell);
    if (!find_address(rules, cell, &address, &names, &suffix, arena)) return value_bad(cell);
    return value_of(cell, join(address.host, address.path, arena), "url");
}

// The registrable domain of a host with this suffix, or "" when somebody else's domain gives the
// name out. A hosting company's own site is not hosted: "github.io" has no name below it.
static str own_domain(const struct names *names, int suffix)
{
    int hosted = find_suffix(names, HOSTED_AT);
    if (hosted != NO_NAME && hosted + 1 < (int)names->count) return STR("");
    return below_suffix(names, suffix);
}

static str site_domain(const struct names *names, int suffix)
{
    return is_shared(names) ? STR("") : own_domain(names, suffix);
}

struct site web_read(const struct web_rules *rules, str cell, struct arena *arena)
{
    struct address address;
    struct names names;
    int suffix;
    if (cell.len == 0) return (struct site){value_kept(cell), STR("")};
    // What is no site may still be read as a whole; but then its top level is not known.
    if (!find_address(rules, cell, &address, &names, &suffix, arena)) {
        return (struct site){value_bad(cell), web_domain(rules, cell, arena)};
    }
    return (struct site){value_of(cell, join(address.host, address.path, arena), "url"),
                         site_domain(&names, suffix)};
}

str web_domain(const struct web_rules *rules, str site, struct arena *arena)
{
    struct address address;
    struct names names;
    if (site.len > CELL_LEN_MAX || !read_address(site, &address, arena)) return STR("");
    read_names(rules, address.host, &names);
    return site_domain(&names, find_suffix(&names, SUFFIX_AT));
}

str web_email_domain(const struct web_rules *rules, str email, struct arena *arena)
{
    struct address address;
    struct names names;
    size_t at = email.len;
    while (at && email.data[at - 1] != '@') at--;
    if (at == 0 || !read_address(str_from(email, at), &address, arena)) return STR("");
    read_names(rules, address.host, &names);
    return own_domain(&names, find_suffix(&names, SUFFIX_AT));
}

// ---- LinkedIn ----

static bool is_linkedin_host(str host)
{
    return str_equal(host, STR("linkedin.com")) || str_ends(host, STR(".linkedin.com"));
}

bool web_is_linkedin(str cell)
{
    for (size_t i = 0; i + 12 <= cell.len; i++) {
        if ((cell.data[i] | 32) != 'l') continue;
        if (str_equal_nocase((str){cell.data + i, 12}, STR("linkedin.com"))) return true;
    }
    return false;
}

// The kind of page and its name from "/in/jane-doe-1234/fi": the first two steps of the path.
static bool read_profile(str path, str *kind, str *name)
{
    static const char *const kinds[] = {"in", "pub", "company", "school", "showcase"};
    str rest = path, step;
    while (str_cut(&rest, '/', &step) && step.len == 0) continue;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!str_equal_nocase(step, str_of(kinds[i]))) continue;
        *kind = str_of(kinds[i]);
        return str_cut(&rest, '/', name) && name->len > 0;
    }
    return false;
}

static bool is_slug(str slug)
{
    for (size_t i = 0; i < slug.len; i++) {
        char c = slug.data[i];
        bool is_good = byte_is_letter(c) || byte_is_digit(c) || (c & 0x80) || c == '-' ||
                       c == '_' || c == '.' || c == '%' || c == '/' || c == '~';
        if (!is_good) return false;
    }
    return true;
}

struct value web_linkedin(const struct web_rules *rules, str cell, struct arena *arena)
{
    (void)rules;
    if (cell.len == 0) return value_kept(cell);
    struct address address;
    str kind, name, path = cell;
    bool is_bare = str_starts(cell, STR("/in/")) || str_starts(cell, STR("in/"));
    if (!is_bare) {
        if (cell.len > CELL_LEN_MAX || !read_address(cell, &address, arena)) return value_bad(cell);
        if (!is_linkedin_host(address.host)) return value_bad(cell);
        path = address.path;
    }
    if (!read_profile(path, &kind, &name)) return value_bad(cell);
    // "/pub/jane-doe/1/2a/3b4" is a person by the whole path.
    bool is_old = str_equal(kind, STR("pub"));
    str slug = is_old ? str_from(path, (size_t)(name.data - path.data)) : name;
    if (!is_slug(slug)) return value_bad(cell);
    str prefix = arena_format(arena, "https://www.linkedin.com/%.*s/", STR_ARG(kind));
    return value_of(cell, join(prefix, lower_host(slug, arena), arena), "url");
}
