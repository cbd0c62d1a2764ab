/* bursar workers, bursar balance: what the marketplace shows, without any plan. */
#include <unistd.h>

#include "base/text.h"
#include "cmd/commands.h"
#include "cmd/replies.h"
#include "cmd/say.h"
#include "cmd/session.h"
#include "cmd/table.h"
#include "core/recall.h"
#include "core/select.h"
#include "engine/gather.h"
#include "io/file.h"
#include "io/person.h"

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

/* The list and how it is written. */
struct roll {
    const struct session *session;
    enum form form;
    bool with_answers;
    const struct assignment **rows; /* those who are listed */
    size_t row_count, people_count;
    struct replies replies;
    struct table table;
};

static void
row_encode(struct roll *roll, const struct assignment *one, bool first, struct buffer *out)
{
    char when[STAMP_TEXT_SIZE];
    const char *task = roll->session->roster.tasks[one->task].id;
    const char *status = work_status_name(one->status);
    when[0] = '\0'; /* a file may not say when */
    if (one->submitted_ms)
        stamp_print(when, one->submitted_ms);
    switch (roll->form) {
    case FORM_CSV:
        buffer_print(out, "%s,%s,%s,%s,%s", one->worker, one->id, task, status, when);
        if (roll->with_answers)
            replies_cells(&roll->replies, one, out);
        buffer_text(out, "\r\n");
        return;
    case FORM_JSON:
        buffer_print(out,
                     "%s{\"worker\": \"%s\", \"assignment\": \"%s\", \"task\": \"%s\", "
                     "\"status\": \"%s\", \"submitted\": \"%s\"",
                     first ? "\n " : ",\n ", one->worker, one->id, task, status, when);
        buffer_text(out, roll->with_answers ? ", \"answers\": " : "");
        if (roll->with_answers)
            replies_object(one, out);
        buffer_text(out, "}");
        return;
    case FORM_IDS:
        buffer_print(out, "%s\n", one->worker);
        return;
    case FORM_TABLE:
        table_cell(&roll->table, one->worker);
        table_cell(&roll->table, one->id);
        table_cell(&roll->table, task);
        table_cell(&roll->table, status);
        table_cell(&roll->table, arena_copy(roll->table.arena, when));
        return;
    }
}

/* Whose answers could not be read must not pass for someone who filled in nothing. */
static void
row_add(struct roll *roll, const struct assignment *one, struct arena *arena)
{
    roll->rows[roll->row_count++] = one;
    replies_note(&roll->replies, one, arena);
    if (assignment_filled(one)->unread_why)
        say_note("warning: the answers of assignment %s cannot be read: %s", one->id,
                 assignment_filled(one)->unread_why);
}

static void
roll_fill(struct roll *roll, struct session *session)
{
    const struct campaign *campaign = session->load.campaign;
    bool all = option_is_set(session->arguments, OPTION_ALL) || !campaign;
    struct index seen = {0};
    struct selection selection;
    if (!all)
        recall_people(&session->journal.ledger, &session->roster, &session->arena);
    if (!all)
        selection_init(&selection, campaign, &session->roster, &session->journal.ledger,
                       &session->arena);
    roll->rows =
        arena_alloc(&session->arena, (session->roster.assignment_count + 1) * sizeof *roll->rows);
    for (size_t i = 0; i < session->roster.assignment_count; i++) {
        const struct assignment *one = &session->roster.assignments[i];
        if (!all && select_campaign(&selection, i).fate != FATE_SELECTED)
            continue;
        bool fresh = index_add(&seen, one->worker, i, &session->arena);
        if (fresh || roll->form != FORM_IDS)
            row_add(roll, one, &session->arena);
    }
    roll->people_count = seen.count;
}

/* A long list goes out in pieces. */
static bool
roster_print(struct session *session, struct buffer *out, struct error *err)
{
    enum { PIECE_BYTES = 64 * 1024 };
    struct roll roll = {
        .session = session,
        .form = form_of(session->arguments),
        .with_answers = option_is_set(session->arguments, OPTION_ANSWERS),
        .replies = {.to_terminal = person_is_terminal(STDOUT_FILENO)},
        .table = {.arena = &session->arena},
    };
    static const char *const heads[] = {"Worker", "Assignment", "HIT", "Status", "Submitted", NULL};
    roll_fill(&roll, session);
    if (roll.form == FORM_TABLE)
        table_heads(&roll.table, heads);
    if (roll.form == FORM_CSV) {
        buffer_text(out, "WorkerId,AssignmentId,HITId,AssignmentStatus,SubmitTime");
        replies_heads(&roll.replies, out);
        buffer_text(out, "\r\n");
    }
    if (roll.form == FORM_JSON)
        buffer_text(out, "[");
    for (size_t i = 0; i < roll.row_count; i++) {
        row_encode(&roll, roll.rows[i], i == 0, out);
        if (out->size > PIECE_BYTES && !say_out(out, err))
            return false;
    }
    if (roll.form == FORM_JSON)
        buffer_text(out, roll.row_count ? "\n]\n" : "]\n");
    if (roll.form == FORM_TABLE) {
        table_print(&roll.table, "", out);
        buffer_print(out, "\n%zu %s, %zu %s\n", roll.row_count,
                     roll.row_count == 1 ? "assignment" : "assignments", roll.people_count,
                     roll.people_count == 1 ? "worker" : "workers");
    }
    return say_out(out, err);
}

/* Answers are of any length: they fit data, not a table for the eye. */
static bool
answers_fit(const struct arguments *arguments, struct error *err)
{
    enum form form = form_of(arguments);
    return !option_is_set(arguments, OPTION_ANSWERS) || form == FORM_CSV || form == FORM_JSON ||
           error_end(err, STATUS_USAGE, "--answers needs --csv or --json");
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
    bool answers = option_is_set(session->arguments, OPTION_ANSWERS);
    struct gather gather = {.tasks = tasks, .task_count = count, .with_answers = answers};
    session->with_answers = answers;
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
    if (!answers_fit(arguments, &err) || !tasks_take(&session, &tasks, &count, &err) ||
        !session_place(&session, &err) || !journal_read_if_any(&session, &err) ||
        !session_connect(&session, &err) || !people_read(&session, tasks, count, &err) ||
        (session.journal_open && !session_journal_again(&session, &err))) {
        status = say_error(&err);
    } else {
        status = roster_print(&session, &out, &err) ? STATUS_DONE : say_error(&err);
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
