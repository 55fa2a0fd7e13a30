#include "filler.h"
// for now
static void pass(struct filler *filler, int field)
{
    if (!filler_count(filler, field)) return;
    for (uint32_t row = 0; row < filler->rows; row++) filler_set(filler, row, field, filler_pick(filler, row, field, TEXT_LINE, field, NULL));
}
void fill_words(struct filler *filler)
{
    static const int f[] = {FIELD_CONSENT, FIELD_OPT_OUT, FIELD_ATTENDED, FIELD_MINUTES, FIELD_RATING, FIELD_TIMEFRAME_DAYS};
    for (size_t i = 0; i < 6; i++) pass(filler, f[i]);
}
void fill_address(struct filler *filler)
{
    static const int f[] = {FIELD_STREET, FIELD_CITY, FIELD_REGION, FIELD_POSTAL_CODE};
    for (size_t i = 0; i < 4; i++) pass(filler, f[i]);
}
struct value company_id(str a, str b, struct arena *c); struct value company_id(str a, str b, struct arena *c) { (void)b;(void)c; return value_kept(a);}
