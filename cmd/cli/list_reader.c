#include "list_reader.h"

#include "core/pipeline/run.h"
#include "inputs.h"
#include "program.h"
#include "stage_normalize.h"

// A list reaches somebody, or it is one of companies.
static bool is_list(const struct export_plan *plan, struct err *err)
{
    for (size_t i = 0; plan->is_refused && i < plan->mapping.count; i++) {
        int target = plan->mapping.columns[i].target;
        bool is_company = target == FIELD_COMPANY || target == FIELD_DOMAIN ||
                          target == FIELD_WEBSITE || target == FIELD_COMPANY_ID;
        if (is_company) return true;
    }
    return !plan->is_refused || plan_refuse(plan, err);
}

bool list_read(const struct setup *setup, const char *path, struct stage *stage, struct err *err)
{
    inputs_protect(path);
    struct stage normalize;
    struct normalizer *normalizer = normalizer_open(setup, &path, 1, false, &normalize, err);
    bool ok = normalizer && is_list(normalizer_plan(normalizer, 0), err);
    if (ok) {
        struct run_stage stages[] = {{.stage = &normalize}, {.stage = stage}};
        struct run run = {.source = normalizer_source(normalizer),
                          .stages = stages,
                          .stage_count = 2,
                          .threads = setup->threads,
                          .stop = program_stop()};
        ok = run_pipeline(&run, err);
        run_release(&run);
    }
    if (normalizer) normalize.close(normalize.state);
    normalizer_close(normalizer);
    stage->close(stage->state);
    return ok;
}
