/* A saved plan, as it comes. What is taken keeps the reader's promises: keys are keys and stand
 * once, amounts are not negative, and a plan is known by its beginning whatever follows. */
#include "fuzz.h"

#include "base/digest.h"
#include "codec/planfile_read.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct saved_plan plan;
    struct error err = {0};
    struct index keys = {0};
    struct feed feed = {bytes, size};
    char *text = feed_rest(&feed, &size);
    planfile_begins(text, size);
    if (planfile_decode("p.json", text, size, &plan, &arena, &err)) {
        CLAIM(plan.campaign && plan.file && plan.endpoint && plan.journal && plan.made_by);
        for (size_t i = 0; i < plan.input_count; i++)
            CLAIM(digest_is(plan.inputs[i].digest + strlen("sha256:")));
        for (size_t i = 0; i < plan.row_count; i++) {
            const struct planned *row = &plan.rows[i];
            CLAIM(digest_is(row->key) && index_add(&keys, row->key, i, &arena));
            CLAIM(row->amount >= 0 && row->fee >= 0 && row->reward >= 0 && row->reward_fee >= 0);
            CLAIM(row->step && row->verb < VERB_COUNT && row->decision < DECISION_COUNT);
        }
    } else {
        CLAIM(err.text[0] && err.status == STATUS_INVALID);
    }
    free(text);
    arena_close(&arena);
    return 0;
}
