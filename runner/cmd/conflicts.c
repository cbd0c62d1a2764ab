#include "cmd/conflicts.h"

#include <unistd.h>

#include "cmd/hide.h"
#include "cmd/next.h"
#include "cmd/say.h"

/* What was paid once cannot be made another sum: the person chooses for the others. */
static void
amount_say(const struct session *session, const struct action *action, struct arena *arena)
{
    const struct step *step = &session->load.campaign->steps[action->step];
    char was[MONEY_TEXT_SIZE], now[MONEY_TEXT_SIZE], more[MONEY_TEXT_SIZE];
    money_print(was, action->deed->amount);
    money_print(now, action->terms->amount);
    say_note("what was paid cannot be taken back. To let it stand, and pay %s to those who are not "
             "paid yet:",
             now);
    next_say(session, "resolve", arena_print(arena, "--keep %s", next_word(step->id, arena)));
    next_say(session, "run", "");
    if (action->terms->amount > action->deed->amount) {
        say_note("to pay everybody %s: put %s back into step '%s', and add a step for the "
                 "difference under an id of its own:",
                 now, was, step->id);
        money_print(more, action->terms->amount - action->deed->amount);
        say_command(arena_print(arena, "- id: %s-more", step->id));
        say_command(arena_print(arena, "  bonus: { amount: %s, message: … }", more));
    }
}

/* Amounts that are looked up: each row is its own case, and there is no one sum for the others. */
static void
rows_say(const struct session *session, const struct action *first, struct arena *arena)
{
    enum { NAMED_MAX = 5 };
    const struct step *step = &session->load.campaign->steps[first->step];
    char was[MONEY_TEXT_SIZE], now[MONEY_TEXT_SIZE];
    bool named = hide_nothing(session->arguments, STDERR_FILENO);
    size_t count = 0;
    for (size_t i = 0; i < session->plan->action_count; i++) {
        const struct action *action = &session->plan->actions[i];
        if (action->step != first->step || action->decision != DECISION_CONFLICT || !action->deed ||
            ++count > NAMED_MAX)
            continue;
        say_note("%s was paid %s, and the file now says %s",
                 named ? action->assignment->worker : "somebody",
                 money_print(was, action->deed->amount), money_print(now, action->terms->amount));
    }
    if (count > NAMED_MAX)
        say_note("and so %zu more", count - NAMED_MAX);
    say_note("what was paid cannot be taken back. To let it stand for one of them, whatever the "
             "file says (without ':WORKER' for all of them):");
    next_say(session, "resolve",
             arena_print(arena, "--keep %s:WORKER", next_word(step->id, arena)));
    say_note("to pay somebody more: put what was paid back where the amount is looked up, and add "
             "a step under an id of its own whose amount is looked up in a table of the "
             "differences");
}

void
conflicts_advise(const struct session *session)
{
    struct arena arena = {0};
    struct index said = {0};
    bool open_said = false;
    if (session->sim || plan_status(session->plan) == STATUS_DONE)
        return;
    for (size_t i = 0; i < session->plan->action_count; i++) {
        const struct action *action = &session->plan->actions[i];
        const struct step *step = &session->load.campaign->steps[action->step];
        if (action->decision != DECISION_CONFLICT || !action->deed || action->why == WHY_OPPOSED)
            continue;
        bool done = action->deed->standing == STANDING_DONE;
        if (!done &&
            deed_is_out_of_sight(action->deed, &session->roster)) /* its own words say what to do */
            continue;
        if (done && index_add(&said, step->id, i, &arena)) {
            if (action->verb == VERB_BONUS) {
                if (step->amount_from)
                    rows_say(session, action, &arena);
                else
                    amount_say(session, action, &arena);
                continue;
            }
            say_note("to let what was done in step '%s' stand:", step->id);
            next_say(session, "resolve",
                     arena_print(&arena, "--keep %s", next_word(step->id, &arena)));
        } else if (!done && !open_said) {
            say_note("what was sent before the file was changed is decided by asking:");
            next_say(session, "resolve", "");
            open_said = true;
        }
    }
    if (!open_said && said.count == 0) {
        say_note("when that is mended:");
        next_say(session, session->arguments->command->name, "");
    }
    arena_close(&arena);
}
