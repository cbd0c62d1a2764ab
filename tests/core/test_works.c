/* Whose work and whose bonuses are whose: each worker's own, in order, without a look at others'.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/works.h"
#include "support/stage.h"

static int
begin(void **state)
{
    static struct stage stage;
    stage_open(&stage);
    *state = &stage;
    return 0;
}

static void
a_worker_has_their_own_assignments_in_the_rosters_order(void **state)
{
    struct stage *stage = *state;
    struct works works;
    size_t at;
    static const char *const workers[] = {"A1", "A2", "A1", "A3", "A1"};
    for (size_t i = 0; i < 5; i++)
        stage_work(stage, arena_print(&stage->arena, "X%zu", i), workers[i], WORK_SUBMITTED);
    works_init(&works, &stage->roster, &stage->arena);
    assert_true(works_first(&works, "A1", &at));
    assert_int_equal(at, 0);
    assert_true(works_next(&works, &at));
    assert_int_equal(at, 2);
    assert_true(works_next(&works, &at));
    assert_int_equal(at, 4);
    assert_false(works_next(&works, &at));
    assert_true(works_first(&works, "A2", &at));
    assert_false(works_next(&works, &at));
    assert_false(works_first(&works, "A4", &at));
}

static void
sent(struct history *history, const char *key, const char *worker, enum verb verb)
{
    struct entry entry = bonus_at(key, STORY_MS);
    entry.worker = worker;
    entry.verb = verb;
    tell(history, entry);
}

static const struct deed *
latest_of(struct history *history, const char *worker)
{
    struct ledger *ledger = &history->ledger;
    payees_note(&ledger->payees, ledger->deeds, ledger->deed_count, &history->arena);
    return payees_find(&ledger->payees, ledger->deeds, worker);
}

/* Deeds that come later are taken in when they are asked for. */
static void
a_worker_has_their_own_bonuses_the_latest_first(void **state)
{
    struct history *history = &((struct stage *)*state)->history;
    sent(history, "k1", "A1", VERB_BONUS);
    sent(history, "k2", "A2", VERB_BONUS);
    sent(history, "k3", "A1", VERB_NOTIFY);
    assert_string_equal(latest_of(history, "A1")->key, "k1");
    assert_null(latest_of(history, "A1")->bonus_before);
    sent(history, "k4", "A1", VERB_BONUS);
    assert_string_equal(latest_of(history, "A1")->key, "k4");
    assert_string_equal(latest_of(history, "A1")->bonus_before->key, "k1");
    assert_null(latest_of(history, "A2")->bonus_before);
    assert_null(latest_of(history, "A3"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_worker_has_their_own_assignments_in_the_rosters_order,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_worker_has_their_own_bonuses_the_latest_first, begin,
                                        stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
