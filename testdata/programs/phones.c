// phones: what core/lead/phone.h makes of a list of telephone numbers, to be held against another
// reader of them, and how long it takes.
//
//     phones RULES-DIR <numbers.tsv >answers.tsv      rows COUNTRY TAB TEXT, "--" is no country
//     phones RULES-DIR time <numbers.tsv              nanoseconds a number, one thread
//
// An answer has eleven columns: five of libphonenumber's steps alone (error or E.164, kind, region,
// level, extension), then E.164, kind, region, level, extension and reason of phone_parse.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/buffer.h"
#include "core/lead/phone_read.h"
#include "core/lead/phone_repair.h"

enum { ROUNDS = 5 };

struct row {
    str country, text;
};

struct rows {
    struct buffer bytes;
    struct row *at;
    size_t count;
};

static void fail(const char *message)
{
    fprintf(stderr, "phones: %s\n", message);
    exit(2);
}

static void read_rows(struct rows *rows)
{
    char block[1 << 16];
    size_t got, room = 0;
    while ((got = fread(block, 1, sizeof block, stdin)) > 0) {
        buffer_add(&rows->bytes, (str){block, got});
    }
    str rest = buffer_str(&rows->bytes), line;
    while (rest.len && str_cut(&rest, '\n', &line)) {
        if (rows->count == room) {
            room = 2 * room + 1024;
            rows->at = realloc(rows->at, room * sizeof *rows->at);
            if (!rows->at) fail("out of memory");
        }
        struct row *row = &rows->at[rows->count++];
        if (!str_cut(&line, '\t', &row->country)) fail("a row without a tab");
        row->text = line;
        if (str_equal(row->country, STR("--"))) row->country = STR("");
    }
}

// libphonenumber's steps and nothing else.
static void put_exactly(const struct phone_rules *rules, const struct row *row)
{
    static const char *const faults[] = {"",           "not_a_number", "no_country",
                                         "no_country", "too_short",    "too_long"};
    struct phone_symbols symbols;
    struct phone_scan scan;
    struct phone_reading reading;
    if (!phone_symbols_of(row->text, &symbols) || !phone_scan(&symbols, &scan)) {
        printf("!not_a_number\t\t\t\t\t");
        return;
    }
    const struct phone_plan *home = phone_rules_plan(rules, row->country);
    phone_read(rules, home, scan.has_plus, scan.digits, scan.count, &reading);
    if (reading.fault) {
        printf("!%s\t\t\t\t\t", faults[reading.fault]);
        return;
    }
    struct phone phone = {0};
    phone_fill(&reading, &phone);
    bool is_possible = phone_length_is_possible(rules, reading.code, reading.count);
    printf("%s\t%s\t%s\t%s\t", phone.e164, phone_kind_name(phone.kind), phone.region,
           phone.kind    ? "valid"
           : is_possible ? "possible"
                         : "invalid");
    for (size_t i = 0; i < scan.extension_len; i++) putchar('0' + scan.extension[i]);
    putchar('\t');
}

static void put_answers(const struct phone_rules *rules, const struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        struct phone phone;
        put_exactly(rules, &rows->at[i]);
        phone_parse(rules, rows->at[i].text, rows->at[i].country, &phone);
        printf("%s\t%s\t%s\t%s\t%s\t%s\n", phone.e164, phone_kind_name(phone.kind), phone.region,
               phone_level_name(phone.level), phone.ext, phone.reason ? phone.reason : "");
    }
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// The best of some rounds: another program on the machine can only make a round slower.
static void put_time(const struct phone_rules *rules, const struct rows *rows)
{
    double best = 0;
    size_t valid = 0;
    for (int round = 0; round < ROUNDS; round++) {
        valid = 0;
        double begin = seconds_now();
        for (size_t i = 0; i < rows->count; i++) {
            struct phone phone;
            phone_parse(rules, rows->at[i].text, rows->at[i].country, &phone);
            valid += phone.level == PHONE_VALID;
        }
        double took = seconds_now() - begin;
        if (round == 0 || took < best) best = took;
    }
    if (rows->count == 0) fail("no numbers");
    printf("%.0f ns a number, %zu numbers, %zu valid\n", best * 1e9 / (double)rows->count,
           rows->count, valid);
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3 || (argc == 3 && strcmp(argv[2], "time") != 0)) {
        fail("usage: phones RULES-DIR [time] <numbers.tsv");
    }
    struct rulebook book = {0};
    struct phone_rules rules = {0};
    struct rows rows = {0};
    struct err err = {0};
    rulebook_add_dir(&book, argv[1]);
    if (!phone_rules_load(&rules, &book, &err)) fail(err.text);
    read_rows(&rows);
    if (argc == 3) {
        put_time(&rules, &rows);
    } else {
        put_answers(&rules, &rows);
    }
    phone_rules_release(&rules);
    rulebook_release(&book);
    buffer_release(&rows.bytes);
    free(rows.at);
    return fflush(stdout) == 0 ? 0 : 2;
}
