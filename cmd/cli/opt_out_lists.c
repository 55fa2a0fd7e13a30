#include "opt_out_lists.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/suggest.h"
#include "core/dedupe/bare_list.h"
#include "inputs.h"
#include "list_reader.h"
#include "message.h"
#include "program.h"

// ---- what the options say

// What stands before a colon, when it can be a name; *rest is what follows, else all.
static str name_of(const char *text, const char **rest)
{
    size_t len = 0;
    while (byte_is_letter(text[len]) || byte_is_digit(text[len]) ||
           (text[len] && strchr("_-.", text[len]))) {
        len++;
    }
    *rest = len && text[len] == ':' ? text + len + 1 : text;
    return *rest == text ? (str){"", 0} : (str){text, len};
}

// A file that is there goes by its whole name, whatever colons are in it.
static str list_name(const char *option, const char **path)
{
    *path = option;
    return access(option, F_OK) == 0 ? (str){"", 0} : name_of(option, path);
}

static const char *const meaning_words[OPT_OUT_MEANINGS] = {"never_contact", "no_email",
                                                            "no_phone"};

static bool meaning_of(const char *word, enum opt_out_meaning *meaning, struct err *err)
{
    struct suggestion best = suggest_start(str_of(word));
    for (enum opt_out_meaning i = 0; i < OPT_OUT_MEANINGS; i++) {
        suggest_offer(&best, str_of(meaning_words[i]));
        *meaning = i;
        if (strcmp(word, meaning_words[i]) == 0) return true;
    }
    err_set(err, ERR_USAGE, NULL, 0,
            "--meaning takes never_contact, no_email or no_phone, not '%s'", word);
    if (best.word.len) err_hint(err, "did you mean %.*s?", STR_ARG(best.word));
    return false;
}

// The meaning of the list called name: the last that is given for it, else for all.
static bool list_meaning(const struct option_list *meanings, str name,
                         enum opt_out_meaning *meaning, struct err *err)
{
    bool is_own = false;
    *meaning = NEVER_CONTACT;
    for (size_t i = 0; i < meanings->count; i++) {
        const char *word;
        enum opt_out_meaning found;
        str of = name_of(meanings->items[i], &word);
        if (!meaning_of(word, &found, err)) return false;
        if (of.len ? !str_equal(of, name) : is_own) continue;
        *meaning = found;
        is_own |= of.len > 0;
    }
    return true;
}

// A meaning for a list that is not there would let its people through, or take others out.
static bool check_names(const struct option_list *files, const struct option_list *meanings,
                        struct err *err)
{
    if (meanings->count && files->count == 0) {
        return err_set(err, ERR_USAGE, NULL, 0, "--meaning is about the lists of --suppress");
    }
    for (size_t i = 0; i < meanings->count; i++) {
        const char *rest;
        str of = name_of(meanings->items[i], &rest);
        bool is_there = of.len == 0;
        for (size_t k = 0; k < files->count && !is_there; k++) {
            is_there = str_equal(of, list_name(files->items[k], &rest));
        }
        if (is_there) continue;
        err_set(err, ERR_USAGE, NULL, 0, "--meaning: no list of --suppress is called '%.*s'",
                STR_ARG(of));
        return err_hint(err, "--suppress %.*s:FILE calls it so", STR_ARG(of));
    }
    return true;
}

// ---- reading one

static bool is_regular(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

// What comes once only is put into a file that can be read twice, first of all what was looked at.
static bool spool(struct input *input, struct buffer *text, struct temp_file *file, struct err *err)
{
    enum { PIECE = 1 << 20 };
    for (;;) {
        uint64_t at;
        if (!temp_file_take(file, text->len, &at, err) ||
            !temp_file_write(file, buffer_str(text), at, err)) {
            return false;
        }
        buffer_clear(text);
        ssize_t got = input_read(input, buffer_room(text, PIECE), PIECE, err);
        if (got <= 0) return got == 0;
        text->len = (size_t)got;
    }
}

struct reading {
    const struct setup *setup;
    const struct dedupe_rules *rules;
    const struct key_lists *lists;
    struct known *known;
};

static bool read_export(const struct reading *reading, const char *path, struct err *err)
{
    struct stage stage;
    known_stage(reading->known, KNOWN_OPT_OUT, reading->rules, reading->lists, &stage);
    return list_read(reading->setup, path, &stage, err);
}

static bool read_as_export(const struct reading *reading, const char *path, struct input *input,
                           struct buffer *head, struct err *err)
{
    if (is_regular(path)) return read_export(reading, path, err);
    struct temp_file file;
    temp_file_init(&file, reading->setup->temp_dir);
    bool ok = spool(input, head, &file, err);
    if (ok) {
        char again[32];
        snprintf(again, sizeof again, "/proc/self/fd/%d", file.file);
        ok = read_export(reading, again, err);
    }
    temp_file_release(&file);
    return ok;
}

static bool read_list(const struct reading *reading, const char *path, struct err *err)
{
    inputs_protect(path);
    struct input *input = input_open(path, err);
    if (!input) return false;
    input_stop_on(input, program_stop());
    input_skip_digest(input);
    struct buffer head = {0};
    struct bare_list list;
    ssize_t got = input_read(input, buffer_room(&head, BARE_LIST_SAMPLE), BARE_LIST_SAMPLE, err);
    bool ok = got >= 0;
    if (ok) {
        head.len = (size_t)got;
        if (bare_list_guess(buffer_str(&head), got < BARE_LIST_SAMPLE, &list)) {
            ok = bare_list_read(&list, buffer_str(&head), input, &reading->known->outs, err);
        } else {
            ok = read_as_export(reading, path, input, &head, err);
        }
    }
    buffer_release(&head);
    input_close(input);
    return ok;
}

// ---- what they hold

static bool check_entries(const struct opt_outs *outs, const char *file, struct err *err)
{
    if (outs->entry_count == 0) {
        err_set(err, ERR_DATA, file, 0, "the opt-out list is empty");
        return err_hint(err, "leave --suppress out when nobody has opted out");
    }
    if (outs->key_count == 0) {
        err_set(err, ERR_DATA, file, 0,
                "none of the %" PRIu64
                " entries of the opt-out list is an address, a domain, a number or a digest",
                outs->entry_count);
        return err_hint(err, "numbers without a country code need --country");
    }
    if (outs->unusable_count == 0) return true;
    struct buffer places = {0};
    for (size_t i = 0; i < OPT_OUTS_UNUSABLE_SHOWN && i < outs->unusable_count; i++) {
        buffer_format(&places, "%s%.*s", i ? ", " : "", STR_ARG(outs->unusable[i]));
    }
    if (outs->unusable_count > OPT_OUTS_UNUSABLE_SHOWN) buffer_add(&places, STR(" ..."));
    message_warning("%" PRIu64 " of %" PRIu64
                    " entries of the opt-out list stop nobody: no address, domain, number or "
                    "digest that could be read (%.*s); numbers without a country code need "
                    "--country",
                    outs->unusable_count, outs->entry_count, (int)places.len, places.data);
    buffer_release(&places);
    return true;
}

static bool begin_list(struct opt_outs *outs, str name, const struct option_list *meanings,
                       struct err *err)
{
    enum opt_out_meaning meaning;
    if (str_equal(name, STR("opt_out")) || str_equal(name, STR("crm_opt_out"))) {
        return err_set(err, ERR_USAGE, NULL, 0,
                       "--suppress: a list cannot be called '%.*s': suppressed_by means another "
                       "thing by it",
                       STR_ARG(name));
    }
    if (!list_meaning(meanings, name, &meaning, err)) return false;
    opt_outs_begin_list(outs, name.len ? name : STR("opt_out_list"), meaning);
    return true;
}

bool opt_out_lists_read(const struct setup *setup, const struct option_list *files,
                        const struct option_list *meanings, const struct dedupe_rules *rules,
                        const struct key_lists *lists, struct known *known, struct err *err)
{
    const struct reading reading = {setup, rules, lists, known};
    struct opt_outs *outs = &known->outs;
    const char *first = NULL;
    if (!check_names(files, meanings, err)) return false;
    for (size_t i = 0; i < files->count; i++) {
        const char *path;
        str name = list_name(files->items[i], &path);
        if (!first) first = path;
        if (!begin_list(outs, name, meanings, err) || !read_list(&reading, path, err)) {
            return false;
        }
    }
    return files->count == 0 || (check_entries(outs, first, err) && opt_outs_seal(outs, err));
}
