// emails: how long the verdict on an address takes.
//
//     emails RULES-DIR [OWN-DIR] <addresses.txt     one a line, in the order in which a list has
//     them
//
// Prints the nanoseconds of a full verdict and of one on the form alone, one thread, the best of
// some rounds (the first of which meets every domain anew), and the microseconds of the slowest of
// thirteen shapes that make careless patterns explode, of 50 kB and of as many bytes as are looked
// at; with OWN-DIR, a user's rules, of an address on which one of them is given up.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/validate/email.h"
#include "core/validate/email_attacks.h"

enum { ROUNDS = 5, BATCH = 1000, AHEAD = 6, ATTACK_BYTES = 50000, LOOKED_AT_BYTES = 310 };

struct addresses {
    struct buffer bytes;
    str *at;
    size_t count, capacity;
};

static void fail(const char *message)
{
    fprintf(stderr, "emails: %s\n", message);
    exit(2);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void read_addresses(struct addresses *addresses)
{
    char block[1 << 16];
    size_t got;
    while ((got = fread(block, 1, sizeof block, stdin)) > 0) {
        buffer_add(&addresses->bytes, (str){block, got});
    }
    str rest = buffer_str(&addresses->bytes), line;
    while (rest.len && str_cut(&rest, '\n', &line)) {
        addresses->at = memory_grow(addresses->at, &addresses->capacity, addresses->count + 1,
                                    sizeof *addresses->at);
        addresses->at[addresses->count++] = line;
    }
}

static struct email_rules *load(struct rulebook *book, enum email_scope scope)
{
    struct diagnostics diagnostics = {0};
    struct err err = {0};
    struct email_rules *rules = email_rules_load(book, scope, &diagnostics, &err);
    diagnostics_release(&diagnostics);
    if (!rules) fail(err.text);
    return rules;
}

// Seconds for all addresses, as the stage asks for them: told of some ahead, in batches.
static double time_all(struct email_worker *worker, const struct addresses *addresses)
{
    struct arena arena = {0};
    struct email_verdict verdict;
    double start = seconds();
    for (size_t i = 0; i < addresses->count; i++) {
        if (i + AHEAD < addresses->count) email_check_soon(worker, addresses->at[i + AHEAD]);
        email_check(worker, addresses->at[i], &arena, &verdict);
        if (i % BATCH == BATCH - 1) {
            arena_reset(&arena);
            email_worker_trim(worker);
        }
    }
    double taken = seconds() - start;
    arena_release(&arena);
    return taken;
}

static double best_of(const struct email_rules *rules, const struct addresses *addresses,
                      double *first)
{
    struct email_worker *worker = email_worker_new(rules);
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double taken = time_all(worker, addresses);
        if (round == 0) *first = taken;
        if (taken < best) best = taken;
    }
    email_worker_free(worker);
    return best;
}

// Seconds for one verdict, the best of some rounds.
static double time_one(struct email_worker *worker, str address)
{
    struct arena arena = {0};
    struct email_verdict verdict;
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double start = seconds();
        email_check(worker, address, &arena, &verdict);
        double taken = seconds() - start;
        if (taken < best) best = taken;
    }
    arena_release(&arena);
    return best;
}

static double slowest_attack(const struct email_rules *rules, size_t bytes)
{
    struct email_worker *worker = email_worker_new(rules);
    struct buffer text = {0};
    double slowest = 0;
    for (size_t i = 0; i < EMAIL_ATTACKS; i++) {
        email_attack(&text, i, bytes);
        double taken = time_one(worker, buffer_str(&text));
        if (taken > slowest) slowest = taken;
    }
    buffer_release(&text);
    email_worker_free(worker);
    return slowest;
}

// A user's rule that is given up.
static void time_limit(const char *dir, const char *own)
{
    struct rulebook book = {0};
    rulebook_add_dir(&book, own);
    rulebook_add_dir(&book, dir);
    struct email_rules *rules = load(&book, EMAIL_ALL);
    struct email_worker *worker = email_worker_new(rules);
    str address = STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab@firma.fi");
    printf("; a rule of %s that is given up: %.1f us", own, time_one(worker, address) * 1e6);
    email_worker_free(worker);
    email_rules_free(rules);
    rulebook_release(&book);
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3) fail("usage: emails RULES-DIR [OWN-DIR] <addresses.txt");
    struct rulebook book = {0};
    struct addresses addresses = {0};
    rulebook_add_dir(&book, argv[1]);
    read_addresses(&addresses);
    if (addresses.count == 0) fail("no addresses");
    struct email_rules *all = load(&book, EMAIL_ALL), *form = load(&book, EMAIL_SYNTAX);
    double first, first_form, count = (double)addresses.count;
    double full = best_of(all, &addresses, &first);
    double syntax = best_of(form, &addresses, &first_form);
    printf("%zu addresses: %.0f ns a verdict (%.1f M/s; %.0f ns with every domain new), "
           "%.0f ns on the form alone (%.1f M/s); slowest of 13 attacks of %d bytes: %.1f us, "
           "of %d: %.1f us",
           addresses.count, full / count * 1e9, count / full / 1e6, first / count * 1e9,
           syntax / count * 1e9, count / syntax / 1e6, ATTACK_BYTES,
           slowest_attack(all, ATTACK_BYTES) * 1e6, LOOKED_AT_BYTES,
           slowest_attack(all, LOOKED_AT_BYTES) * 1e6);
    if (argc == 3) time_limit(argv[1], argv[2]);
    putchar('\n');
    email_rules_free(all);
    email_rules_free(form);
    memory_free(addresses.at);
    buffer_release(&addresses.bytes);
    rulebook_release(&book);
    return 0;
}
