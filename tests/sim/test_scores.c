/* Qualification types, and who holds them. */
#include "client.h"

#define SCORE(worker) "{\"QualificationTypeId\":\"3Q\",\"WorkerId\":\"" worker "\"}"

static void
setting_a_score_again_changes_it(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    assert_done(&client, "AssociateQualificationWithWorker",
                "{\"QualificationTypeId\":\"3Q\",\"WorkerId\":\"AW1\",\"IntegerValue\":7,"
                "\"SendNotification\":false}");
    assert_done(&client, "AssociateQualificationWithWorker", SCORE("AW1"));
    assert_done(&client, "GetQualificationScore", SCORE("AW1"));
    assert_int_equal(json_integer_value(client_find(&client, "Qualification.IntegerValue")), 1);
    assert_string_equal(client_text(&client, "Qualification.Status"), "Granted");
    assert_int_equal(client.world.book.totals.qualifications_set, 2);
    client_close(&client);
}

static void
a_score_that_was_taken_away_reads_otherwise_than_one_never_given(void **state)
{
    (void)state;
    static const struct refusal never[] = {
        {"GetQualificationScore", SCORE("AW1"), "RequestError", "QualificationDoesNotExist",
         "You requested a Qualification that does not exist."},
        {"DisassociateQualificationFromWorker", SCORE("AW1"), "RequestError",
         "QualificationDoesNotExist", "You requested a Qualification that does not exist."},
    };
    static const struct refusal revoked[] = {
        {"GetQualificationScore", SCORE("AHOLDER"), "RequestError", "InvalidQualificationState",
         "This operation can be called with a status of: Granted"},
        {"DisassociateQualificationFromWorker", SCORE("AHOLDER"), "RequestError",
         "InvalidQualificationState", "This operation can be called with a status of: Granted"},
    };
    struct client client;
    client_open(&client, client_world, NULL);
    assert_all_refused(&client, never, 2);
    assert_done(&client, "DisassociateQualificationFromWorker", SCORE("AHOLDER"));
    assert_all_refused(&client, revoked, 2);
    assert_done(&client, "AssociateQualificationWithWorker", SCORE("AHOLDER"));
    assert_done(&client, "GetQualificationScore", SCORE("AHOLDER"));
    client_close(&client);
}

static void
holders_are_listed_by_status(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    assert_done(&client, "AssociateQualificationWithWorker", SCORE("AW1"));
    assert_done(&client, "DisassociateQualificationFromWorker", SCORE("AHOLDER"));
    assert_done(&client, "ListWorkersWithQualificationType", "{\"QualificationTypeId\":\"3Q\"}");
    assert_int_equal(json_integer_value(client_find(&client, "NumResults")), 1);
    assert_string_equal(client_text(&client, "Qualifications.0.WorkerId"), "AW1");
    assert_done(&client, "ListWorkersWithQualificationType",
                "{\"QualificationTypeId\":\"3Q\",\"Status\":\"Revoked\"}");
    assert_string_equal(client_text(&client, "Qualifications.0.WorkerId"), "AHOLDER");
    client_close(&client);
}

static void
a_type_is_created_once_and_found_by_a_search(void **state)
{
    (void)state;
    static const struct refusal again = {
        "CreateQualificationType",
        "{\"Name\":\"Wave 1\",\"Description\":\"x\",\"QualificationTypeStatus\":\"Active\"}",
        "RequestError", "QualificationTypeAlreadyExists",
        "You have already created a QualificationType with this name."};
    struct client client;
    client_open(&client, client_world, NULL);
    assert_done(&client, again.operation, again.body);
    const char *id =
        arena_copy(&client.arena, client_text(&client, "QualificationType.QualificationTypeId"));
    assert_refused(&client, &again);
    assert_done(&client, "ListQualificationTypes",
                "{\"MustBeRequestable\":true,\"MustBeOwnedByCaller\":true,\"Query\":\"wave\"}");
    assert_int_equal(json_integer_value(client_find(&client, "NumResults")), 1);
    assert_string_equal(client_text(&client, "QualificationTypes.0.QualificationTypeId"), id);
    assert_done(&client, "GetQualificationType",
                arena_print(&client.arena, "{\"QualificationTypeId\":\"%s\"}", id));
    assert_string_equal(client_text(&client, "QualificationType.Name"), "Wave 1");
    client_close(&client);
}

static void
inactive_types_are_not_requestable(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, "qualifications: [{ id: 3Q, name: old, status: Inactive }]\n", NULL);
    assert_done(&client, "ListQualificationTypes", "{\"MustBeRequestable\":true}");
    assert_int_equal(json_integer_value(client_find(&client, "NumResults")), 0);
    assert_done(&client, "ListQualificationTypes", "{\"MustBeRequestable\":false}");
    assert_int_equal(json_integer_value(client_find(&client, "NumResults")), 1);
    client_close(&client);
}

static void
unknown_types_and_workers_are_refused(void **state)
{
    (void)state;
    static const struct refusal refusals[] = {
        {"AssociateQualificationWithWorker", SCORE("ANOBODY"), "ParameterValidationError", "",
         "The value \"ANOBODY\" is not valid for the parameter WorkerId."},
        {"AssociateQualificationWithWorker",
         "{\"QualificationTypeId\":\"3NONE\",\"WorkerId\":\"AW1\"}", "RequestError",
         "QualificationTypeDoesNotExist", "QualificationType 3NONE does not exist."},
        {"GetQualificationType", "{\"QualificationTypeId\":\"3NONE\"}", "RequestError",
         "QualificationTypeDoesNotExist", "QualificationType 3NONE does not exist."},
        {"ListQualificationTypes", "{}", "ValidationException", "",
         "1 validation error detected: Value null at 'mustBeRequestable' failed"},
    };
    struct client client;
    client_open(&client, client_world, NULL);
    assert_all_refused(&client, refusals, sizeof refusals / sizeof *refusals);
    client_close(&client);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(setting_a_score_again_changes_it),
        cmocka_unit_test(a_score_that_was_taken_away_reads_otherwise_than_one_never_given),
        cmocka_unit_test(holders_are_listed_by_status),
        cmocka_unit_test(a_type_is_created_once_and_found_by_a_search),
        cmocka_unit_test(inactive_types_are_not_requestable),
        cmocka_unit_test(unknown_types_and_workers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
