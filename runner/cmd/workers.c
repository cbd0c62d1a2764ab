/* bursar workers, bursar balance: what the marketplace shows, without any plan. */
#include <string.h>

#include "base/text.h"
#include "cmd/commands.h"
#include "cmd/say.h"
#include "cmd/session.h"
#include "cmd/table.h"
#include "core/select.h"
#include "engine/gather.h"
#include "io/file.h"

enum form { FORM_TABLE, FORM_CSV, FORM_JSON, FORM_IDS };

static enum form
form_of(const struct arguments *arguments)
{
    if (option_is_set(arguments, OPTION_JSON))
        return FORM_JSON;
    if (option_is_set(arguments, OPTION_CSV))
        return FORM_CSV;
    return option_is_set(arguments, OPTION_IDS) ? FORM_IDS : FORM_TABLE;
}

/* One campaign file, or tasks by their ids. */
static bool
tasks_take(struct session *session, struct listed **tasks, size_t *count, struct error *err)
{
    const struct arguments *arguments = session->arguments;
    if (arguments->word_count == 1 &&
        (file_exists(arguments->words[0]) || !text_is_id(arguments->words[0]))) {
        if (!session_load(session, arguments->words[0]))
            return error_end(err, STATUS_INVALID, "%s is not valid; nothing was asked",
                             arguments->words[0]);
        return true;
    }
    *tasks = arena_alloc(&session->arena, arguments->word_count * sizeof **tasks);
    *count = arguments->word_count;
    for (size_t i = 0; i < arguments->word_count; i++) {
        if (!text_is_id(arguments->words[i]))
            return error_end(err, STATUS_USAGE,
                             "'%s' is neither a campaign file nor a HIT ID (capital letters and "
                             "digits)",
                             arguments->words[i]);
        (*tasks)[i] =
            (struct listed){.id = arguments->words[i],
                            .where = {.file = arena_print(&session->arena, "argument %zu", i + 1)}};
    }
    return true;
}

static void
row_encode(const struct session *session, const struct assignment *one, enum form form, bool first,
           struct table *table, struct buffer *out)
{
    char when[STAMP_TEXT_SIZE];
    const char *task = session->roster.tasks[one->task].id;
    const char *status = work_status_name(one->status);
    stamp_print(when, one->submitted_ms);
    switch (form) {
    case FORM_CSV:
        buffer_print(out, "%s,%s,%s,%s,%s\r\n", one->worker, one->id, task, status, when);
        return;
    case FORM_JSON:
        buffer_print(out,
                     "%s{\"worker\": \"%s\", \"assignment\": \"%s\", \"task\": \"%s\", "
                     "\"status\": \"%s\", \"submitted\": \"%s\"}",
                     first ? "\n " : ",\n ", one->worker, one->id, task, status, when);
        return;
    case FORM_IDS:
        buffer_print(out, "%s\n", one->worker);
        return;
    case FORM_TABLE:
        table_cell(table, one->worker);
        table_cell(table, one->id);
        table_cell(table, task);
        table_cell(table, status);
        table_cell(table, arena_copy(table->arena, when));
        return;
    }
}

static void
roster_print(struct session *session, struct buffer *out)
{
    enum form form = form_of(session->arguments);
    bool all = option_is_set(session->arguments, OPTION_ALL) || !session->load.campaign;
    struct table table = {.arena = &session->arena};
    static const char *const heads[] = {"Worker", "Assignment", "HIT", "Status", "Submitted", NULL};
    if (form == FORM_TABLE)
        table_heads(&table, heads);
    if (form == FORM_CSV)
        buffer_text(out, "WorkerId,AssignmentId,HITId,AssignmentStatus,SubmitTime\r\n");
    if (form == FORM_JSON)
        buffer_text(out, "[");
    struct index seen = {0};
    struct selection selection;
    size_t rows = 0;
    if (!all)
        selection_init(&selection, session->load.campaign, &session->roster,
                       &session->journal.ledger, &session->arena);
    for (size_t i = 0; i < session->roster.assignment_count; i++) {
        const struct assignment *one = &session->roster.assignments[i];
        if (!all && select_campaign(&selection, i).fate != FATE_SELECTED)
            continue;
        bool fresh = index_add(&seen, one->worker, i, &session->arena);
        if (form == FORM_IDS && !fresh)
            continue;
        row_encode(session, one, form, rows++ == 0, &table, out);
    }
    if (form == FORM_JSON)
        buffer_text(out, rows ? "\n]\n" : "]\n");
    if (form == FORM_TABLE) {
        table_print(&table, "", out);
        buffer_print(out, "\n%zu %s, %zu %s\n", rows, rows == 1 ? "assignment" : "assignments",
                     seen.count, seen.count == 1 ? "worker" : "workers");
    }
}

/* A campaign's own journal says what status its assignments had before it approved them. */
static bool
journal_read_if_any(struct session *session, struct error *err)
{
    return !session->load.campaign || session_journal(session, false, err);
}

/* Of a campaign, all that its filters look at; of tasks, who handed in work. */
static bool
people_read(struct session *session, const struct listed *tasks, size_t count, struct error *err)
{
    struct gather gather = {.tasks = tasks, .task_count = count};
    return session->load.campaign ? session_people(session, false, err)
                                  : session_roster(session, &gather, err);
}

enum status
cmd_workers(const struct arguments *arguments)
{
    struct session session;
    struct error err = {0};
    struct buffer out = {0};
    struct listed *tasks = NULL;
    size_t count = 0;
    session_init(&session, arguments);
    enum status status = STATUS_DONE;
    if (!tasks_take(&session, &tasks, &count, &err) || !session_place(&session, &err) ||
        !journal_read_if_any(&session, &err) || !session_connect(&session, &err) ||
        !people_read(&session, tasks, count, &err) ||
        (session.journal_open && !session_journal_again(&session, &err))) {
        status = say_error(&err);
    } else {
        roster_print(&session, &out);
        status = say_out(&out, &err) ? STATUS_DONE : say_error(&err);
    }
    buffer_close(&out);
    session_close(&session);
    return status;
}

enum status
cmd_balance(const struct arguments *arguments)
{
    struct session session;
    struct error err = {0};
    struct buffer out = {0};
    char money[MONEY_TEXT_SIZE];
    session_init(&session, arguments);
    enum status status = STATUS_INVALID;
    if (arguments->word_count && !session_load(&session, arguments->words[0])) {
        session_close(&session);
        return status;
    }
    if (!session_place(&session, &err) || !session_connect(&session, &err) ||
        !gather_balance(&session.line, &session.balance, &session.arena, &err)) {
        status = say_error(&err);
    } else {
        money_print(money, session.balance);
        if (option_is_set(arguments, OPTION_JSON))
            buffer_print(&out,
                         "{\"balance\": \"%s\", \"currency\": \"%s\", \"environment\": \"%s\"}\n",
                         money, session.market->currency, session.environment);
        else
            buffer_print(&out, "%s %s\n", money, session.market->currency);
        status = say_out(&out, &err) ? STATUS_DONE : say_error(&err);
    }
    buffer_close(&out);
    session_close(&session);
    return status;
}
