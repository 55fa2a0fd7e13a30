// The summary is read by programs: its bytes are the contract. Its sums must be checked.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "summary.h"

static void test_bytes(void **state)
{
    (void)state;
    struct tally skipped = {0};
    tally_add(&skipped, STR("skipped"), STR("preamble"), 3);
    tally_add(&skipped, STR("skipped"), STR("blank"), 1);
    tally_sort(&skipped);
    struct stage_result stages[2] = {
        {.name = "normalize", .in = 10, .out = {[PLACE_MAIN] = 8, [PLACE_REJECT] = 2}},
        {.name = "score", .in = 8, .out = {[PLACE_MAIN] = 8}},
    };
    tally_add(&stages[0].by_source, STR("Zoom \"live\""), STR("in"), 10);
    tally_add(&stages[0].by_source, STR("Zoom \"live\""), STR("rejects"), 2);
    tally_add(&stages[0].by_reason, STR("rejects"), STR("test_lead"), 2);
    struct summary_input inputs[2] = {
        {STR("a.csv"), {0x1, 0xABC}, 10, &skipped},
        {STR("b\n.csv"), {0, 0}, 0, NULL},
    };
    struct summary summary = {.program = "leadpipe run",
                              .as_of = STR("2026-11-24T00:00:00Z"),
                              .rules_hash = {2, 1},
                              .inputs = inputs,
                              .input_count = 2,
                              .results = stages,
                              .stage_count = 2};
    struct buffer out = {0};
    summary_write(&summary, &out);
    static const char want[] =
        "{\"schema\": 1,\n \"program\": \"leadpipe run\",\n \"as_of\": \"2026-11-24T00:00:00Z\",\n"
        " \"rules_hash\": \"00000000000000010000000000000002\",\n"
        " \"stats_hash\": \"00000000000000000000000000000000\",\n"
        " \"inputs\": [\n"
        "    {\"name\": \"a.csv\", \"xxh3\": \"0000000000000abc0000000000000001\", \"records\": "
        "10, "
        "\"skipped\": {\"blank\": 1, \"preamble\": 3}},\n"
        "    {\"name\": \"b\\n.csv\", \"xxh3\": \"00000000000000000000000000000000\", "
        "\"records\": 0, \"skipped\": {}}],\n"
        " \"stages\": [\n"
        "    {\"name\": \"normalize\", \"in\": 10, \"out\": {\"leads\": 8, \"rejects\": 2},\n"
        "     \"by_source\": {\"Zoom \\\"live\\\"\": {\"in\": 10, \"rejects\": 2}},\n"
        "     \"by_reason\": {\"rejects\": {\"test_lead\": 2}}},\n"
        "    {\"name\": \"score\", \"in\": 8, \"out\": {\"leads\": 8},\n"
        "     \"by_source\": {},\n"
        "     \"by_reason\": {}}]}\n";
    buffer_add_byte(&out, '\0');
    assert_string_equal(out.data, want);
    buffer_release(&out);
    for (int i = 0; i < 2; i++) tally_release(&stages[i].by_source);
    for (int i = 0; i < 2; i++) tally_release(&stages[i].by_reason);
    tally_release(&skipped);
}

static void test_holds(void **state)
{
    (void)state;
    static const struct {
        uint64_t records;
        struct stage_result stages[2];
        bool holds;
    } cases[] = {
        {0, {{.name = "a"}, {.name = "b"}}, true},
        {5, {{.name = "a", .in = 5, .out = {5}}, {.name = "b", .in = 5, .out = {5}}}, true},
        {5,
         {{.name = "a", .in = 5, .out = {1, 1, 1, 1, 0, 1}},
          {.name = "b", .in = 1, .out = {[PLACE_SUPPRESSED] = 1}}},
         true},
        // Copies to the journal of changes are not records.
        {5,
         {{.name = "a", .in = 5, .out = {[PLACE_MAIN] = 5, [PLACE_CHANGE] = 3}},
          {.name = "b", .in = 5, .out = {5}}},
         true},
        {6, {{.name = "a", .in = 5, .out = {5}}, {.name = "b", .in = 5, .out = {5}}}, false},
        {5, {{.name = "a", .in = 5, .out = {4}}, {.name = "b", .in = 4, .out = {4}}}, false},
        {5, {{.name = "a", .in = 5, .out = {4, 2}}, {.name = "b", .in = 4, .out = {4}}}, false},
        {5, {{.name = "a", .in = 5, .out = {5}}, {.name = "b", .in = 4, .out = {4}}}, false},
        {5, {{.name = "a", .in = 5, .out = {5}}, {.name = "b", .in = 5, .out = {4}}}, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct summary summary = {.results = cases[i].stages, .stage_count = 2};
        struct err err = {0};
        assert_int_equal(summary_holds(&summary, cases[i].records, &err), cases[i].holds);
        assert_int_equal(err.kind, cases[i].holds ? ERR_NONE : ERR_DATA);
    }
    struct summary summary = {.results = cases[8].stages, .stage_count = 2};
    struct err err = {0};
    summary_holds(&summary, 5, &err);
    assert_string_equal(err.text, "records were lost in b: 5 came, 5 taken, 4 given");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
