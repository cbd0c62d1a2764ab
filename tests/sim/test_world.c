/* The world file: what is read, what is made up, and what a person is told about mistakes. */
#include "client.h"

struct mistake {
    const char *world;
    unsigned line, column;
    const char *words;
};

static void
every_mistake_is_told_with_its_place(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        {"balence: 1.00\n", 1, 1, "unknown key 'balence' in a world, did you mean 'balance'?"},
        {"zebra: 1\n", 1, 1, "unknown key 'zebra'; a world takes balance, account,"},
        {"balance: 1,50\n", 1, 10,
         "'balance' takes dollars with at most two decimals, such as "
         "0.75; it has '1,50'"},
        {"now: yesterday\n", 1, 6, "'now' takes a time in UTC"},
        {"hits: 3H\n", 1, 7, "'hits' takes a list; it has text"},
        {"hits:\n  - 3H\n", 2, 5, "a HIT is a map of keys and values; this is text"},
        {"hits:\n  - { title: x }\n", 2, 5, "a HIT needs 'id'"},
        {"hits:\n  - { id: 3h }\n", 2, 11, "'id' takes an id of capitals and digits; it has '3h'"},
        {"hits:\n  - { id: 3H }\n  - { id: 3H }\n", 3, 5, "the id '3H' stands at two HITs"},
        {"hits: [{ id: 3H, status: Open }]\n", 1, 26,
         "'status' takes Assignable | Unassignable | Reviewable | Reviewing; it has 'Open'"},
        {"hits: [{ id: 3H, masters: yes }]\n", 1, 27, "'masters' takes true or false"},
        {"hits: [{ id: 3H, made_up: -1 }]\n", 1, 27,
         "'made_up' takes a whole number from 0 to 1000000; it has '-1'"},
        {"hits: [{ id: 3H, max_assignments: 2, made_up: 3 }]\n", 1, 8,
         "the HIT has 3 assignments and max_assignments 2"},
        {"hits: [{ id: 3H, assignments: [{ id: 3A, worker: BOB }] }]\n", 1, 50,
         "'worker' takes a worker's id, which begins with A; it has 'BOB'"},
        {"hits: [{ id: 3H, assignments: [{ id: 3A, worker: AB }, { id: 3B, worker: AB }] }]\n", 1,
         56, "worker AB has two assignments of one HIT"},
        {"hits: [{ id: 3H, assignments: [{ id: 3A, worker: AB, answers: [x] }] }]\n", 1, 63,
         "'answers' takes a map of fields and texts; it has a list"},
        {"bonuses: [{ assignment: 3A, amount: 1.00 }]\n", 1, 11, "no HIT has the assignment '3A'"},
        {"hits: [{ id: 3H, assignments: [{ id: 3A, worker: AB }] }]\n"
         "bonuses: [{ assignment: 3A, worker: AC, amount: 1.00 }]\n",
         2, 11, "assignment 3A is the work of AB, not of AC"},
        {"qualifications: [{ id: 3Q, name: q, holders: { AB: high } }]\n", 1, 52,
         "'holders' takes a whole number"},
        {"known_workers: [AB, bob]\n", 1, 21, "'worker' takes a worker's id"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct arena arena = {0};
        struct problems problems = {.arena = &arena};
        struct error err = {0};
        struct world world;
        struct world_options options = {.name = "world.yaml",
                                        .bytes = mistakes[i].world,
                                        .size_bytes = strlen(mistakes[i].world)};
        assert_false(world_read(&world, &options, &problems, &err));
        assert_int_equal(problems.count, 1);
        if (!text_starts(problems.items[0].text, mistakes[i].words))
            assert_string_equal(problems.items[0].text, mistakes[i].words);
        assert_string_equal(problems.items[0].where.file, "world.yaml");
        assert_int_equal(problems.items[0].where.line, mistakes[i].line);
        assert_int_equal(problems.items[0].where.column, mistakes[i].column);
        arena_close(&arena);
    }
}

static void
all_mistakes_of_a_file_are_told_at_once(void **state)
{
    (void)state;
    static const char text[] =
        "balance: lots\nhits:\n  - { id: 3H, tilte: x }\n  - { reward: 1 }\n";
    struct arena arena = {0};
    struct problems problems = {.arena = &arena};
    struct error err = {0};
    struct world world;
    struct world_options options = {.name = "w", .bytes = text, .size_bytes = sizeof text - 1};
    assert_false(world_read(&world, &options, &problems, &err));
    assert_int_equal(problems.count, 3);
    arena_close(&arena);
}

static void
an_empty_map_is_a_world_with_play_money(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, "{}\n", NULL);
    assert_int_equal(client_balance(&client), 1000000);
    assert_done(&client, "ListHITs", "{}");
    assert_int_equal(json_integer_value(client_find(&client, "NumResults")), 0);
    client_close(&client);
}

static void
what_is_made_up_comes_from_the_seed(void **state)
{
    (void)state;
    static const char text[] =
        "hits: [{ id: 3H, made_up: 20 }, { id: 3I, made_up: { count: 2, status: Approved } }]\n";
    struct client one, other;
    client_open(&one, text, NULL);
    client_open(&other, text, NULL);
    assert_int_equal(one.world.assignment_count, 22);
    assert_int_equal(one.world.worker_count, 22);
    for (size_t i = 0; i < one.world.assignment_count; i++) {
        assert_string_equal(one.world.assignments[i].id, other.world.assignments[i].id);
        assert_true(text_is_id(one.world.assignments[i].id));
        assert_true(text_is_worker(one.world.workers[i].id));
    }
    assert_int_equal(one.world.assignments[21].status, ASSIGNMENT_APPROVED);
    assert_int_equal(one.world.hits[0].max_assignments, 20);
    client_close(&one);
    client_close(&other);
}

static void
credentials_and_account_of_the_file_are_used(void **state)
{
    (void)state;
    struct client client;
    client_open(&client,
                "credentials: { key_id: AKEY, secret: hush, session_token: TOKEN }\n"
                "account: \"000011112222\"\n",
                NULL);
    assert_string_equal(client.world.credentials.session_token, "TOKEN");
    assert_done(&client, "GetAccountBalance", "{}");
    client_close(&client);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_is_told_with_its_place),
        cmocka_unit_test(all_mistakes_of_a_file_are_told_at_once),
        cmocka_unit_test(an_empty_map_is_a_world_with_play_money),
        cmocka_unit_test(what_is_made_up_comes_from_the_seed),
        cmocka_unit_test(credentials_and_account_of_the_file_are_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
