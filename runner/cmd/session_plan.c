/* A session's people and plan: what is read of the marketplace, and what is made of it. */
#include "base/text.h"
#include "cmd/say.h"
#include "cmd/session.h"
#include "engine/survey.h"

/* Everything that was asked for and does not exist is said before the session ends. */
static bool
missing_say(struct session *session, const char *what, struct error *err)
{
    if (session->problems.count == 0)
        return true;
    problems_sort(&session->problems);
    say_problems(&session->problems, "error");
    return error_end(err, STATUS_INVALID, "%s; nothing was sent", what);
}

bool
session_roster(struct session *session, const struct gather *wanted, struct error *err)
{
    struct gather gather = *wanted;
    gather.problems = &session->problems;
    if (!gather_balance(&session->line, &session->balance, &session->arena, err) ||
        !gather_roster(&session->line, &gather, &session->roster, &session->arena, err))
        return false;
    return missing_say(session,
                       gather.given ? "the listed work cannot be read, or is not as the file says"
                                    : arena_print(&session->arena,
                                                  "%zu of the %zu listed tasks cannot be read",
                                                  session->problems.count, gather.task_count),
                       err);
}

static bool
decides(const struct campaign *campaign)
{
    for (size_t i = 0; i < campaign->step_count; i++)
        if (verb_row(campaign->steps[i].verb)->decides)
            return true;
    return false;
}

static bool
pays_bonuses(const struct campaign *campaign)
{
    for (size_t i = 0; i < campaign->step_count; i++)
        if (verb_row(campaign->steps[i].verb)->pays_bonus)
            return true;
    return false;
}

/* Ages decide whether a payment may be sent again, and a clock behind the journal's last record
 * would make every age too small. Servers of one service are minutes apart at most. */
static bool
clock_fits(const struct session *session, struct error *err)
{
    const stamp_t apart_most_ms = STAMP_HOUR_MS;
    stamp_t last_ms = session->journal.ledger.last_ms, now_ms = line_now(&session->line);
    char last[STAMP_TEXT_SIZE], now[STAMP_TEXT_SIZE];
    if (now_ms >= last_ms - apart_most_ms)
        return true;
    return error_end(err, STATUS_GUARDED,
                     "the journal's last record is of %s, and by %s it is %s now: one of the two "
                     "is wrong. Nothing was sent; run again when the clock is right, or ask who "
                     "wrote that record",
                     stamp_print(last, last_ms),
                     session->line.heard ? session->market->title : "this machine's clock",
                     stamp_print(now, now_ms));
}

/* An account that is not the one the file names is refused before anything of it is read. */
static bool
account_fits(struct session *session, struct error *err)
{
    const struct campaign *campaign = session->load.campaign;
    const char *account;
    if (!campaign->account)
        return true;
    if (!gather_account(&session->line, &account, &session->arena, err))
        return false;
    session->account = account;
    if (text_same(account, campaign->account))
        return true;
    error_at(err, campaign->account_where,
             "this campaign is for account %s, and the credentials from %s are those of account "
             "%s: nothing was sent; choose the right ones with --profile, or correct 'account'",
             campaign->account, session->line.credentials.source, account);
    err->status = STATUS_GUARDED;
    return false;
}

/* What is to be settled was sent already: what else the file names need not be there for that. */
static void
missing_let_pass(struct session *session)
{
    if (!session->settles)
        return;
    say_problems(&session->problems, "warning");
    session->problems.count = 0;
}

bool
session_people(struct session *session, bool for_plan, struct error *err)
{
    const struct campaign *campaign = session->load.campaign;
    struct gather gather = {.tasks = campaign->tasks,
                            .task_count = campaign->task_count,
                            .given = campaign->from == ROSTER_FROM_TASKS ? NULL : &campaign->given,
                            .given_where = campaign->roster_where,
                            .with_payments = for_plan && pays_bonuses(campaign),
                            .with_states = for_plan && decides(campaign),
                            .with_answers =
                                session->with_answers || campaign_uses_answers(campaign)};
    if (!account_fits(session, err) || !session_roster(session, &gather, err) ||
        !survey_lists(&session->line, campaign, &session->roster, &session->problems,
                      &session->arena, err))
        return false;
    missing_let_pass(session);
    return missing_say(session, "the campaign names what is not there", err);
}

/* --worker and --step name somebody and something that there is. */
static bool
part_take(struct session *session, struct part *part, struct error *err)
{
    unsigned long first;
    const struct campaign *campaign = session->load.campaign;
    const char *worker = NULL, *step = session->arguments->values[OPTION_STEP];
    if (!option_number(session->arguments, OPTION_FIRST, 1, 9999999, 0, &first, err) ||
        (session->worker_is_part && !option_worker(session->arguments, &worker, err)))
        return false;
    const struct step *found = step ? campaign_step_find(campaign, step) : NULL;
    if (step && !found)
        return error_end(err, STATUS_USAGE, "--step names '%s', and %s has no step of that id",
                         step, campaign->file);
    bool there = !worker;
    for (size_t i = 0; i < session->roster.assignment_count && !there; i++)
        there = text_same(session->roster.assignments[i].worker, worker);
    if (!there)
        return error_end(err, STATUS_USAGE, "--worker names %s, who is not among the people of %s",
                         worker, campaign->file);
    *part = (struct part){
        .step = found ? found->id : NULL, .worker = worker, .first = first, .keys = session->only};
    return true;
}

bool
session_plan(struct session *session, struct error *err)
{
    const struct campaign *campaign = session->load.campaign;
    struct part part = {.keys = session->only};
    if (!session_people(session, true, err) || !part_take(session, &part, err) ||
        !clock_fits(session, err))
        return false;
    struct score *wanted;
    size_t count = session->rebuild
                       ? gather_scores_of_all(campaign, &session->roster, &wanted, &session->arena)
                       : gather_scores_wanted(&session->journal.ledger, &wanted, &session->arena);
    if (!gather_scores(&session->line, wanted, count, &session->roster, &session->arena, err))
        return false;
    if (!session->journal.locked && !session_journal_again(session, err))
        return false;
    line_advance(&session->line, session->journal.ledger.last_ms);
    session->looked_ms = line_now(&session->line);
    struct plan_input input = {
        .campaign = campaign,
        .roster = &session->roster,
        .ledger = &session->journal.ledger,
        .tariff = &session->market->tariff,
        .identity = session->identity,
        .balance = session->balance,
        .now_ms = session->looked_ms,
        .retry_refused = session->retry_refused,
        .part = part,
        .history_lost = session->journal.history_lost || session->rebuild,
        .lost_from = session->journal.lost_from,
    };
    session->plan = plan_make(&input, &session->arena);
    return session->rebuild || session->settles ||
           (survey_given(&session->line, campaign, session->plan, &session->problems,
                         &session->arena, err) &&
            missing_say(session, "the campaign names what is not there", err));
}
