#include "strict.h"

#include <inttypes.h>

#include "core/base/utf8.h"

enum fault {
    FAULT_NONE,
    FAULT_CUT, // the text ends inside the record
    FAULT_QUOTE_INSIDE,
    FAULT_TEXT_BEHIND,
    FAULT_BARE_CR,
    FAULT_NUL,
    FAULT_UTF8,
};

struct walked {
    size_t end; // offset of the LF
    uint64_t fields;
    uint64_t newlines; // inside quotes
    enum fault fault;
};

// Whether a line end begins at i. A CR as the last byte may be one.
static bool is_line_end(str text, size_t i)
{
    if (text.data[i] == '\n') return true;
    return text.data[i] == '\r' && i + 1 < text.len && text.data[i + 1] == '\n';
}

// From behind the opening quote to behind the closing one.
static enum fault skip_quoted(str text, size_t *at, uint64_t *newlines)
{
    size_t i = *at;
    for (;; i++) {
        if (i == text.len) return FAULT_CUT;
        if (text.data[i] == '\n') ++*newlines;
        if (text.data[i] != '"') continue;
        if (++i == text.len) return FAULT_CUT;
        if (text.data[i] != '"') break;
    }
    *at = i;
    if (text.data[i] == ',' || is_line_end(text, i)) return FAULT_NONE;
    return text.data[i] == '\r' && i + 1 == text.len ? FAULT_CUT : FAULT_TEXT_BEHIND;
}

static enum fault skip_bare(str text, size_t *at)
{
    size_t i = *at;
    for (;; i++) {
        if (i == text.len) return FAULT_CUT;
        if (text.data[i] == '"') return FAULT_QUOTE_INSIDE;
        if (text.data[i] == ',' || is_line_end(text, i)) break;
        if (text.data[i] == '\r') return i + 1 == text.len ? FAULT_CUT : FAULT_BARE_CR;
    }
    *at = i;
    return FAULT_NONE;
}

static struct walked walk(str text, size_t at)
{
    struct walked walked = {0};
    size_t start = at;
    for (;; at++) {
        bool is_quoted = at < text.len && text.data[at] == '"';
        if (is_quoted) at++;
        walked.fault = is_quoted ? skip_quoted(text, &at, &walked.newlines) : skip_bare(text, &at);
        if (walked.fault) return walked;
        walked.fields++;
        if (text.data[at] != ',') break;
    }
    walked.end = at + (text.data[at] == '\r');
    str record = {text.data + start, walked.end - start};
    if (str_find(record, '\0') >= 0)
        walked.fault = FAULT_NUL;
    else if (!utf8_is_valid(record))
        walked.fault = FAULT_UTF8;
    return walked;
}

static const char *fault_text(enum fault fault)
{
    switch (fault) {
    case FAULT_NONE: break;
    case FAULT_CUT: return "a quote is not closed";
    case FAULT_QUOTE_INSIDE: return "a quote inside a field that does not begin with one";
    case FAULT_TEXT_BEHIND: return "text behind a closing quote";
    case FAULT_BARE_CR: return "a carriage return that is neither quoted nor before a line feed";
    case FAULT_NUL: return "a NUL byte";
    case FAULT_UTF8: return "not valid UTF-8";
    }
    return "";
}

static bool fail_columns(const struct strict_place *place, uint64_t line,
                         const struct walked *walked, bool is_blank, struct err *err)
{
    if (is_blank) {
        err_set(err, ERR_DATA, place->name, (long)line, "a blank line");
    } else {
        err_set(err, ERR_DATA, place->name, (long)line,
                "record has %" PRIu64 " column%s, the header has %" PRIu32, walked->fields,
                walked->fields == 1 ? "" : "s", place->columns);
    }
    return err_hint(err, "run lead-normalize first: it reads CSV of any kind");
}

bool strict_check(str text, bool is_last, const struct strict_place *place, struct err *err)
{
    uint64_t line = place->line;
    for (size_t at = 0; at < text.len;) {
        struct walked walked = walk(text, at);
        if (walked.fault == FAULT_CUT && !is_last) return true;
        if (walked.fault) {
            err_set(err, ERR_DATA, place->name, (long)line, "%s", fault_text(walked.fault));
            return err_hint(err, "run lead-normalize first: it reads CSV of any kind");
        }
        if (place->columns && walked.fields != place->columns) {
            bool is_blank = is_line_end(text, at);
            return fail_columns(place, line, &walked, is_blank, err);
        }
        line += 1 + walked.newlines;
        at = walked.end + 1;
    }
    return true;
}
