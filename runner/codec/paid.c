/* `paid.STEP`: which earlier step's payments a message tells of. */
#include "codec/lookups.h"

#include "base/text.h"

/* What is said of a name that is no bonus step above step `at`. */
static void
paid_refuse(struct decoding *d, const struct piece *piece, size_t at)
{
    const struct campaign *campaign = d->campaign;
    const char **ids = arena_alloc(d->arena, (campaign->step_count + 1) * sizeof *ids);
    const char *all = "", *shown = value_shown(piece->text, d->arena);
    size_t count = 0;
    for (size_t i = 0; i < campaign->step_count; i++) {
        const struct step *step = &campaign->steps[i];
        bool bonus = step->id && step->verb == VERB_BONUS, same = text_same(step->id, piece->text);
        if (same && !bonus) {
            problem_at(d->problems, piece->where,
                       "the step %s pays no bonus, so there is nothing to look up as paid", shown);
            return;
        }
        if (same) {
            problem_at(d->problems, piece->where,
                       "the step %s, in line %u, has paid nothing yet when this one runs: only "
                       "steps above can be looked up",
                       shown, step->where.line);
            return;
        }
        if (bonus && i < at) {
            all = arena_print(d->arena, "%s%s%s", all, count ? ", " : "", step->id);
            ids[count++] = step->id;
        }
    }
    const char *near = text_nearest(piece->text, ids, count);
    if (near)
        problem_at(d->problems, piece->where,
                   "no bonus step above is called %s, did you mean ${{ paid.%s }}?", shown, near);
    else if (count)
        problem_at(d->problems, piece->where, "no bonus step above is called %s; there are: %s",
                   shown, all);
    else
        problem_at(d->problems, piece->where,
                   "no bonus step stands above this one, so nothing was paid that %s could be",
                   shown);
}

void
lookups_settle(struct decoding *d, const struct template *template, size_t at)
{
    const struct campaign *campaign = d->campaign;
    for (size_t i = 0; template && i < template->count; i++) {
        struct piece *piece = &template->pieces[i];
        if (piece->lookup != LOOKUP_PAID)
            continue;
        size_t step = 0;
        while (step < at && !(text_same(campaign->steps[step].id, piece->text) &&
                              campaign->steps[step].verb == VERB_BONUS))
            step++;
        piece->step = step;
        if (step == at)
            paid_refuse(d, piece, at);
    }
}
