/* Whose keys we hold, asked over sockets of the simulator that plays the marketplace too: one
 * endpoint, two services. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "engine/gather.h"
#include "io/http.h"
#include "sim/sim.h"

static const char world_text[] = "balance: 7.00\naccount: \"210987654321\"\n";

struct asking {
    struct arena arena;
    struct sim *sim;
    struct http *http;
    struct line line;
    struct error err;
};

static void
companion_step(void *sim)
{
    sim_step(sim);
}

static int
companion_timeout_ms(const void *sim)
{
    return sim_timeout_ms(sim);
}

static void
asking_open(struct asking *asking, const char *faults)
{
    *asking = (struct asking){0};
    struct problems problems = {.arena = &asking->arena};
    struct sim_options options = {.world_name = "world.yaml",
                                  .world = world_text,
                                  .world_size = strlen(world_text),
                                  .faults_name = "faults.yaml",
                                  .faults = faults,
                                  .faults_size = faults ? strlen(faults) : 0,
                                  .seed = 1};
    asking->sim = sim_open(&options, &problems, &asking->err);
    assert_non_null(asking->sim);
    asking->http =
        http_open(&(struct http_options){.wake_descriptor = -1,
                                         .companion_descriptor = sim_descriptor(asking->sim),
                                         .companion_step = companion_step,
                                         .companion_timeout_ms = companion_timeout_ms,
                                         .companion = asking->sim},
                  &asking->err);
    assert_non_null(asking->http);
    asking->line = (struct line){.market = market_find("mturk"),
                                 .endpoint = sim_endpoint(asking->sim),
                                 .credentials = {.key_id = sim_key_id(asking->sim),
                                                 .secret = sim_secret(asking->sim),
                                                 .session_token = sim_session_token(asking->sim),
                                                 .source = "the test"},
                                 .transport = http_transport(asking->http)};
    line_init(&asking->line, 2, 0, &asking->arena);
}

static void
asking_close(struct asking *asking)
{
    line_close(&asking->line);
    http_close(asking->http);
    sim_close(asking->sim);
    arena_close(&asking->arena);
}

static void
the_account_is_told_beside_the_balance(void **state)
{
    (void)state;
    struct asking asking;
    asking_open(&asking, NULL);
    cents_t balance = 0;
    const char *account = NULL;
    assert_true(gather_account(&asking.line, &account, &asking.arena, &asking.err));
    assert_string_equal(account, "210987654321");
    assert_true(gather_balance(&asking.line, &balance, &asking.arena, &asking.err));
    assert_int_equal(balance, 700);
    assert_true(gather_account(&asking.line, &account, &asking.arena, &asking.err));
    asking_close(&asking);
}

static void
a_trouble_that_passes_is_asked_through(void **state)
{
    (void)state;
    static const char *const faults[] = {
        "[{ fault: throttle, operation: GetCallerIdentity, count: 1 }]",
        "[{ fault: server-error, operation: GetCallerIdentity, count: 1 }]",
        "[{ fault: garbage, operation: GetCallerIdentity, count: 1 }]",
        "[{ fault: half-answer, operation: GetCallerIdentity, count: 1 }]",
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct asking asking;
        asking_open(&asking, faults[i]);
        const char *account = NULL;
        assert_true(gather_account(&asking.line, &account, &asking.arena, &asking.err));
        assert_string_equal(account, "210987654321");
        asking_close(&asking);
    }
}

static void
wrong_keys_are_refused_as_such(void **state)
{
    (void)state;
    struct asking asking;
    asking_open(&asking, NULL);
    asking.line.credentials.secret = "wrong";
    const char *account = NULL;
    assert_false(gather_account(&asking.line, &account, &asking.arena, &asking.err));
    assert_int_equal(asking.err.status, STATUS_CREDENTIALS);
    assert_non_null(strstr(asking.err.text, "did not accept the credentials from the test"));
    assert_null(account);
    asking_close(&asking);
}

static void
a_refusal_is_said_with_its_words(void **state)
{
    (void)state;
    struct asking asking;
    asking_open(&asking, "[{ fault: refuse, operation: GetCallerIdentity, code: Gone, "
                         "message: This is closed }]");
    const char *account = NULL;
    assert_false(gather_account(&asking.line, &account, &asking.arena, &asking.err));
    assert_string_equal(asking.err.text,
                        "which account the keys from the test belong to cannot be known: the "
                        "service refuses to say (Gone): This is closed. Nothing was sent");
    asking_close(&asking);
}

int
main(void)
{
    http_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_account_is_told_beside_the_balance),
        cmocka_unit_test(a_trouble_that_passes_is_asked_through),
        cmocka_unit_test(wrong_keys_are_refused_as_such),
        cmocka_unit_test(a_refusal_is_said_with_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
