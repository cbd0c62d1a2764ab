/* Pages: sizes, tokens, and lists that change between two pages. */
#include "client.h"

static const char many[] = "hits: [{ id: 3H, made_up: 250 }, { id: 3I, made_up: 30 }]\n";

/* A call for one page; `filters` are members with a comma behind each. */
static const char *
page_call(struct client *client, const char *filters, const char *token)
{
    return token ? arena_print(&client->arena, "{%s\"NextToken\":\"%s\"}", filters, token)
                 : arena_print(&client->arena, "{%.*s}", (int)strlen(filters) - 1, filters);
}

static const char *
page_of(struct client *client, const char *more, const char *token)
{
    return page_call(client, arena_print(&client->arena, "\"HITId\":\"3H\"%s,", more), token);
}

struct walk {
    const char *operation, *filters;
    const char *list, *id; /* the member that holds the rows, and what tells them apart */
};

/* Reads all pages, noting each row once; gives how many pages there were. */
static size_t
read_all(struct client *client, const struct walk *walk, struct index *rows)
{
    const char *token = NULL;
    size_t pages = 0, i;
    do {
        json_t *item;
        assert_done(client, walk->operation, page_call(client, walk->filters, token));
        json_array_foreach (client_find(client, walk->list), i, item)
            assert_true(index_add(
                rows,
                arena_copy(&client->arena, json_string_value(json_object_get(item, walk->id))), 0,
                &client->arena));
        token = arena_copy(&client->arena, json_string_value(client_find(client, "NextToken")));
        pages++;
    } while (token);
    return pages;
}

static void
all_250_come_once_whatever_the_page_size(void **state)
{
    (void)state;
    static const struct {
        const char *more;
        size_t pages;
    } cases[] = {{"", 25},
                 {",\"MaxResults\":100", 3},
                 {",\"MaxResults\":1", 250},
                 {",\"MaxResults\":50,\"AssignmentStatuses\":[\"Submitted\"]", 5}};
    struct client client;
    client_open(&client, many, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct index workers = {0};
        struct walk walk = {"ListAssignmentsForHIT",
                            arena_print(&client.arena, "\"HITId\":\"3H\"%s,", cases[i].more),
                            "Assignments", "WorkerId"};
        assert_int_equal(read_all(&client, &walk, &workers), cases[i].pages);
        assert_int_equal(workers.count, 250);
    }
    client_close(&client);
}

/* 130 qualifications, of which one has 250 holders, and 120 blocked workers among them. */
static const char *
crowd_make(struct arena *arena)
{
    struct buffer world = {0};
    buffer_text(&world, "qualifications:\n");
    for (int i = 1; i < 130; i++)
        buffer_print(&world, "  - { id: 3Q%d, name: wave %d }\n", i, i);
    buffer_text(&world, "  - id: 3Q\n    name: other wave\n    holders:\n");
    for (int i = 0; i < 250; i++)
        buffer_print(&world, "      A%d: %d\n", i, i);
    buffer_text(&world, "blocked:\n");
    for (int i = 0; i < 240; i += 2)
        buffer_print(&world, "  - A%d\n", i);
    const char *text = arena_text(arena, world.bytes, world.size);
    buffer_close(&world);
    return text;
}

static void
all_who_hold_all_who_are_blocked_and_all_types_come_once(void **state)
{
    (void)state;
    static const struct {
        struct walk walk;
        size_t rows, pages;
    } cases[] = {
        {{"ListWorkersWithQualificationType",
          "\"QualificationTypeId\":\"3Q\",\"Status\":\"Granted\",\"MaxResults\":100,",
          "Qualifications", "WorkerId"},
         249,
         3},
        {{"ListWorkersWithQualificationType",
          "\"QualificationTypeId\":\"3Q\",\"Status\":\"Revoked\",\"MaxResults\":100,",
          "Qualifications", "WorkerId"},
         1,
         1},
        {{"ListWorkerBlocks", "\"MaxResults\":100,", "WorkerBlocks", "WorkerId"}, 119, 2},
        {{"ListQualificationTypes",
          "\"MustBeRequestable\":false,\"MustBeOwnedByCaller\":true,\"Query\":\"wave\","
          "\"MaxResults\":100,",
          "QualificationTypes", "QualificationTypeId"},
         130,
         2},
        {{"ListQualificationTypes", "\"MustBeRequestable\":false,\"MaxResults\":100,",
          "QualificationTypes", "QualificationTypeId"},
         130,
         2},
    };
    struct client client;
    struct arena arena = {0};
    client_open(&client, crowd_make(&arena), NULL);
    assert_done(&client, "DisassociateQualificationFromWorker",
                "{\"QualificationTypeId\":\"3Q\",\"WorkerId\":\"A7\"}");
    assert_done(&client, "DeleteWorkerBlock", "{\"WorkerId\":\"A8\"}");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct index rows = {0};
        assert_int_equal(read_all(&client, &cases[i].walk, &rows), cases[i].pages);
        assert_int_equal(rows.count, cases[i].rows);
    }
    client_close(&client);
    arena_close(&arena);
}

static void
a_token_holds_for_its_own_list_and_filters_only(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, many, NULL);
    assert_done(&client, "ListAssignmentsForHIT", "{\"HITId\":\"3H\"}");
    const char *token = arena_copy(&client.arena, client_text(&client, "NextToken"));
    const struct refusal refusals[] = {
        {"ListAssignmentsForHIT", page_of(&client, "", "made-up"), "ParameterValidationError", "",
         "The value \"made-up\" is not valid for the parameter NextToken."},
        {"ListAssignmentsForHIT",
         arena_print(&client.arena, "{\"HITId\":\"3I\",\"NextToken\":\"%s\"}", token),
         "ParameterValidationError", "", "The value"},
        {"ListAssignmentsForHIT", page_of(&client, ",\"AssignmentStatuses\":[\"Approved\"]", token),
         "ParameterValidationError", "", "The value"},
        {"ListBonusPayments", page_of(&client, "", token), "ParameterValidationError", "",
         "The value"},
        {"ListHITs", arena_print(&client.arena, "{\"NextToken\":\"%s\"}", token),
         "ParameterValidationError", "", "The value"},
    };
    assert_all_refused(&client, refusals, sizeof refusals / sizeof *refusals);
    assert_done(&client, "ListAssignmentsForHIT", page_of(&client, ",\"MaxResults\":100", token));
    client_close(&client);
}

static void
page_sizes_are_1_to_100(void **state)
{
    (void)state;
    static const struct refusal refusals[] = {
        {"ListHITs", "{\"MaxResults\":0}", "ValidationException", "",
         "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: "
         "Member must have value greater than or equal to 1"},
        {"ListHITs", "{\"MaxResults\":101}", "ValidationException", "",
         "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: "
         "Member must have value less than or equal to 100"},
        {"ListHITs", "{\"NextToken\":\"\"}", "ValidationException", "",
         "1 validation error detected: Value '' at 'nextToken' failed to satisfy constraint: "
         "Member must have length greater than or equal to 1"},
    };
    struct client client;
    client_open(&client, many, NULL);
    assert_all_refused(&client, refusals, sizeof refusals / sizeof *refusals);
    client_close(&client);
}

static void
the_last_full_page_has_no_token(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, "hits: [{ id: 3H, made_up: 20 }]\n", NULL);
    assert_done(&client, "ListAssignmentsForHIT", "{\"HITId\":\"3H\",\"MaxResults\":20}");
    assert_int_equal(json_integer_value(client_find(&client, "NumResults")), 20);
    assert_null(client_find(&client, "NextToken"));
    client_close(&client);
}

static void
deciding_work_between_two_pages_skips_none(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, "hits: [{ id: 3H, made_up: 20 }]\n", NULL);
    const char *submitted = ",\"AssignmentStatuses\":[\"Submitted\"]";
    assert_done(&client, "ListAssignmentsForHIT", page_of(&client, submitted, NULL));
    const char *token = arena_copy(&client.arena, client_text(&client, "NextToken"));
    assert_done(
        &client, "ApproveAssignment",
        arena_print(&client.arena, "{\"AssignmentId\":\"%s\"}", client.world.assignments[0].id));
    assert_done(&client, "ListAssignmentsForHIT", page_of(&client, submitted, token));
    assert_int_equal(json_integer_value(client_find(&client, "NumResults")), 10);
    assert_string_equal(client_text(&client, "Assignments.0.AssignmentId"),
                        client.world.assignments[10].id);
    client_close(&client);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_250_come_once_whatever_the_page_size),
        cmocka_unit_test(all_who_hold_all_who_are_blocked_and_all_types_come_once),
        cmocka_unit_test(a_token_holds_for_its_own_list_and_filters_only),
        cmocka_unit_test(page_sizes_are_1_to_100),
        cmocka_unit_test(the_last_full_page_has_no_token),
        cmocka_unit_test(deciding_work_between_two_pages_skips_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
