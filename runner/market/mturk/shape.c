#include "market/mturk/shape.h"

#include <limits.h>

#include "base/text.h"
#include "market/mturk/answers.h"
#include "market/mturk/complaint.h"
#include "market/mturk/reading.h"

/* Masters carries an extra fee; its qualification has one id in each environment. */
static const char *const masters_ids[] = {
    "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH", /* production */
    "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6", /* sandbox */
};

/* An object inside the answer; its trouble is noted when it is missing. */
static const json_t *
object_take(struct reading *reading, const json_t *body, const char *name)
{
    const json_t *object = reading_member(body, name);
    if (!json_is_object(object))
        reading_complain(reading, name, object ? "is not an object" : "is missing");
    return object;
}

/* A list that must be there: an answer without one must not read as "nothing was paid", unless it
 * says in so many words that there are no rows. The service also says how many rows it sent,
 * "equivalent to the number … returned by this call". */
static const json_t *
list_take(struct reading *reading, const json_t *body, const char *name)
{
    const json_t *list = reading_member(body, name), *rows = reading_member(body, "NumResults");
    if (!list && json_is_integer(rows) && json_integer_value(rows) == 0)
        return NULL;
    if (!json_is_array(list))
        reading_complain(reading, name, list ? "is not a list" : "is missing");
    if (reading_member(body, "NumResults") &&
        (size_t)reading_integer(reading, body, "NumResults", 0) > json_array_size(list))
        reading_complain(reading, name, "has fewer rows than 'NumResults' says");
    return list;
}

/* The rows of one page of a list, their number, and the token of the next page: the list ends where
 * no token is given; a page without rows ends it too, so that a token that leads nowhere cannot
 * keep us asking. What is complained of from here on is a row's. */
static const json_t *
page_take(struct reading *reading, const json_t *body, const char *name, size_t *rows,
          struct answer *answer)
{
    const json_t *list = list_take(reading, body, name);
    const char *token = reading_text(reading, body, "NextToken", "");
    *rows = json_array_size(list);
    answer->next_page = *token && *rows ? token : NULL;
    reading->list = name;
    return list;
}

/* A time that only orders or dates a row for people: 0 when the service leaves it out. */
static stamp_t
time_take(struct reading *reading, const json_t *object, const char *name)
{
    return reading_member(object, name) ? reading_time(reading, object, name) : 0;
}

static unsigned
count_take(struct reading *reading, const json_t *object, const char *name)
{
    if (!reading_member(object, name))
        return 0;
    return (unsigned)reading_integer(reading, object, name, 0);
}

static bool
needs_masters(struct reading *reading, const json_t *hit)
{
    const json_t *requirements = reading_member(hit, "QualificationRequirements");
    bool masters = false;
    for (size_t i = 0; i < json_array_size(requirements); i++) {
        const char *id =
            reading_text(reading, json_array_get(requirements, i), "QualificationTypeId", "");
        for (size_t j = 0; j < sizeof masters_ids / sizeof *masters_ids; j++)
            masters |= text_same(id, masters_ids[j]);
    }
    return masters;
}

static void
balance_read(struct reading *reading, const json_t *body, struct answer *answer)
{
    answer->balance = reading_amount(reading, body, "AvailableBalance");
}

static void
task_read(struct reading *reading, const json_t *body, struct answer *answer)
{
    const json_t *hit = object_take(reading, body, "HIT");
    answer->task = (struct task){
        .id = reading_id(reading, hit, "HITId"),
        .title = mturk_beginning(reading_text(reading, hit, "Title", ""), MTURK_TEXT_SIZE_MAX,
                                 reading->arena),
        .state = mturk_beginning(reading_text(reading, hit, "HITStatus", ""), MTURK_CODE_SIZE_MAX,
                                 reading->arena),
        .reward = reading_price(reading, hit, "Reward"),
        .places = (unsigned)reading_integer(reading, hit, "MaxAssignments", 1),
        .masters = needs_masters(reading, hit),
        .from_website =
            text_starts(reading_text(reading, hit, "RequesterAnnotation", ""), "BatchId:"),
        .created_ms = time_take(reading, hit, "CreationTime"),
        .taken = count_take(reading, hit, "NumberOfAssignmentsPending"),
        .free = count_take(reading, hit, "NumberOfAssignmentsAvailable"),
    };
}

static void
assignment_take(struct reading *reading, const json_t *row, struct answer *answer, size_t at)
{
    enum work_status is = WORK_SUBMITTED;
    struct assignment *assignment = &answer->assignments[at];
    *assignment = (struct assignment){
        .id = reading_id(reading, row, "AssignmentId"),
        .worker = reading_worker(reading, row, "WorkerId"),
        .submitted_ms = time_take(reading, row, "SubmitTime"),
    };
    answer->task_ids[at] = reading_text(reading, row, "HITId", NULL);
    if (!work_status_find(reading_needed(reading, row, "AssignmentStatus"), &is))
        reading_complain(reading, "AssignmentStatus",
                         "is none of Submitted, Approved and Rejected");
    assignment->status = is;
}

/* What cannot be read of one worker's work is no reason to doubt the list: it is kept with the
 * assignment, for those who need the answers. */
static void
answers_take(struct reading *reading, const json_t *row, struct assignment *assignment)
{
    const json_t *text = reading_member(row, "Answer");
    struct answers answers = {.trouble = text && !json_is_string(text) ? "it is not a text" : NULL};
    if (json_is_string(text))
        answers =
            mturk_answers_read(json_string_value(text), json_string_length(text), reading->arena);
    if (answers.count || answers.trouble)
        assignment->filled =
            filled_make(answers.fields, answers.count, answers.trouble, reading->arena);
}

static void
assignments_read(struct reading *reading, const json_t *body, struct answer *answer)
{
    const json_t *list = page_take(reading, body, "Assignments", &answer->assignment_count, answer);
    size_t count = answer->assignment_count;
    answer->assignments = arena_alloc(reading->arena, count * sizeof *answer->assignments);
    answer->task_ids = arena_alloc(reading->arena, count * sizeof *answer->task_ids);
    for (reading->row = 0; reading->row < count; reading->row++)
        assignment_take(reading, json_array_get(list, reading->row), answer, reading->row);
}

static void
assignments_read_answered(struct reading *reading, const json_t *body, struct answer *answer)
{
    assignments_read(reading, body, answer);
    const json_t *list = reading_member(body, "Assignments");
    for (size_t i = 0; i < answer->assignment_count; i++)
        answers_take(reading, json_array_get(list, i), &answer->assignments[i]);
}

static void
assignment_read(struct reading *reading, const json_t *body, struct answer *answer)
{
    answer->assignment_count = 1;
    answer->assignments = arena_alloc(reading->arena, sizeof *answer->assignments);
    answer->task_ids = arena_alloc(reading->arena, sizeof *answer->task_ids);
    assignment_take(reading, object_take(reading, body, "Assignment"), answer, 0);
}

static struct payment
payment_take(struct reading *reading, const json_t *row)
{
    return (struct payment){
        .assignment = reading_id(reading, row, "AssignmentId"),
        .worker = reading_worker(reading, row, "WorkerId"),
        .words = reading_text(reading, row, "Reason", ""),
        .amount = reading_price(reading, row, "BonusAmount"),
        .at_ms = reading_time(reading, row, "GrantTime"),
    };
}

static void
payments_read(struct reading *reading, const json_t *body, struct answer *answer)
{
    const json_t *list = page_take(reading, body, "BonusPayments", &answer->payment_count, answer);
    answer->payments =
        arena_alloc(reading->arena, answer->payment_count * sizeof *answer->payments);
    for (reading->row = 0; reading->row < answer->payment_count; reading->row++)
        answer->payments[reading->row] = payment_take(reading, json_array_get(list, reading->row));
}

static void
score_read(struct reading *reading, const json_t *body, struct answer *answer)
{
    const json_t *qualification = object_take(reading, body, "Qualification");
    answer->has_score =
        !text_same(reading_text(reading, qualification, "Status", "Granted"), "Revoked");
    if (answer->has_score)
        answer->score = reading_integer(reading, qualification, "IntegerValue", INT_MIN);
}

static void
types_read(struct reading *reading, const json_t *body, struct answer *answer)
{
    const json_t *list =
        page_take(reading, body, "QualificationTypes", &answer->type_count, answer);
    answer->types = arena_alloc(reading->arena, answer->type_count * sizeof *answer->types);
    for (reading->row = 0; reading->row < answer->type_count; reading->row++) {
        const json_t *row = json_array_get(list, reading->row);
        answer->types[reading->row] = (struct qualification_type){
            .id = reading_id(reading, row, "QualificationTypeId"),
            .name = reading_needed(reading, row, "Name"),
        };
    }
}

/* Only those who have it now were asked for: a row of another status answers something else. */
static struct holder
holder_take(struct reading *reading, const json_t *row)
{
    if (!text_same(reading_text(reading, row, "Status", "Granted"), "Granted"))
        reading_complain(reading, "Status", "is not Granted");
    return (struct holder){
        .worker = reading_worker(reading, row, "WorkerId"),
        .value = reading_integer(reading, row, "IntegerValue", INT_MIN),
    };
}

static void
holders_read(struct reading *reading, const json_t *body, struct answer *answer)
{
    const json_t *list = page_take(reading, body, "Qualifications", &answer->holder_count, answer);
    answer->holders = arena_alloc(reading->arena, answer->holder_count * sizeof *answer->holders);
    for (reading->row = 0; reading->row < answer->holder_count; reading->row++)
        answer->holders[reading->row] = holder_take(reading, json_array_get(list, reading->row));
}

static void
blocks_read(struct reading *reading, const json_t *body, struct answer *answer)
{
    const json_t *list = page_take(reading, body, "WorkerBlocks", &answer->blocked_count, answer);
    answer->blocked = arena_alloc(reading->arena, answer->blocked_count * sizeof *answer->blocked);
    for (reading->row = 0; reading->row < answer->blocked_count; reading->row++)
        answer->blocked[reading->row] =
            reading_worker(reading, json_array_get(list, reading->row), "WorkerId");
}

/* Whom a message did not reach. The message went to the others all the same: the service answers
 * 200 even when nobody was reached. */
static void
unreached_read(struct reading *reading, const json_t *body, struct answer *answer)
{
    reading->list = "NotifyWorkersFailureStatuses";
    const json_t *list = reading_member(body, reading->list);
    if (list && !json_is_array(list))
        reading_complain(reading, reading->list, "is not a list");
    answer->unreached_count = json_array_size(list);
    answer->unreached =
        arena_alloc(reading->arena, answer->unreached_count * sizeof *answer->unreached);
    for (reading->row = 0; reading->row < answer->unreached_count; reading->row++) {
        const json_t *row = json_array_get(list, reading->row);
        answer->unreached[reading->row] = (struct unreached){
            .worker = reading_worker(reading, row, "WorkerId"),
            .code = mturk_beginning(reading_text(reading, row, "NotifyWorkersFailureCode", ""),
                                    MTURK_CODE_SIZE_MAX, reading->arena),
            .text = mturk_words(reading_text(reading, row, "NotifyWorkersFailureMessage", ""),
                                reading->arena),
        };
    }
}

static void
created_read(struct reading *reading, const json_t *body, struct answer *answer)
{
    answer->qualification =
        reading_id(reading, object_take(reading, body, "QualificationType"), "QualificationTypeId");
}

typedef void shape_reader(struct reading *reading, const json_t *body, struct answer *answer);

/* Writes that say nothing but yes have no reader. */
static shape_reader *const readers[ASK_KIND_COUNT] = {
    [ASK_ACCOUNT] = NULL, /* not JSON: account.h */
    [ASK_BALANCE] = balance_read,
    [ASK_TASK] = task_read,
    [ASK_ASSIGNMENTS] = assignments_read,
    [ASK_ASSIGNMENTS_ANSWERED] = assignments_read_answered,
    [ASK_ASSIGNMENT] = assignment_read,
    [ASK_PAYMENTS] = payments_read,
    [ASK_ASSIGNMENT_PAYMENTS] = payments_read,
    [ASK_SCORE] = score_read,
    [ASK_TYPES] = types_read,
    [ASK_HOLDERS] = holders_read,
    [ASK_BLOCKS] = blocks_read,
    [TELL_NOTIFY] = unreached_read,
    [TELL_CREATE] = created_read,
};

/* Without its id, what was made cannot be given to anybody. */
bool
mturk_shape_may_be_empty(enum ask_kind kind)
{
    return !ask_is_question(kind) && kind != TELL_CREATE;
}

const char *
mturk_shape_read(enum ask_kind kind, const json_t *body, struct answer *answer, struct arena *arena)
{
    struct reading reading = {.arena = arena};
    if (readers[kind])
        readers[kind](&reading, body, answer);
    return reading.trouble;
}
