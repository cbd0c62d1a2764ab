#include "operator.h"

#include <string.h>

#include "cast.h"
#include "oracle.h"
#include "scene.h"
#include "story.h"
#include "volume.h"

static struct {
    struct stored kept; /* a copy of the journal that somebody made */
    bool meddles;
} person;

void
operator_begin(bool meddles)
{
    person.kept.size = 0;
    person.meddles = meddles;
}

void
operator_end(void)
{
    world_free(person.kept.bytes);
    person.kept = (struct stored){0};
}

void
campaign_write(void)
{
    cast_write_campaign(campaign_path());
}

void
outcome_count(const struct outcome *outcome)
{
    tally.processes++;
    tally.deaths += outcome->died;
}

/* True when a person must say what became of it: nothing can be looked up, or it looks as if
 * somebody else had done it. */
static bool
asks_for_a_word(const struct planned *planned)
{
    bool message = planned->verb == VERB_NOTIFY;
    bool open = planned->has_standing &&
                (planned->standing == STANDING_INTENDED || planned->standing == STANDING_UNKNOWN);
    bool unknown = planned->decision == DECISION_UNKNOWN;
    return (message && (open || unknown)) || (unknown && planned->why == WHY_PAID_ELSEWHERE);
}

/* The operator asks the workers and says what is so, when nothing can be under way any more. */
void
operator_answers(void)
{
    for (size_t i = 0; i < cast.planned_count; i++) {
        struct planned *planned = &cast.planned[i];
        if (!asks_for_a_word(planned) ||
            scene.now_ms - planned->last_send_ms < 15 * STAMP_MINUTE_MS)
            continue;
        bool done = planned->happened || (!planned->never && planned_alike_happened(planned) ==
                                                                 planned_alike_count(planned));
        struct outcome outcome = process_resolve(planned_name(planned), done);
        outcome_count(&outcome);
    }
}

/* Where nothing shows whom the campaign itself rejected, they are left out: the person who knows it
 * says that rejected work is meant too. */
void
operator_remembers(void)
{
    if (cast.wide || !oracle_is_forgotten() || !cast_has(VERB_REJECT))
        return;
    cast.wide = true;
    campaign_write();
}

/* Puts an older journal in the place of the journal, or takes it away; the second copies may go
 * too. */
void
operator_meddles(void)
{
    const struct volume_file *journal = volume_find(oracle_journal_path());
    if (!person.meddles || oracle_is_meddled() || !journal || journal->cached.size == 0 ||
        !dice_hit(400))
        return;
    bool deleted = person.kept.size == 0 || dice_hit(500), copies_too = dice_hit(300);
    trace("somebody %s%s", deleted ? "deletes the journal" : "puts an older journal back",
          copies_too ? ", and the second copies are gone" : "");
    tally.meddled++;
    if (deleted)
        volume_remove_under(oracle_journal_path());
    else
        volume_put(oracle_journal_path(), person.kept.bytes, person.kept.size);
    if (copies_too)
        volume_remove_under(VOLUME_ROOT "/state/bursar");
    oracle_meddled(deleted);
}

/* Not where the journal is taken away as well: an old one names them again, and may. */
void
operator_erases(void)
{
    if (person.meddles || !cast.work_count || !dice_hit(200))
        return;
    bool everybody = dice_hit(300);
    struct outcome outcome =
        process_erase(everybody ? NULL : cast.works[dice_below(cast.work_count)].worker);
    outcome_count(&outcome);
    tally.erased += !outcome.died && outcome.status == STATUS_DONE;
}

void
operator_keeps_a_copy(void)
{
    const struct stored *proven = oracle_proven();
    if (!person.meddles || oracle_is_meddled() || !proven->size || !dice_hit(400))
        return;
    person.kept.size = proven->size;
    person.kept.bytes = world_alloc(person.kept.bytes, person.kept.size);
    memcpy(person.kept.bytes, proven->bytes, person.kept.size);
}

/* Decides what the person does after a quiet run that did not end well. */
void
operator_helps(const struct outcome *outcome)
{
    if (outcome->status == STATUS_JOURNAL) {
        if (!oracle_is_meddled())
            wrong("lost: the journal cannot be used, and nobody touched it");
        struct outcome restored = process_restore();
        outcome_count(&restored);
        tally.restored += restored.status == STATUS_DONE;
        oracle_restored();
    }
    /* "Bring the journal back, or let 'where' select Rejected work too." */
    bool misses = outcome->status == STATUS_GUARDED || outcome->status == STATUS_UNKNOWN;
    cast.wide |= misses && oracle_is_meddled() && cast_has(VERB_REJECT);
    /* "The file was changed while it is not known whether this was done: put it back." */
    for (size_t i = 0; i < cast.step_count; i++) {
        bool conflict = false;
        for (size_t j = 0; j < cast.planned_count; j++)
            conflict |= cast.planned[j].step == i && cast.planned[j].decision == DECISION_CONFLICT;
        cast.edit.words[i] ^= conflict;
    }
    campaign_write();
    operator_answers();
}
