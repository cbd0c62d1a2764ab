/* The shape of inputs: what every operation refuses before it looks at the meaning. */
#include "client.h"

#include "sim/shape.h"

static const struct refusal refusals[] = {
    {"GetHIT", "", "SerializationException", "", "The body is not JSON"},
    {"GetHIT", "{\"HITId\":", "SerializationException", "", "The body is not JSON"},
    {"GetHIT", "{\"HITId\":\"3H\",\"HITId\":\"3H\"}", "SerializationException", "",
     "The body is not JSON: duplicate"},
    {"GetHIT", "[]", "SerializationException", "",
     "START_ARRAY can not be converted to a Structure"},
    {"GetHIT", "{\"HITId\":3}", "SerializationException", "",
     "NUMBER_VALUE can not be converted to a String"},
    {"ListHITs", "{\"MaxResults\":\"10\"}", "SerializationException", "",
     "STRING_VALUE can not be converted to an Integer"},
    {"ListHITs", "{\"MaxResults\":1.5}", "SerializationException", "",
     "DECIMAL_VALUE can not be converted to an Integer"},
    {"ApproveAssignment", "{\"AssignmentId\":\"3A1\",\"OverrideRejection\":\"true\"}",
     "SerializationException", "", "STRING_VALUE can not be converted to a Boolean"},
    {"NotifyWorkers", "{\"Subject\":\"s\",\"MessageText\":\"m\",\"WorkerIds\":\"AW1\"}",
     "SerializationException", "", "STRING_VALUE can not be converted to a List"},
    {"UpdateExpirationForHIT", "{\"HITId\":\"3H\",\"ExpireAt\":\"soon\"}", "SerializationException",
     "", "STRING_VALUE can not be converted to a Timestamp"},
    {"GetHIT", "{}", "ValidationException", "",
     "1 validation error detected: Value null at 'hITId' failed to satisfy constraint: Member must "
     "not be null"},
    {"GetHIT", "{\"HITId\":null}", "ValidationException", "",
     "1 validation error detected: Value null at 'hITId' failed"},
    {"GetHIT", "{\"HITId\":\"3h\"}", "ValidationException", "",
     "1 validation error detected: Value '3h' at 'hITId' failed to satisfy constraint: Member must "
     "satisfy regular expression pattern: ^[A-Z0-9]+$"},
    {"GetHIT", "{\"HITId\":\"3H\",\"HitId\":\"3H\"}", "ValidationException", "",
     "1 validation error detected: Value '' at 'hitId' failed to satisfy constraint: Member must "
     "be known to this operation"},
    {"GetHIT", "{\"HITId\":\"3H\",\"\":1}", "ValidationException", "",
     "1 validation error detected: Value '' at '' failed to satisfy constraint: Member must be "
     "known to this operation"},
    {"ListAssignmentsForHIT", "{\"HITId\":\"3H\",\"AssignmentStatuses\":[\"Done\"]}",
     "ValidationException", "",
     "1 validation error detected: Value 'Done' at 'assignmentStatuses.1.member' failed to satisfy "
     "constraint: Member must satisfy enum value set: [Submitted, Approved, Rejected]"},
    {"SendBonus", "{\"WorkerId\":\" AW1\",\"BonusAmount\":\"0.9752\",\"AssignmentId\":\"3A1\"}",
     "ValidationException", "",
     "3 validation errors detected: Value ' AW1' at 'workerId' failed to satisfy constraint: "
     "Member "
     "must satisfy regular expression pattern: ^A[A-Z0-9]+$; Value '0.9752' at 'bonusAmount' "
     "failed "
     "to satisfy constraint: Member must satisfy regular expression pattern: "
     "^[0-9]+(\\.)?[0-9]{0,2}$; Value null at 'reason' failed to satisfy constraint: Member must "
     "not be null"},
    {"SendBonus",
     "{\"WorkerId\":\"AW1\",\"BonusAmount\":\"1\",\"AssignmentId\":\"3A1\",\"Reason\":\"r\","
     "\"UniqueRequestToken\":"
     "\"12345678901234567890123456789012345678901234567890123456789012345\"}",
     "ValidationException", "",
     "1 validation error detected: Value "
     "'12345678901234567890123456789012345678901234567890123456789012345' at 'uniqueRequestToken' "
     "failed to satisfy constraint: Member must have length less than or equal to 64"},
};

static void
inputs_of_the_wrong_shape_are_refused_in_amazons_words(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    assert_all_refused(&client, refusals, sizeof refusals / sizeof *refusals);
    client_close(&client);
}

static void
amounts_outside_the_pattern_are_refused(void **state)
{
    (void)state;
    static const char *const amounts[] = {"", ".50", "1.234", "-1", "1,00", "$1", "1.0.0", " 1"};
    struct client client;
    client_open(&client, client_world, NULL);
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        client_call(&client, "SendBonus",
                    arena_print(&client.arena,
                                "{\"WorkerId\":\"AW1\",\"AssignmentId\":\"3A1\",\"Reason\":\"r\","
                                "\"BonusAmount\":\"%s\"}",
                                amounts[i]));
        assert_string_equal(client_text(&client, "__type"), "ValidationException");
    }
    client_close(&client);
}

static void
times_are_read_as_numbers_and_as_texts(void **state)
{
    (void)state;
    static const char *const times[] = {"1626294366", "1626294366.0", "\"1626294366\"",
                                        "\"2021-07-14T20:26:06Z\""};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        json_t *value = json_loads(times[i], JSON_DECODE_ANY, NULL);
        int64_t at_ms;
        assert_true(shape_time(value, &at_ms));
        assert_true(at_ms == 1626294366000);
        json_decref(value);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inputs_of_the_wrong_shape_are_refused_in_amazons_words),
        cmocka_unit_test(amounts_outside_the_pattern_are_refused),
        cmocka_unit_test(times_are_read_as_numbers_and_as_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
