// The pattern for a whole address, cut in two: what is behind the @ is matched once for every
// domain, and what is before it by a table of bytes, a byte a step.
//
// The rule file stays the authority. The pattern is cut only where the parts say the same:
//
//     \A[atom]++(?:\.[atom]++)*+@REST
//
// when the class, as PCRE2 itself answers for every byte, holds neither the dot nor the @: then the
// runs can only end at a dot, at the @ or in failure, the @ that is met is the first one, and REST
// is matched on the same bytes. REST goes on from that @, so that it sees what stands before it; it
// may not look further back, name groups or recurse. Every other pattern is asked whole.
#include "core/base/buffer.h"
#include "email_rules.h"

enum { LOCAL_OTHER, LOCAL_ATOM, LOCAL_DOT };

// Takes `text` from the start of *rest.
static bool take(str *rest, str text)
{
    if (!str_starts(*rest, text)) return false;
    *rest = str_from(*rest, text.len);
    return true;
}

// A bracket class without a bracket in it, brackets included; empty when there is none.
static str take_class(str *rest)
{
    ptrdiff_t end = str_find(*rest, ']');
    if (end < 2 || rest->data[0] != '[') return (str){"", 0};
    str class = str_first(*rest, (size_t)end + 1);
    if (str_find(str_from(class, 1), '[') >= 0 || class.data[end - 1] == '\\') {
        return (str){"", 0};
    }
    *rest = str_from(*rest, class.len);
    return class;
}

static bool holds(str text, str part)
{
    return text.len >= part.len && memmem(text.data, text.len, part.data, part.len);
}

// Looks back over one plain byte, or does not look back.
static bool looks_back_one(str at)
{
    if (!str_starts(at, STR("(?<"))) return true;
    return at.len > 5 && (at.data[3] == '!' || at.data[3] == '=') && at.data[4] != '\\' &&
           at.data[5] == ')';
}

// Whether the @ is not repeated and all alternatives are in brackets, so that each begins behind
// it.
static bool is_one_branch(str rest)
{
    int depth = 0;
    bool in_class = false;
    if (rest.len == 0 || memchr("?*+{", rest.data[0], 4)) return false;
    for (size_t i = 0; i < rest.len; i++) {
        char c = rest.data[i];
        if (c == '\\') {
            i++;
        } else if (in_class) {
            in_class = c != ']';
        } else if (c == '[') {
            in_class = true;
            i += i + 1 < rest.len && rest.data[i + 1] == '^';
            i += i + 1 < rest.len && rest.data[i + 1] == ']'; // first, it closes nothing
        } else if (c == '(' || c == ')') {
            depth += c == '(' ? 1 : -1;
            if (depth < 0) return false;
        } else if (c == '|' && depth == 0) {
            return false;
        }
    }
    return depth == 0 && !in_class;
}

// Whether the pattern behind the @ says the same of lower case, without what stands before the @:
// it refers to no groups and not to itself, and nothing in it tells upper from lower case.
static bool stands_alone(str rest)
{
    static const str refused[] = {{"(*", 2},  {"(?R", 3}, {"(?&", 3}, {"(?P", 3}, {"(?(", 3},
                                  {"(?C", 3}, {"(?-", 3}, {"(?+", 3}, {"(?^", 3}, {"(?#", 3},
                                  {"\\g", 2}, {"\\k", 2}, {"\\G", 2}, {"\\K", 2}, {"\\p", 2},
                                  {"\\P", 2}, {"\\Q", 2}, {"[:", 2},  {"(?x", 3}};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (holds(rest, refused[i])) return false;
    }
    for (size_t i = 0; i < rest.len; i++) {
        str at = str_from(rest, i);
        bool is_reference = at.len > 1 && at.data[0] == '\\' && byte_is_digit(at.data[1]);
        bool is_call = str_starts(at, STR("(?")) && at.len > 2 && byte_is_digit(at.data[2]);
        if (is_reference || is_call || !looks_back_one(at)) return false;
    }
    return is_one_branch(rest);
}

// Fills local_class from the bytes that the class holds. False when it cannot be asked, or when it
// holds the dot or the @.
static bool learn_class(struct email_rules *rules, str class)
{
    struct pattern_fault fault;
    struct pattern *pattern = pattern_compile(class, rules->accept_flags | PATTERN_WHOLE, &fault);
    if (!pattern) return false;
    struct pattern_scratch *scratch = pattern_scratch_new();
    for (int byte = 0; byte < 0x80; byte++) {
        char text = (char)byte;
        bool is_atom = pattern_search(pattern, scratch, (str){&text, 1}) == PATTERN_YES;
        rules->local_class[byte] = is_atom ? LOCAL_ATOM : LOCAL_OTHER;
    }
    pattern_scratch_free(scratch);
    pattern_free(pattern);
    rules->has_usual_atoms = true;
    for (const char *c = "abcdefghijklmnopqrstuvwxyz0123456789"; *c; c++) {
        rules->has_usual_atoms &= rules->local_class[(unsigned char)*c] == LOCAL_ATOM;
    }
    if (rules->local_class['.'] || rules->local_class['@']) return false;
    rules->local_class['.'] = LOCAL_DOT;
    return true;
}

// What stands behind the @ in the shipped pattern. It must be this text for is_plain_domain to
// speak for it.
static const char shipped_domain[] =
    "(?:(?!(?!xn)[a-z0-9-]{2}--)[a-z0-9][a-z0-9-]{0,62}+(?<!-)\\.)++"
    "(?:[a-z]{2,63}+|xn--[a-z0-9-]{1,59}+(?<!-))\\z";

// Domains that the shipped pattern surely accepts: small letters and digits with single hyphens and
// dots between them, and two letters or more behind the last dot.
static bool is_plain_domain(str domain)
{
    size_t start = 0;
    bool has_other = false; // in this label: what a top-level domain may not have
    char before = '.';
    for (size_t i = 0; i < domain.len; i++) {
        char c = domain.data[i];
        if (c >= 'a' && c <= 'z') {
        } else if (byte_is_digit(c)) {
            has_other = true;
        } else if (c == '-' && before != '-' && before != '.') {
            has_other = true;
        } else if (c == '.' && before != '-' && before != '.' && i - start <= 63) {
            start = i + 1;
            has_other = false;
        } else {
            return false;
        }
        before = c;
    }
    size_t last = domain.len - start;
    return start > 0 && !has_other && last >= 2 && last <= 63;
}

bool email_accept_domain(const struct email_worker *worker, str domain)
{
    char text[ADDRESS_BYTES_LOOKED_AT + 1] = "@";
    if (worker->rules->knows_plain_domains && is_plain_domain(domain)) return true;
    if (domain.len >= sizeof text || !str_is_ascii(domain)) return false;
    memcpy(text + 1, domain.data, domain.len);
    str from_at = {text, domain.len + 1};
    return pattern_search(worker->rules->behind_at, worker->scratch, from_at) == PATTERN_YES;
}

void email_accept_plan(struct email_rules *rules)
{
    str rest = rules->accept_address;
    // Case is given up before the parts are looked at.
    if (!(rules->accept_flags & PATTERN_CASELESS) || !take(&rest, STR("\\A"))) return;
    str class = take_class(&rest);
    bool is_cut = class.len && take(&rest, STR("++(?:\\.")) && take(&rest, class) &&
                  take(&rest, STR("++)*+@")) && stands_alone(rest) && learn_class(rules, class);
    if (!is_cut) return;
    struct pattern_fault fault;
    struct buffer text = {0};
    buffer_add(&text, STR("\\A@"));
    buffer_add(&text, rest);
    rules->behind_at = pattern_compile(buffer_str(&text), rules->accept_flags, &fault);
    buffer_release(&text);
    rules->knows_plain_domains = rules->behind_at && str_equal(rest, str_of(shipped_domain));
}

// local_class of small letters, digits and dots, eight bytes at a time; the last eight overlap.
// Returns false where it cannot tell.
static bool walk_words(str local, bool *is_accepted)
{
    uint64_t before = 0x80; // bit 7 of a byte: a dot; as if one stood in front
    *is_accepted = local.data[local.len - 1] != '.';
    for (size_t at = 0; at < local.len; at += 8) {
        uint64_t word;
        if (at + 8 > local.len) {
            at = local.len - 8;
            before = 0;
        }
        memcpy(&word, local.data + at, 8);
        uint64_t dots = word_between(word, '.', '.');
        uint64_t usual = word_between(word, 'a', 'z') | word_between(word, '0', '9') | dots;
        if (usual != 0x8080808080808080u) return false;
        if (dots & (dots << 8 | before)) *is_accepted = false;
        before = dots >> 56;
    }
    return true;
}

bool email_accept_local(const struct email_rules *rules, str local)
{
    unsigned before = LOCAL_DOT;
    bool is_accepted;
    bool may_walk_words = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && rules->has_usual_atoms;
    if (may_walk_words && local.len >= 8 && walk_words(local, &is_accepted)) return is_accepted;
    for (size_t i = 0; i < local.len; i++) {
        unsigned class = rules->local_class[(unsigned char)local.data[i]];
        if (class == LOCAL_OTHER || (class & before & LOCAL_DOT)) return false;
        before = class;
    }
    return before == LOCAL_ATOM;
}
