#include "list_reader.h"

#include "core/pipeline/run.h"
#include "inputs.h"
#include "program.h"
#include "stage_normalize.h"

bool list_read(const struct setup *setup, const char *path, struct stage *stage, struct err *err)
{
    inputs_protect(path);
    struct stage normalize;
    struct normalizer *normalizer = normalizer_open(setup, &path, 1, false, &normalize, err);
    bool ok = normalizer != NULL;
    if (ok) {
        struct run_stage stages[] = {{.stage = &normalize}, {.stage = stage}};
        struct run run = {.source = normalizer_source(normalizer),
                          .stages = stages,
                          .stage_count = 2,
                          .threads = setup->threads,
                          .stop = program_stop()};
        ok = run_pipeline(&run, err);
        run_release(&run);
        normalize.close(normalize.state);
    }
    normalizer_close(normalizer);
    stage->close(stage->state);
    return ok;
}
