#define PCRE2_CODE_UNIT_WIDTH 8
#include "pattern.h"

#include <pcre2.h>
#include <stdio.h>

#include "core/base/memory.h"

// Enough for any sensible rule on any cell; at 20,000 internal steps the worst case is well below
// a millisecond (research/email.md 4.5).
enum {
    MATCH_LIMIT = 20000,
    DEPTH_LIMIT = 1000,
    HEAP_LIMIT_KIB = 1024,
    PATTERN_BYTES_MAX = 32768,
    GROUPS_MAX = 16,
    JIT_STACK_START = 32 << 10,
    JIT_STACK_MAX = 512 << 10,
};

struct pattern {
    pcre2_code *ascii; // NULL when the expression itself is not ASCII
    pcre2_code *utf;   // NULL for PATTERN_BYTES
    bool ascii_jit, utf_jit;
    uint32_t length_min;   // shortest subject that can match, in bytes
    int byte_needed;       // a byte every ASCII match holds, or -1
    const uint8_t *begins; // 256 bits: bytes an ASCII match may begin with; NULL = any
};

struct pattern_scratch {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
};

bool pattern_has_jit(void)
{
    uint32_t has = 0;
    pcre2_config(PCRE2_CONFIG_JIT, &has);
    return has != 0;
}

// PCRE2's memory comes from ours, so that running out of it is handled where everything else is: an
// answer without memory would be a wrong answer.
static void *take_memory(size_t bytes, void *unused)
{
    (void)unused;
    return memory_alloc(bytes);
}

static void give_memory(void *memory, void *unused)
{
    (void)unused;
    memory_free(memory);
}

// What is made with it keeps a copy: free it at once.
static pcre2_general_context *our_memory(void)
{
    return pcre2_general_context_create(take_memory, give_memory, NULL);
}

static pcre2_code *compile(str expression, uint32_t options, struct pattern_fault *fault)
{
    int code;
    PCRE2_SIZE offset;
    pcre2_general_context *memory = our_memory();
    pcre2_compile_context *context = pcre2_compile_context_create(memory);
    pcre2_general_context_free(memory);
    pcre2_set_max_pattern_length(context, PATTERN_BYTES_MAX);
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)expression.data, expression.len, options,
                                         &code, &offset, context);
    pcre2_compile_context_free(context);
    if (compiled || !fault) return compiled;
    fault->offset = offset;
    pcre2_get_error_message(code, (PCRE2_UCHAR *)fault->text, sizeof fault->text);
    return NULL;
}

static bool try_jit(pcre2_code *code)
{
    return code && pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0;
}

// What PCRE2 found out about every match: its first bytes, the last literal byte it must hold.
// Cheap tests before the match.
static void learn_needs(struct pattern *pattern)
{
    uint32_t type = 0, unit = 0;
    pattern->byte_needed = -1;
    if (!pattern->ascii) return;
    pcre2_pattern_info(pattern->ascii, PCRE2_INFO_MINLENGTH, &pattern->length_min);
    pcre2_pattern_info(pattern->ascii, PCRE2_INFO_FIRSTBITMAP, &pattern->begins);
    pcre2_pattern_info(pattern->ascii, PCRE2_INFO_LASTCODETYPE, &type);
    if (!type) return;
    pcre2_pattern_info(pattern->ascii, PCRE2_INFO_LASTCODEUNIT, &unit);
    // Letters may be wanted in either case; testing for both is not worth a second memchr.
    if (unit < 0x80 && !byte_is_letter((char)unit)) pattern->byte_needed = (int)unit;
}

struct pattern *pattern_compile(str expression, unsigned flags, struct pattern_fault *fault)
{
    uint32_t options = PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
    if (flags & PATTERN_CASELESS) options |= PCRE2_CASELESS;
    if (flags & PATTERN_WHOLE) options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
    bool is_bytes = flags & PATTERN_BYTES;

    struct pattern *pattern = memory_zeroed(1, sizeof *pattern);
    if (!is_bytes) {
        pattern->utf = compile(expression, options | PCRE2_UTF | PCRE2_UCP, fault);
        if (!pattern->utf) goto failed;
        pattern->utf_jit = try_jit(pattern->utf);
    }
    if (is_bytes || str_is_ascii(expression)) {
        // \p{..}, \x{100} and (*UTF) need UTF: then the UTF program serves ASCII subjects as well.
        pattern->ascii = compile(expression, options | PCRE2_NEVER_UTF, is_bytes ? fault : NULL);
        if (is_bytes && !pattern->ascii) goto failed;
        pattern->ascii_jit = try_jit(pattern->ascii);
    }
    learn_needs(pattern);
    return pattern;
failed:
    pattern_free(pattern);
    return NULL;
}

void pattern_free(struct pattern *pattern)
{
    if (!pattern) return;
    pcre2_code_free(pattern->ascii);
    pcre2_code_free(pattern->utf);
    memory_free(pattern);
}

bool pattern_flags(str letters, unsigned *flags, char *bad)
{
    *flags = 0;
    for (size_t i = 0; i < letters.len; i++) {
        *bad = letters.data[i];
        if (*bad != 'i') return false;
        *flags |= PATTERN_CASELESS;
    }
    return true;
}

struct pattern_scratch *pattern_scratch_new(void)
{
    struct pattern_scratch *scratch = memory_alloc(sizeof *scratch);
    pcre2_general_context *memory = our_memory();
    scratch->data = pcre2_match_data_create(GROUPS_MAX, memory);
    scratch->context = pcre2_match_context_create(memory);
    scratch->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MAX, memory);
    pcre2_general_context_free(memory);
    pcre2_set_match_limit(scratch->context, MATCH_LIMIT);
    pcre2_set_depth_limit(scratch->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(scratch->context, HEAP_LIMIT_KIB);
    if (scratch->stack) pcre2_jit_stack_assign(scratch->context, NULL, scratch->stack);
    return scratch;
}

void pattern_scratch_free(struct pattern_scratch *scratch)
{
    if (!scratch) return;
    pcre2_match_data_free(scratch->data);
    pcre2_match_context_free(scratch->context);
    pcre2_jit_stack_free(scratch->stack);
    memory_free(scratch);
}

static int run(const pcre2_code *code, bool jit, struct pattern_scratch *scratch, str subject)
{
    PCRE2_SPTR data = (PCRE2_SPTR)(subject.data ? subject.data : "");
    int found = PCRE2_ERROR_JIT_BADOPTION;
    if (jit) {
        found = pcre2_jit_match(code, data, subject.len, 0, 0, scratch->data, scratch->context);
        if (found >= PCRE2_ERROR_NOMATCH) return found;
    }
    return pcre2_match(code, data, subject.len, 0, PCRE2_NO_JIT | PCRE2_NO_UTF_CHECK, scratch->data,
                       scratch->context);
}

// Whether a match may begin anywhere in the subject.
static bool may_begin(const struct pattern *pattern, str subject)
{
    if (!pattern->begins) return true;
    for (size_t i = 0; i < subject.len; i++) {
        unsigned char byte = (unsigned char)subject.data[i];
        if (pattern->begins[byte / 8] >> byte % 8 & 1) return true;
    }
    return false;
}

static int match(const struct pattern *pattern, struct pattern_scratch *scratch, str subject)
{
    if (subject.len < pattern->length_min) return PCRE2_ERROR_NOMATCH;
    if (pattern->byte_needed >= 0 && str_find(subject, (char)pattern->byte_needed) < 0) {
        return PCRE2_ERROR_NOMATCH;
    }
    if (subject.len > PATTERN_SUBJECT_MAX) return PCRE2_ERROR_MATCHLIMIT;
    if (pattern->ascii && (!pattern->utf || str_is_ascii(subject))) {
        if (!may_begin(pattern, subject)) return PCRE2_ERROR_NOMATCH;
        return run(pattern->ascii, pattern->ascii_jit, scratch, subject);
    }
    return run(pattern->utf, pattern->utf_jit, scratch, subject);
}

static enum pattern_answer answer(int found)
{
    if (found >= 0) return PATTERN_YES;
    return found == PCRE2_ERROR_NOMATCH ? PATTERN_NO : PATTERN_LIMIT;
}

enum pattern_answer pattern_search(const struct pattern *pattern, struct pattern_scratch *scratch,
                                   str subject)
{
    return answer(match(pattern, scratch, subject));
}

enum pattern_answer pattern_groups(const struct pattern *pattern, struct pattern_scratch *scratch,
                                   str subject, str groups[], size_t count)
{
    int found = match(pattern, scratch, subject);
    if (found < 0) return answer(found);
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(scratch->data);
    uint32_t known = found == 0 ? GROUPS_MAX : (uint32_t)found;
    for (size_t i = 0; i < count; i++) {
        groups[i] = (str){0};
        if (i >= known || ends[2 * i] == PCRE2_UNSET) continue;
        groups[i] = (str){subject.data + ends[2 * i], ends[2 * i + 1] - ends[2 * i]};
    }
    return PATTERN_YES;
}

bool pattern_matches_empty(struct pattern *pattern, struct pattern_scratch *scratch)
{
    return pattern_search(pattern, scratch, (str){"", 0}) == PATTERN_YES;
}

static const pcre2_code *program_for_ascii(const struct pattern *pattern)
{
    return pattern->ascii ? pattern->ascii : pattern->utf;
}

static bool is_anchored(const pcre2_code *code)
{
    uint32_t options = 0;
    pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
    return options & PCRE2_ANCHORED;
}

bool pattern_may_begin(const struct pattern *pattern, struct pattern_scratch *scratch, str start)
{
    const pcre2_code *code = program_for_ascii(pattern);
    if (start.len == 0 || !is_anchored(code)) return true;
    // A hard partial match is one that more text could still make a match, or unmake.
    uint32_t options = PCRE2_PARTIAL_HARD | PCRE2_NO_JIT | PCRE2_NO_UTF_CHECK;
    return pcre2_match(code, (PCRE2_SPTR)start.data, start.len, 0, options, scratch->data,
                       scratch->context) != PCRE2_ERROR_NOMATCH;
}

static void add_byte(struct pattern_start *start, unsigned byte)
{
    if (byte < 0x80) start->bytes[byte / 64] |= (uint64_t)1 << byte % 64;
}

struct pattern_start pattern_learn_start(const struct pattern *pattern,
                                         struct pattern_scratch *scratch)
{
    const pcre2_code *code = program_for_ascii(pattern);
    struct pattern_start start = {.is_anchored = is_anchored(code)};
    uint32_t is_empty = 1, type = 0, unit = 0;
    const uint8_t *bitmap = NULL;
    pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &is_empty);
    if (is_empty) return start;
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODETYPE, &type);
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODEUNIT, &unit);
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTBITMAP, &bitmap);
    start.is_known = start.is_anchored || type == 1 || bitmap;
    for (unsigned byte = 0; byte < 0x80; byte++) {
        char text = (char)byte;
        bool may_begin = start.is_anchored ? pattern_may_begin(pattern, scratch, (str){&text, 1})
                         : type == 1       ? byte_lower(text) == byte_lower((char)unit)
                                           : bitmap && bitmap[byte / 8] >> byte % 8 & 1;
        if (may_begin) add_byte(&start, byte);
    }
    return start;
}
