#include "choose.h"

#include "core/base/memory.h"
#include "core/base/suggest.h"
#include "core/lead/schema.h"

static bool is_chosen(const struct run *run, str column)
{
    for (size_t i = 0; i < run->chosen_count; i++) {
        if (str_equal(run->chosen[i], column)) return true;
    }
    return false;
}

static bool refuse(str name, const struct columns *columns, bool is_empty, struct err *err)
{
    struct suggestion best = suggest_start(name);
    for (uint32_t i = 0; i < columns->count; i++) suggest_offer(&best, columns->names[i]);
    for (int i = 0; is_empty && i < SCHEMA_FIELD_COUNT; i++) {
        suggest_offer(&best, schema_fields[i].name);
    }
    err_set(err, ERR_USAGE, NULL, 0, "--columns: no column is called '%.*s'", STR_ARG(name));
    if (best.word.len) return err_hint(err, "did you mean %.*s?", STR_ARG(best.word));
    return err_hint(err, "leadpipe schema lists them, stage by stage");
}

// An empty input has no columns to look for: what there is of the chosen ones is written.
static bool find_main(const struct run *run, const struct columns *columns, bool is_empty,
                      struct projection *projection, struct err *err)
{
    projection->columns = memory_alloc(run->chosen_count * sizeof *projection->columns);
    for (size_t i = 0; i < run->chosen_count; i++) {
        str name = run->chosen[i];
        int column = columns_find(columns, name);
        if (column < 0 && is_empty && schema_find(name) >= 0) continue;
        if (column < 0) return refuse(name, columns, is_empty, err);
        for (uint32_t k = 0; k < projection->count; k++) {
            if (projection->columns[k] != (uint32_t)column) continue;
            return err_set(err, ERR_USAGE, NULL, 0, "--columns: '%.*s' is named twice",
                           STR_ARG(name));
        }
        projection->columns[projection->count++] = (uint32_t)column;
    }
    return true;
}

// Rejects, changes and the like have columns of their own, which say what a person needs to know.
static bool holds_leads(enum place place)
{
    return place != PLACE_MAIN && place != PLACE_REJECT && !place_is_beside(place);
}

static void find_place(const struct run *run, size_t number, enum place place,
                       struct projection *projection)
{
    struct stage *stage = run->stages[number].stage;
    bool is_written = run->stages[number].sinks[place] && stage->places & STAGE_PLACE(place);
    if (!is_written || !holds_leads(place)) return;
    const struct columns *columns = stage->place_columns(stage->state, place);
    if (!columns) return;
    projection->columns = memory_alloc((columns->count + 1) * sizeof *projection->columns);
    for (uint32_t i = 0; i < columns->count; i++) {
        bool is_own = stage->place_owns && stage->place_owns(stage->state, place, i);
        if (!is_own && !is_chosen(run, columns->names[i])) continue;
        projection->columns[projection->count++] = i;
    }
}

static void ask_stages(const struct run *run)
{
    struct wanted wanted = {.all = false};
    for (size_t i = 0; i < run->chosen_count; i++) wanted_add(&wanted, run->chosen[i]);
    for (size_t i = run->stage_count; i-- > 0;) {
        struct stage *stage = run->stages[i].stage;
        if (!stage->want)
            wanted.all = true;
        else if (!wanted.all)
            stage->want(stage->state, &wanted);
    }
    wanted_release(&wanted);
}

bool choose_columns(const struct run *run, const struct columns *const columns[],
                    struct choice *choice, struct err *err)
{
    *choice = (struct choice){.stage_count = run->stage_count};
    if (run->chosen_count == 0) return true;
    bool is_empty = columns[0] && columns[0]->count == 0;
    if (!find_main(run, columns[run->stage_count], is_empty, &choice->main, err)) return false;
    ask_stages(run);
    choice->places = memory_zeroed(run->stage_count * PLACE_COUNT, sizeof *choice->places);
    for (size_t i = 0; i < run->stage_count; i++) {
        for (int place = 0; place < PLACE_COUNT; place++) {
            find_place(run, i, (enum place)place, &choice->places[i * PLACE_COUNT + (size_t)place]);
        }
    }
    return true;
}

void choice_release(struct choice *choice)
{
    for (size_t i = 0; choice->places && i < choice->stage_count * PLACE_COUNT; i++) {
        memory_free(choice->places[i].columns);
    }
    memory_free(choice->places);
    memory_free(choice->main.columns);
    *choice = (struct choice){0};
}

const struct projection *choice_main(const struct choice *choice)
{
    return choice->main.columns ? &choice->main : NULL;
}

const struct projection *choice_place(const struct choice *choice, size_t stage, enum place place)
{
    if (!choice->places) return NULL;
    const struct projection *of_place = &choice->places[stage * PLACE_COUNT + (size_t)place];
    return of_place->columns ? of_place : NULL;
}
