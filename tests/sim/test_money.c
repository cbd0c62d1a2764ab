/* Bonuses, the balance and the book. */
#include "client.h"

#include <stdio.h>
#include <unistd.h>

#define BONUS(worker, amount, assignment, more) \
    "{\"WorkerId\":\"" worker "\",\"BonusAmount\":\"" amount "\",\"AssignmentId\":\"" assignment \
    "\",\"Reason\":\"Thank you\"" more "}"

static void
a_bonus_and_its_fee_leave_the_balance(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    assert_done(&client, "SendBonus", BONUS("AW1", "1.00", "3A1", ""));
    assert_done(&client, "GetAccountBalance", "{}");
    assert_string_equal(client_text(&client, "AvailableBalance"), "98.80");
    assert_int_equal(book_balance(&client.world.book, "worker:AW1"), 100);
    assert_int_equal(book_balance(&client.world.book, "fees"), 20);
    client_close(&client);
}

static void
fees_are_a_fifth_rounded_half_up_and_at_least_a_cent(void **state)
{
    (void)state;
    static const struct {
        cents_t bonus, fee;
    } cases[] = {{1, 1}, {2, 1}, {7, 1}, {8, 2}, {12, 2}, {13, 3}, {100, 20}, {10142, 2028}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(world_bonus_fee(cases[i].bonus), cases[i].fee);
    struct hit hit = {.reward = 50, .max_assignments = 9};
    assert_int_equal(world_reward_fee(&hit), 10);
    hit.max_assignments = 10;
    assert_int_equal(world_reward_fee(&hit), 20);
    hit.masters = true;
    assert_int_equal(world_reward_fee(&hit), 23);
}

static void
amounts_are_read_in_every_form_the_pattern_takes(void **state)
{
    (void)state;
    static const struct {
        const char *amount;
        cents_t cents;
    } cases[] = {{"5", 500}, {"5.", 500}, {"0.5", 50}, {"0.50", 50}, {"00.05", 5}};
    struct client client;
    client_open(&client, client_world, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cents_t before = book_balance(&client.world.book, "worker:AW1");
        assert_done(&client, "SendBonus",
                    arena_print(&client.arena,
                                "{\"WorkerId\":\"AW1\",\"AssignmentId\":\"3A1\",\"Reason\":\"r\","
                                "\"BonusAmount\":\"%s\"}",
                                cases[i].amount));
        assert_int_equal(book_balance(&client.world.book, "worker:AW1") - before, cases[i].cents);
    }
    client_close(&client);
}

static void
bonuses_that_amazon_refuses_are_refused(void **state)
{
    (void)state;
    static const struct refusal refusals[] = {
        {"SendBonus", BONUS("ANOBODY", "1.00", "3A1", ""), "ParameterValidationError", "",
         "The value \"ANOBODY\" is not valid for the parameter WorkerId."},
        {"SendBonus", BONUS("AW1", "1.00", "3NONE", ""), "RequestError", "AssignmentDoesNotExist",
         "Assignment 3NONE does not exist."},
        {"SendBonus", BONUS("AW2", "1.00", "3A1", ""), "RequestError", "AssignmentDoesNotExist",
         "Assignment 3A1 does not exist."},
        {"SendBonus", BONUS("AW4", "1.00", "3A4", ""), "RequestError", "AssignmentDoesNotExist",
         "Assignment 3A4 does not exist."},
        {"SendBonus", BONUS("AW1", "0.00", "3A1", ""), "ParameterValidationError", "",
         "The value \"0.00\" is not valid for the parameter BonusAmount."},
        {"SendBonus", BONUS("AW1", "99999999999999999999", "3A1", ""), "ParameterValidationError",
         "", "The value \"99999999999999999999\" is not valid"},
        {"SendBonus", BONUS("AW1", "83.34", "3A1", ""), "RequestError", "InsufficientFunds",
         "This Requester has insufficient funds in their account"},
        {"ListBonusPayments", "{}", "RequestError", "MissingParameter", "Either the HITId or"},
        {"ListBonusPayments", "{\"HITId\":\"3NONE\"}", "RequestError", "HITDoesNotExist",
         "Hit 3NONE does not exist."},
    };
    struct client client;
    client_open(&client, client_world, NULL);
    assert_all_refused(&client, refusals, sizeof refusals / sizeof *refusals);
    client_close(&client);
}

static void
the_last_cent_can_be_paid_out(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    assert_done(&client, "SendBonus", BONUS("AW1", "83.33", "3A1", ""));
    assert_int_equal(client_balance(&client), 0);
    client_close(&client);
}

static const char with_token[] = BONUS("AW1", "1.00", "3A1", ",\"UniqueRequestToken\":\"T\"");

static void
a_token_pays_once_within_a_day_and_again_after_it(void **state)
{
    (void)state;
    static const struct refusal used = {"SendBonus", with_token, "RequestError", "",
                                        "The idempotency token \"T\" has already been processed."};
    struct client client;
    client_open(&client, client_world, NULL);
    assert_done(&client, "SendBonus", with_token);
    assert_refused(&client, &used);
    client.now_ms += STAMP_DAY_MS - 1;
    assert_refused(&client, &used);
    client.now_ms += 1;
    assert_done(&client, "SendBonus", with_token);
    assert_int_equal(client.world.book.totals.bonus_count, 2);
    assert_refused(&client, &used);
    client_close(&client);
}

static void
a_refused_bonus_leaves_its_token_unused(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    client_call(&client, "SendBonus", BONUS("AW1", "90", "3A1", ",\"UniqueRequestToken\":\"T\""));
    assert_string_equal(client_text(&client, "TurkErrorCode"),
                        "AWS.MechanicalTurk.InsufficientFunds");
    assert_done(&client, "SendBonus", with_token);
    client_close(&client);
}

static void
bonuses_are_listed_by_assignment_and_by_hit(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    assert_done(&client, "SendBonus", BONUS("AW1", "1.00", "3A1", ""));
    assert_done(&client, "SendBonus", BONUS("AW2", "2", "3A2", ""));
    assert_done(&client, "ListBonusPayments", "{\"AssignmentId\":\"3A2\"}");
    assert_int_equal(json_integer_value(client_find(&client, "NumResults")), 1);
    assert_string_equal(client_text(&client, "BonusPayments.0.WorkerId"), "AW2");
    assert_string_equal(client_text(&client, "BonusPayments.0.BonusAmount"), "2.00");
    assert_string_equal(client_text(&client, "BonusPayments.0.Reason"), "Thank you");
    assert_true(json_number_value(client_find(&client, "BonusPayments.0.GrantTime")) ==
                (double)client.now_ms / 1000.0);
    assert_done(&client, "ListBonusPayments", "{\"HITId\":\"3H\"}");
    assert_int_equal(json_integer_value(client_find(&client, "NumResults")), 2);
    client_close(&client);
}

static void
bonuses_paid_before_are_listed_and_cost_nothing_now(void **state)
{
    (void)state;
    struct client client;
    client_open(&client,
                "hits: [{ id: 3H, assignments: [{ id: 3A, worker: AW }] }]\n"
                "bonuses: [{ assignment: 3A, worker: AW, amount: 1.50, reason: before }]\n"
                "balance: 3.00\n",
                NULL);
    assert_done(&client, "ListBonusPayments", "{\"AssignmentId\":\"3A\"}");
    assert_string_equal(client_text(&client, "BonusPayments.0.BonusAmount"), "1.50");
    assert_int_equal(client_balance(&client), 300);
    assert_int_equal(client.world.book.totals.bonus_count, 0);
    client_close(&client);
}

static void
a_lag_hides_a_new_bonus_from_the_lists_for_a_while(void **state)
{
    (void)state;
    struct client client;
    client_open(&client,
                "bonus_lag_s: 60\nhits: [{ id: 3H, assignments: [{ id: 3A, worker: AW }] }]\n",
                NULL);
    assert_done(&client, "SendBonus", BONUS("AW", "1.00", "3A", ""));
    assert_done(&client, "ListBonusPayments", "{\"HITId\":\"3H\"}");
    assert_int_equal(json_integer_value(client_find(&client, "NumResults")), 0);
    client.now_ms += STAMP_MINUTE_MS;
    assert_done(&client, "ListBonusPayments", "{\"HITId\":\"3H\"}");
    assert_int_equal(json_integer_value(client_find(&client, "NumResults")), 1);
    client_close(&client);
}

static void
every_line_of_the_book_sums_to_zero(void **state)
{
    (void)state;
    char path[] = "/tmp/bursar-book-XXXXXX";
    close(mkstemp(path));
    struct client client;
    client_open(&client, client_world, NULL);
    struct error err = {0};
    struct book kept = client.world.book;
    assert_true(book_open(&client.world.book, path, &err));
    book_post(&client.world.book, &(struct posting){.deed = DEED_OPENING, .pay = 10000});
    assert_done(&client, "SendBonus", with_token);
    assert_done(&client, "ApproveAssignment", "{\"AssignmentId\":\"3A1\"}");
    assert_done(&client, "CreateWorkerBlock", "{\"WorkerId\":\"AW1\",\"Reason\":\"r\"}");

    FILE *file = fopen(path, "r");
    char line[1024];
    size_t lines = 0;
    for (; fgets(line, sizeof line, file); lines++) {
        json_t *posting = json_loads(line, 0, NULL), *entry;
        json_int_t sum = 0;
        size_t i;
        json_array_foreach (json_object_get(posting, "lines"), i, entry)
            sum += json_integer_value(json_object_get(entry, "cents"));
        assert_int_equal(sum, 0);
        assert_int_equal(json_integer_value(json_object_get(posting, "n")), lines + 1);
        json_decref(posting);
    }
    assert_int_equal(lines, 4);
    fclose(file);
    unlink(path);
    book_close(&kept);
    client_close(&client);
}

static void
a_book_that_cannot_be_written_stops_the_deed(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    client.world.book.file = fopen("/dev/full", "w");
    assert_int_equal(client_call(&client, "SendBonus", with_token), 500);
    assert_string_equal(client_text(&client, "__type"), "ServiceFault");
    assert_int_equal(client.world.bonus_count, 0);
    assert_int_equal(client_balance(&client), 10000);
    client_close(&client);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bonus_and_its_fee_leave_the_balance),
        cmocka_unit_test(fees_are_a_fifth_rounded_half_up_and_at_least_a_cent),
        cmocka_unit_test(amounts_are_read_in_every_form_the_pattern_takes),
        cmocka_unit_test(bonuses_that_amazon_refuses_are_refused),
        cmocka_unit_test(the_last_cent_can_be_paid_out),
        cmocka_unit_test(a_token_pays_once_within_a_day_and_again_after_it),
        cmocka_unit_test(a_refused_bonus_leaves_its_token_unused),
        cmocka_unit_test(bonuses_are_listed_by_assignment_and_by_hit),
        cmocka_unit_test(bonuses_paid_before_are_listed_and_cost_nothing_now),
        cmocka_unit_test(a_lag_hides_a_new_bonus_from_the_lists_for_a_while),
        cmocka_unit_test(every_line_of_the_book_sums_to_zero),
        cmocka_unit_test(a_book_that_cannot_be_written_stops_the_deed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
