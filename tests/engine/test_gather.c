/* How much stays of what the marketplace tells: what a plan needs of each assignment and payment,
 * and nothing of the replies that told it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "engine/gather.h"
#include "market/mturk/mturk.h"

enum { PAGE = 100 };

/* A marketplace with one task, on which many people worked. One question is under way at a time. */
struct crowd {
    size_t assignments, payments;
    uint64_t ticket;
    const char *operation, *body;
    struct arena arena;
};

static void
assignment_print(size_t at, struct buffer *out)
{
    buffer_print(out,
                 "{\"AssignmentId\":\"3ASSIGNMENT%019zu\",\"WorkerId\":\"A1WORKER%06zu\","
                 "\"HITId\":\"3T\",\"AssignmentStatus\":\"Submitted\",\"SubmitTime\":%zu,"
                 "\"Answer\":\"<QuestionFormAnswers><Answer><QuestionIdentifier>joke"
                 "</QuestionIdentifier><FreeText>number %06zu</FreeText></Answer>"
                 "</QuestionFormAnswers>\"}",
                 at, at, 1795442400 + at, at);
}

static void
payment_print(size_t at, struct buffer *out)
{
    buffer_print(out,
                 "{\"AssignmentId\":\"3ASSIGNMENT%019zu\",\"WorkerId\":\"A1WORKER%06zu\","
                 "\"BonusAmount\":\"1.00\",\"Reason\":\"Your joke made us laugh. Thank you!\","
                 "\"GrantTime\":1795442400}",
                 at, at);
}

static void
page_print(const struct crowd *crowd, const char *list, size_t count,
           void (*print)(size_t at, struct buffer *out), struct buffer *out)
{
    const char *token = strstr(crowd->body, "\"NextToken\":\"");
    size_t first = token ? strtoul(token + strlen("\"NextToken\":\""), NULL, 10) : 0;
    size_t end = first + PAGE < count ? first + PAGE : count;
    buffer_print(out, "{\"%s\":[", list);
    for (size_t at = first; at < end; at++) {
        buffer_text(out, at > first ? "," : "");
        print(at, out);
    }
    buffer_text(out, "]");
    if (end < count)
        buffer_print(out, ",\"NextToken\":\"%zu\"", end);
    buffer_text(out, "}");
}

static bool
crowd_start(void *self, uint64_t ticket, const struct request *request, struct error *err)
{
    struct crowd *crowd = self;
    (void)err;
    crowd->ticket = ticket;
    crowd->body = arena_copy(&crowd->arena, request->body);
    for (size_t i = 0; i < request->header_count; i++)
        if (text_same(request->headers[i].name, "X-Amz-Target"))
            crowd->operation =
                arena_copy(&crowd->arena, strchr(request->headers[i].value, '.') + 1);
    return true;
}

/* The reply is made where the caller wants it, as a real one is. */
static bool
crowd_wait(void *self, int64_t timeout_us, uint64_t *ticket, struct reply *reply,
           struct arena *arena)
{
    struct crowd *crowd = self;
    struct buffer out = {0};
    (void)timeout_us;
    if (text_same(crowd->operation, "GetHIT"))
        buffer_text(&out, "{\"HIT\":{\"HITId\":\"3T\",\"Title\":\"A joke\",\"Reward\":\"0.20\","
                          "\"MaxAssignments\":9,\"HITStatus\":\"Reviewable\"}}");
    else if (text_same(crowd->operation, "ListBonusPayments"))
        page_print(crowd, "BonusPayments", crowd->payments, payment_print, &out);
    else
        page_print(crowd, "Assignments", crowd->assignments, assignment_print, &out);
    *ticket = crowd->ticket;
    *reply = (struct reply){.sent = true,
                            .whole = true,
                            .status = 200,
                            .body = arena_text(arena, out.bytes, out.size),
                            .body_size = out.size};
    buffer_close(&out);
    return true;
}

static void
crowd_cancel(void *self, uint64_t ticket)
{
    (void)self, (void)ticket;
}

/* Reads the whole crowd; gives what it takes to hold it. */
static size_t
crowd_gather(struct crowd *crowd, struct gather gather, struct roster *roster, struct arena *arena)
{
    static const struct listed tasks[] = {{.id = "3T"}};
    struct problems problems = {.arena = arena};
    struct error err = {0};
    struct line line = {.market = &mturk_market,
                        .endpoint = "http://localhost:1",
                        .credentials = {.key_id = "KEYEXAMPLE", .secret = "SECRETEXAMPLE"},
                        .transport = {crowd, crowd_start, crowd_wait, crowd_cancel}};
    gather.tasks = tasks;
    gather.task_count = 1;
    gather.problems = &problems;
    line_init(&line, 1, 0, arena);
    *roster = (struct roster){0};
    if (!gather_roster(&line, &gather, roster, arena, &err))
        fail_msg("the roster cannot be read: %s", err.text);
    line_close(&line);
    arena_close(&crowd->arena);
    assert_int_equal(roster->assignment_count, crowd->assignments);
    assert_int_equal(roster->payment_count, gather.with_payments ? crowd->payments : 0);
    return arena_size_bytes(arena);
}

/* What each of so many more costs: arrays and indexes are as full at the one number as at the
 * other, being doubled. */
static size_t
bytes_each(struct gather gather, size_t payments_of_each)
{
    enum { COUNT = 8000 };
    size_t sizes[2];
    for (size_t i = 0; i < 2; i++) {
        size_t count = (size_t)COUNT << i;
        struct crowd crowd = {.assignments = count, .payments = count * payments_of_each};
        struct roster roster;
        struct arena arena = {0};
        sizes[i] = crowd_gather(&crowd, gather, &roster, &arena);
        arena_close(&arena);
    }
    return (sizes[1] - sizes[0]) / COUNT;
}

static void
of_an_assignment_at_most_300_bytes_stay(void **state)
{
    (void)state;
    assert_in_range(bytes_each((struct gather){0}, 0), 100, 300);
}

static void
of_answers_what_was_filled_in_stays(void **state)
{
    (void)state;
    size_t without = bytes_each((struct gather){0}, 0);
    size_t with = bytes_each((struct gather){.with_answers = true}, 0);
    size_t answer = sizeof "number 000000" + sizeof(struct reply_field);
    assert_in_range(with - without, answer, answer + 20);
}

/* The names of those who were paid are the roster's, and the words are the same. */
static void
of_a_payment_only_the_row_stays(void **state)
{
    (void)state;
    size_t without = bytes_each((struct gather){0}, 0);
    size_t with = bytes_each((struct gather){.with_payments = true}, 1);
    assert_in_range(with - without, sizeof(struct payment), 2 * sizeof(struct payment) + 20);
}

static void
what_stays_is_what_was_told(void **state)
{
    (void)state;
    struct crowd crowd = {.assignments = 250, .payments = 250};
    struct roster roster;
    struct arena arena = {0};
    crowd_gather(&crowd, (struct gather){.with_answers = true, .with_payments = true}, &roster,
                 &arena);
    const struct assignment *one = roster_find(&roster, "3ASSIGNMENT0000000000000000142");
    assert_string_equal(one->worker, "A1WORKER000142");
    assert_string_equal(assignment_field(one, "joke"), "number 000142");
    assert_int_equal(one->submitted_ms, 1795442542000);
    assert_string_equal(roster.tasks[0].title, "A joke");
    assert_string_equal(roster.payments[249].words, "Your joke made us laugh. Thank you!");
    assert_ptr_equal(roster.payments[249].words, roster.payments[0].words);
    assert_string_equal(roster.payments[249].worker, "A1WORKER000249");
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_an_assignment_at_most_300_bytes_stay),
        cmocka_unit_test(of_answers_what_was_filled_in_stays),
        cmocka_unit_test(of_a_payment_only_the_row_stays),
        cmocka_unit_test(what_stays_is_what_was_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
