#include "core/verb.h"

#include "base/text.h"

static const struct verb_row rows[VERB_COUNT] = {
    [VERB_APPROVE] = {.name = "approve",
                      .target = TARGET_ASSIGNMENT,
                      .settle = SETTLE_BY_REPEATING,
                      .pays_reward = true,
                      .decides = true,
                      .batch_max = 1,
                      .words_max = FEEDBACK_LENGTH_MAX,
                      .done = "approved"},
    [VERB_REJECT] = {.name = "reject",
                     .target = TARGET_ASSIGNMENT,
                     .settle = SETTLE_BY_REPEATING,
                     .decides = true,
                     .harms = true,
                     .batch_max = 1,
                     .words_max = FEEDBACK_LENGTH_MAX,
                     .done = "rejected"},
    [VERB_CREATE] = {.name = "create",
                     .target = TARGET_NAME,
                     .settle = SETTLE_BY_REPEATING,
                     .batch_max = 1,
                     .words_max = WORDS_LENGTH_MAX,
                     .done = "made"},
    [VERB_QUALIFY] = {.name = "qualify",
                      .target = TARGET_WORKER,
                      .settle = SETTLE_BY_REPEATING,
                      .scores = true,
                      .batch_max = 1,
                      .words_max = WORDS_LENGTH_MAX,
                      .done = "qualified"},
    [VERB_UNQUALIFY] = {.name = "unqualify",
                        .target = TARGET_WORKER,
                        .settle = SETTLE_BY_REPEATING,
                        .scores = true,
                        .batch_max = 1,
                        .words_max = WORDS_LENGTH_MAX,
                        .done = "unqualified"},
    [VERB_BONUS] = {.name = "bonus",
                    .target = TARGET_ASSIGNMENT,
                    .settle = SETTLE_BY_LOOKING,
                    .pays_bonus = true,
                    .batch_max = 1,
                    .words_max = WORDS_LENGTH_MAX,
                    .done = "paid"},
    /* The most that one call takes at the marketplace we speak to. */
    [VERB_NOTIFY] = {.name = "notify",
                     .target = TARGET_WORKER,
                     .settle = SETTLE_BY_PERSON,
                     .batch_max = 100,
                     .words_max = WORDS_LENGTH_MAX,
                     .done = "told"},
    [VERB_BLOCK] = {.name = "block",
                    .target = TARGET_WORKER,
                    .settle = SETTLE_BY_LOOKING,
                    .harms = true,
                    .batch_max = 1,
                    .words_max = WORDS_LENGTH_MAX,
                    .done = "blocked"},
    [VERB_UNBLOCK] = {.name = "unblock",
                      .target = TARGET_WORKER,
                      .settle = SETTLE_BY_LOOKING,
                      .batch_max = 1,
                      .words_max = WORDS_LENGTH_MAX,
                      .done = "unblocked"},
};

const struct verb_row *
verb_row(enum verb verb)
{
    return &rows[verb];
}

bool
verb_find(const char *name, enum verb *verb)
{
    for (size_t i = 0; i < VERB_COUNT; i++)
        if (text_same(rows[i].name, name)) {
            *verb = (enum verb)i;
            return true;
        }
    return false;
}

bool
verb_moves_money(enum verb verb)
{
    const struct verb_row *row = verb_row(verb);
    return row->pays_bonus || row->pays_reward;
}
