#include "cmd/make_up_answers.h"

struct answering {
    struct buffer *out;
    struct index given; /* fields that have an answer */
    struct arena *arena;
};

/* One answer; of two demands on one field the first counts. */
static void
answer_add(struct answering *answering, const char *field, const char *value)
{
    if (!index_add(&answering->given, field, 0, answering->arena))
        return;
    buffer_text(answering->out, answering->given.count == 1 ? ", answers: { " : ", ");
    buffer_json(answering->out, field);
    buffer_text(answering->out, ": ");
    buffer_json(answering->out, value);
}

static void
filter_answers_add(struct answering *answering, const struct filter *filter)
{
    for (size_t i = 0; i < filter->condition_count; i++) {
        const struct condition *condition = &filter->conditions[i];
        char bound[DECIMAL_TEXT_SIZE];
        if (condition->kind != CONDITION_ANSWER)
            continue;
        decimal_print(bound, condition->has_min ? condition->min : condition->max);
        answer_add(answering, condition->field,
                   condition->value_count ? condition->values[0] : bound);
    }
}

static void
template_answers_add(struct answering *answering, const struct template *template)
{
    for (size_t i = 0; template && i < template->count; i++)
        if (template->pieces[i].lookup == LOOKUP_ANSWER)
            answer_add(answering, template->pieces[i].text, "1");
}

void
make_up_answers(const struct campaign *campaign, size_t person, struct buffer *out,
                struct arena *arena)
{
    struct answering answering = {.out = out, .arena = arena};
    for (size_t i = 0; i < campaign->dataset_count; i++) {
        const struct dataset *dataset = &campaign->datasets[i];
        if (dataset->match_by == MATCH_BY_ANSWER && dataset->row_count)
            answer_add(&answering, dataset->field,
                       dataset_cell(dataset, person % dataset->row_count, dataset->key));
    }
    filter_answers_add(&answering, &campaign->filter);
    for (size_t i = 0; i < campaign->step_count; i++) {
        const struct step *step = &campaign->steps[i];
        filter_answers_add(&answering, &step->filter);
        template_answers_add(&answering, step->amount_from);
        template_answers_add(&answering, step->value_from);
        template_answers_add(&answering, step->message_from);
        template_answers_add(&answering, step->subject_from);
    }
    if (answering.given.count)
        buffer_text(out, " }");
}
