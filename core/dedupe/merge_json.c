// One object of the objects that several members hold: columns of exports that have no field.
#include "core/base/keytable.h"
#include "merge.h"

static str skip_blanks(str text)
{
    while (text.len && byte_is_blank(text.data[0])) text = str_from(text, 1);
    return text;
}

// The bytes of the string that begins there, with its quotes; 0 = it does not end.
static size_t string_bytes(str text)
{
    for (size_t i = 1; i < text.len; i++) {
        if (text.data[i] == '\\') {
            i++;
        } else if (text.data[i] == '"') {
            return i + 1;
        }
    }
    return 0;
}

// The bytes of the value that begins there; 0 = it does not end, or is more than 64 deep.
static size_t value_bytes(str text)
{
    enum { DEPTH_MAX = 64 };
    if (str_starts(text, STR("\""))) return string_bytes(text);
    uint64_t braces = 0; // bit 0: the innermost one open is a brace, no bracket
    size_t depth = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (depth == 0 && (c == ',' || c == '}' || byte_is_blank(c))) return i;
        if (c == '{' || c == '[') {
            if (depth++ == DEPTH_MAX) return 0;
            braces = braces << 1 | (c == '{');
        } else if (c == '}' || c == ']') {
            if (depth == 0 || (braces & 1) != (c == '}')) return 0;
            braces >>= 1;
            if (--depth == 0) return i + 1;
        } else if (c == '"') {
            size_t len = string_bytes(str_from(text, i));
            if (len == 0) return 0;
            i += len - 1;
        }
    }
    return 0;
}

struct json_member {
    str name, value; // as they stand
};

// Takes the next member of what is left of an object behind its brace. False at its end and when it
// is none; *is_whole tells which, and that nothing follows.
static bool next_member(str *rest, struct json_member *member, bool *is_whole)
{
    str text = skip_blanks(*rest);
    *is_whole = false;
    if (str_starts(text, STR(","))) text = skip_blanks(str_from(text, 1));
    if (str_starts(text, STR("}"))) {
        *is_whole = skip_blanks(str_from(text, 1)).len == 0;
        return false;
    }
    size_t len = str_starts(text, STR("\"")) ? string_bytes(text) : 0;
    member->name = str_first(text, len);
    text = skip_blanks(str_from(text, len));
    if (len == 0 || !str_starts(text, STR(":"))) return false;
    text = skip_blanks(str_from(text, 1));
    len = value_bytes(text);
    member->value = str_first(text, len);
    *rest = str_from(text, len);
    return len > 0;
}

static bool is_object(str text)
{
    struct json_member member;
    bool is_whole;
    text = skip_blanks(text);
    if (!str_starts(text, STR("{"))) return false;
    text = str_from(text, 1);
    while (next_member(&text, &member, &is_whole)) continue;
    return is_whole;
}

static void add(char *out, size_t *len, str text)
{
    memcpy(out + *len, text.data, text.len);
    *len += text.len;
}

str merge_objects(const str texts[], size_t count, struct arena *arena)
{
    size_t room = 2, len = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_object(texts[i])) return (str){"", 0};
        room += 2 * texts[i].len; // ", " and ": " for what stood there without the blank
    }
    struct key_table met = {0};
    char *out = arena_bytes(arena, room);
    add(out, &len, STR("{"));
    for (size_t i = 0; i < count; i++) {
        str rest = str_from(skip_blanks(texts[i]), 1);
        struct json_member member;
        bool is_whole;
        while (next_member(&rest, &member, &is_whole)) {
            if (!key_table_add(&met, hash_128(member.name))) continue;
            if (len > 1) add(out, &len, STR(", "));
            add(out, &len, member.name);
            add(out, &len, STR(": "));
            add(out, &len, member.value);
        }
    }
    add(out, &len, STR("}"));
    key_table_release(&met);
    return (str){out, len};
}
