// Whether whole names stand given name first or family name first: one answer a column, from what
// its names show, else from what is known of it.
//
//     name_order_look(persons, column, cell, &arena);       // each cell of the profile window
//     name_orders_decide(plan, knowledge, options);         // once
//     column->name_order, column->names_by, column->names
#ifndef NORMALIZE_NAME_ORDER_H
#define NORMALIZE_NAME_ORDER_H

#include "plan.h"

// The order that a folded header of several words says: "Sukunimi, etunimi", "Vor- und Nachname".
// *is_name (may be NULL) is set when each of its words is part of that, so that the header can be
// nothing but a whole name.
enum person_order name_order_of_header(const struct synonyms *synonyms, str folded, bool *is_name,
                                       struct arena *arena);

// Counts one cell as it stands in the file. The arena is for scratch.
void name_order_look(const struct person_rules *persons, struct plan_column *column, str cell,
                     struct arena *arena);

// Counts a record whose two names stand in columns of their own: whether they are in the right
// ones.
void name_order_look_at_pair(const struct person_rules *persons, struct plan_column *first_column,
                             str first, str last, struct arena *arena);

// Decides for each column of whole names; notes those whose names show both orders,
// and columns of first and last names that hold each other's.
void name_orders_decide(struct export_plan *plan, const struct knowledge *knowledge,
                        const struct export_options *options);

// "given name first", "family name first".
const char *person_order_text(enum person_order order);

#endif
