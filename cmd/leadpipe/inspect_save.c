#include "inspect_save.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/cli/chain.h"
#include "cmd/cli/message.h"
#include "cmd/cli/program.h"
#include "cmd/cli/stage_normalize.h"
#include "core/normalize/export.h"
#include "core/normalize/profile.h"
#include "core/normalize/sources_parse.h"

enum { PATH_BYTES = 1200 };

void inspect_check_name(const char *name)
{
    if (profile_name_is_good(str_of(name))) return;
    if (source_is_word(str_of(name))) {
        message_usage("--save: '%s' is a kind of source; a profile needs a name of its own", name);
    }
    message_usage("--save: '%s' is not a letter followed by letters, digits, _ and -", name);
}

// Makes a folder and those above it.
static bool make_folders(const char *path, struct err *err)
{
    char part[PATH_BYTES];
    snprintf(part, sizeof part, "%s", path);
    for (char *slash = part + 1; *slash; slash++) {
        if (*slash != '/') continue;
        *slash = '\0';
        mkdir(part, 0777);
        *slash = '/';
    }
    if (mkdir(part, 0777) == 0 || errno == EEXIST) return true;
    err_set(err, ERR_IO, path, 0, "cannot make this folder: %s", strerror(errno));
    return err_hint(err, "name a folder of your own with --rules-dir");
}

static bool find_path(char path[PATH_BYTES], const char *name, struct err *err)
{
    char folder[PATH_BYTES];
    const char *rules = common.rules_dirs.count ? common.rules_dirs.items[0] : common_user_rules();
    if (!rules) {
        err_set(err, ERR_IO, NULL, 0, "there is no home folder for rules");
        return err_hint(err, "name a folder of your own with --rules-dir");
    }
    int len = snprintf(folder, sizeof folder, "%s/sources", rules);
    if ((size_t)len + strlen(name) + 8 > PATH_BYTES) {
        return err_set(err, ERR_IO, rules, 0, "the name of this folder is too long");
    }
    if (!make_folders(folder, err)) return false;
    snprintf(path, PATH_BYTES, "%.1100s/%.80s.rules", folder, name);
    return true;
}

// Whether something of that name is there: a file where it is to be written, a shipped file that it
// would hide, a profile in another file.
static bool is_taken(const struct setup *setup, const char *name, const char *path, struct err *err)
{
    char rules[200];
    snprintf(rules, sizeof rules, "sources/%s.rules", name);
    const char *there = access(path, F_OK) == 0 ? path : rulebook_where(setup->book, str_of(rules));
    const struct source_profile *profile =
        sources_find(&normalizer_knowledge()->sources, str_of(name));
    if (!there && profile) there = profile->place.file;
    if (!there) return false;
    err_set(err, ERR_USAGE, there, 0, "there is a profile of that name already");
    err_hint(err, "save it under another name, or replace it with --force");
    return true;
}

// A name that a profile in another file has cannot be given again: its own file would not be read.
static bool is_other_profile(const char *name, const char *path, struct err *err)
{
    const struct source_profile *profile =
        sources_find(&normalizer_knowledge()->sources, str_of(name));
    char own[PATH_BYTES];
    snprintf(own, sizeof own, "%s.rules", name);
    const char *slash = profile ? strrchr(profile->place.file, '/') : NULL;
    if (!profile || strcmp(slash ? slash + 1 : profile->place.file, own) == 0) return false;
    err_set(err, ERR_USAGE, profile->place.file, 0, "a profile in this file has that name");
    err_hint(err, "save '%s' under another name", path);
    return true;
}

static bool is_known_by_header(const struct export_plan *plan)
{
    return plan->has_header && plan->header_known;
}

// What was written must be rules: checked before it can spoil the folder.
static bool is_readable(const char *path, str text, struct err *err)
{
    struct sources sources = {0};
    struct diagnostics diagnostics = {0};
    sources_parse(&sources, (struct rule_text){path, text}, &diagnostics);
    bool ok = diagnostics_ok(&diagnostics, err);
    sources_release(&sources);
    diagnostics_release(&diagnostics);
    return ok;
}

// Reads the export again with all rules loaded anew, among them what was written; the source is
// named only where no header tells it.
static bool read_again(const struct export_plan *before, const char *name, const char *path,
                       struct buffer *differences, struct err *err)
{
    struct rulebook book = {0};
    struct diagnostics diagnostics = {0};
    struct knowledge knowledge = {.persons = normalizer_knowledge()->persons};
    struct setup setup;
    struct export_options options = {.has_encoding = true,
                                     .encoding = before->decoding.encoding,
                                     .delimiter = before->dialect.delimiter};
    struct export_input input = {path, &options, program_stop()};
    if (!is_known_by_header(before)) options.source = str_of(name);
    common_setup(&setup, &book, &diagnostics);
    bool ok = knowledge_load(&knowledge, &book, &diagnostics, err);
    struct export_source *exports = ok ? export_source_open(&input, 1, &knowledge, 0, err) : NULL;
    const struct export_plan *after = exports ? export_source_plan(exports, 0) : NULL;
    bool is_used = after && after->profile && str_equal(after->profile->name, str_of(name));
    if (after && !is_used) buffer_add(differences, STR("it is taken for another source\n"));
    if (is_used) profile_reads_back(before, after, differences);
    export_source_close(exports);
    knowledge_release(&knowledge);
    diagnostics_release(&diagnostics);
    rulebook_release(&book);
    return after != NULL;
}

static void say_differences(str text)
{
    str line;
    while (str_cut(&text, '\n', &line)) {
        if (line.len) message_warning("read again with the profile, %.*s", STR_ARG(line));
    }
}

bool inspect_save(const struct setup *setup, const struct export_plan *plan, const char *name,
                  const char *path, bool is_forced, struct err *err)
{
    char rules[PATH_BYTES];
    struct buffer text = {0}, differences = {0};
    if (!find_path(rules, name, err) || is_other_profile(name, rules, err)) return false;
    if (!is_forced && is_taken(setup, name, rules, err)) return false;
    profile_write(plan, str_of(name), &text);
    bool ok =
        is_readable(rules, buffer_str(&text), err) && write_file(rules, buffer_str(&text), err);
    buffer_release(&text);
    if (!ok) return false;
    message_note("saved as %s; %s--source %s uses it", rules,
                 is_known_by_header(plan)
                     ? "exports with these headers are known by it from now on, and "
                     : "",
                 name);
    if (strcmp(path, "-") == 0) return true; // can be read once
    ok = read_again(plan, name, path, &differences, err);
    if (differences.len) say_differences(buffer_str(&differences));
    buffer_release(&differences);
    return ok;
}
