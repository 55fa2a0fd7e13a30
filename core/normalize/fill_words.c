// Answers in words and numbers: consent, opt-outs, attendance, minutes, rating, time frame.
#include "filler.h"

static void set_consent(struct filler *filler, uint32_t row)
{
    const struct word_rules *words = &filler->rules->words;
    struct arena *arena = &filler->batch->arena;
    str typed = filler_pick(filler, row, FIELD_CONSENT, TEXT_LINE, FIELD_CONSENT, NULL);
    if (typed.len) {
        filler_set_value(filler, row, FIELD_CONSENT, typed, word_consent(words, typed, arena));
        return;
    }
    // A subscription is consent while it lasts; when it has ended it is an opt-out, see below.
    str state = filler_peek(filler, row, TARGET_SUBSCRIPTION);
    if (state.len == 0) return;
    struct value value = word_consent(words, state, arena);
    if (!value.is_valid || !str_equal(value.text, STR("yes"))) return;
    filler_set_plain(filler, row, FIELD_CONSENT, value.text);
    filler_change(filler, row, FIELD_CONSENT, state, value.text, "subscription");
}

// ---- opt-outs

enum channel { BY_EMAIL = 1, BY_PHONE = 2, BY_MAIL = 4, BY_ALL = 8 };

static unsigned channels_in(str words)
{
    static const struct {
        str word;
        unsigned bit;
    } known[] = {{{"email", 5}, BY_EMAIL},
                 {{"phone", 5}, BY_PHONE},
                 {{"mail", 4}, BY_MAIL},
                 {{"all", 3}, BY_ALL}};
    unsigned bits = 0;
    str word;
    while (words.len && str_cut(&words, ' ', &word)) {
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
            if (str_equal(word, known[i].word)) bits |= known[i].bit;
        }
    }
    return bits;
}

static str channel_words(unsigned bits, struct arena *arena)
{
    return str_trim(arena_format(arena, "%s%s%s%s", bits & BY_EMAIL ? "email " : "",
                                 bits & BY_PHONE ? "phone " : "", bits & BY_MAIL ? "mail " : "",
                                 bits & BY_ALL ? "all" : ""));
}

// A single word.
static bool is_short(str text) { return str_find(text, ' ') < 0; }

// One column of opt-outs.
static unsigned read_opt_out(struct filler *filler, uint32_t row, int target, str channel,
                             str *unknown)
{
    str typed = filler_pick(filler, row, target, TEXT_LINE, FIELD_OPT_OUT, NULL);
    if (typed.len == 0) return 0;
    struct value value = word_opt_out(&filler->rules->words, typed, channel, &filler->batch->arena);
    if (value.is_valid && (value.text.len || is_short(typed))) return channels_in(value.text);
    // "no emails please" begins like a no and is none. Who writes anything into such a column wants
    // something closed: what is not understood closes it, and stays readable.
    *unknown = typed;
    return channels_in(channel);
}

static unsigned unsubscribed(struct filler *filler, uint32_t row)
{
    if (filler_count(filler, TARGET_SUBSCRIPTION) == 0) return 0;
    str state = filler_peek(filler, row, TARGET_SUBSCRIPTION);
    if (state.len == 0) return 0;
    struct value value = word_consent(&filler->rules->words, state, &filler->batch->arena);
    return value.is_valid && str_equal(value.text, STR("no")) ? BY_EMAIL : 0;
}

static void set_opt_out(struct filler *filler, uint32_t row)
{
    static const struct {
        int target;
        str channel;
    } columns[] = {{TARGET_OPT_OUT_EMAIL, {"email", 5}},
                   {TARGET_OPT_OUT_PHONE, {"phone", 5}},
                   {TARGET_OPT_OUT_MAIL, {"mail", 4}},
                   {TARGET_OPT_OUT_ALL, {"all", 3}},
                   {FIELD_OPT_OUT, {"all", 3}}};
    str unknown = {"", 0};
    unsigned bits = unsubscribed(filler, row);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (filler_count(filler, columns[i].target) == 0) continue;
        bits |= read_opt_out(filler, row, columns[i].target, columns[i].channel, &unknown);
    }
    if (!bits) return;
    str words = channel_words(bits, &filler->batch->arena);
    filler_set_plain(filler, row, FIELD_OPT_OUT, words);
    if (unknown.len) filler_change(filler, row, FIELD_OPT_OUT, unknown, words, "opt_out_assumed");
}

// ---- attendance

static void set_attended(struct filler *filler, uint32_t row)
{
    const struct word_rules *words = &filler->rules->words;
    struct arena *arena = &filler->batch->arena;
    str typed = filler_pick(filler, row, FIELD_ATTENDED, TEXT_LINE, FIELD_ATTENDED, NULL);
    if (typed.len) {
        filler_set_value(filler, row, FIELD_ATTENDED, typed, word_attended(words, typed, arena));
        return;
    }
    for (uint32_t i = 0; i < filler_count(filler, TARGET_ATTENDEE_STATUS); i++) {
        uint32_t column = filler_column(filler, TARGET_ATTENDEE_STATUS, i);
        str state = filler_cell(filler, row, column, TEXT_LINE).text; // stays in extra as well
        struct value value = word_attended(words, state, arena);
        if (!state.len || !value.is_valid) continue;
        filler_set_plain(filler, row, FIELD_ATTENDED, value.text);
        return;
    }
    if (filler_count(filler, TARGET_CHECKED_IN_AT) == 0) return;
    str when = filler_peek(filler, row, TARGET_CHECKED_IN_AT);
    filler_set_plain(filler, row, FIELD_ATTENDED, when.len ? STR("yes") : STR("no"));
}

static void set_minutes(struct filler *filler, uint32_t row)
{
    str typed = filler_pick(filler, row, FIELD_MINUTES, TEXT_LINE, FIELD_MINUTES, NULL);
    if (typed.len == 0) {
        typed = filler_pick(filler, row, TARGET_DURATION, TEXT_LINE, FIELD_MINUTES, NULL);
    }
    if (typed.len == 0) return;
    filler_set_value(filler, row, FIELD_MINUTES, typed,
                     quantity_minutes(&filler->rules->words, typed, &filler->batch->arena));
}

static void set_rating(struct filler *filler, uint32_t row)
{
    str typed = filler_pick(filler, row, FIELD_RATING, TEXT_LINE, FIELD_RATING, NULL);
    if (typed.len) filler_set_value(filler, row, FIELD_RATING, typed, word_rating(typed));
}

static void set_timeframe(struct filler *filler, uint32_t row)
{
    int field = FIELD_TIMEFRAME_DAYS;
    str typed = filler_pick(filler, row, field, TEXT_LINE, field, NULL);
    if (typed.len == 0) return;
    filler_set_value(filler, row, field, typed,
                     quantity_timeframe_days(&filler->rules->words, typed, &filler->batch->arena));
}

// Whether there is anything to read. An empty time of checking in says that nobody came.
static bool has_any(const struct filler *filler, const int targets[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (filler->is_filled[targets[i]]) return true;
        if (targets[i] == TARGET_CHECKED_IN_AT && filler_count(filler, targets[i])) return true;
    }
    return false;
}

void fill_words(struct filler *filler)
{
    static const struct {
        void (*set)(struct filler *filler, uint32_t row);
        int targets[6];
        size_t count;
    } steps[] = {
        {set_consent, {FIELD_CONSENT, TARGET_SUBSCRIPTION}, 2},
        {set_opt_out,
         {FIELD_OPT_OUT, TARGET_OPT_OUT_EMAIL, TARGET_OPT_OUT_PHONE, TARGET_OPT_OUT_MAIL,
          TARGET_OPT_OUT_ALL, TARGET_SUBSCRIPTION},
         6},
        {set_attended, {FIELD_ATTENDED, TARGET_ATTENDEE_STATUS, TARGET_CHECKED_IN_AT}, 3},
        {set_minutes, {FIELD_MINUTES, TARGET_DURATION}, 2},
        {set_rating, {FIELD_RATING}, 1},
        {set_timeframe, {FIELD_TIMEFRAME_DAYS}, 1},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (!has_any(filler, steps[i].targets, steps[i].count)) continue;
        for (uint32_t row = 0; row < filler->rows; row++) steps[i].set(filler, row);
    }
}
