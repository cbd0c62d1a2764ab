#include "core/wording.h"

#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

enum { SCORE_DIGITS_MAX = 10 };

struct content
step_content(const struct step *step)
{
    return (struct content){.verb = step->verb,
                            .amount = step->amount,
                            .subject = step->subject,
                            .message = step->message,
                            .qualification = step->qualification,
                            .value = step->value};
}

bool
step_varies(const struct step *step)
{
    return step->amount_from || step->value_from || step->message_from || step->subject_from ||
           step->qualification_name;
}

bool
step_is_late(const struct step *step)
{
    return template_looks_up(step->message_from, LOOKUP_PAID) ||
           template_looks_up(step->subject_from, LOOKUP_PAID);
}

static const struct assignment *
assignment_of(const struct wording *wording)
{
    return &wording->selection->roster->assignments[wording->at];
}

static enum worded
wrong(struct wording *wording, struct where where, const char *text)
{
    wording->where = where;
    wording->text = text;
    return WORDED_WRONG;
}

/* Where what a template says comes from: the row of its first cell, else the template itself. */
static struct where
origin(const struct wording *wording, const struct template *template)
{
    const struct selection *selection = wording->selection;
    for (size_t i = 0; i < template->count; i++) {
        const struct piece *piece = &template->pieces[i];
        if (piece->lookup == LOOKUP_CELL)
            return dataset_place(&selection->campaign->datasets[piece->dataset],
                                 select_row(selection, wording->at, piece->dataset));
    }
    return template->where;
}

/* The text of one lookup; NULL when it has none, which was noted. */
static const char *
piece_text(struct wording *wording, const struct piece *piece, enum worded *worded,
           struct arena *arena)
{
    const struct selection *selection = wording->selection;
    const struct assignment *assignment = assignment_of(wording);
    char money[MONEY_TEXT_SIZE];
    switch (piece->lookup) {
    case LOOKUP_LITERAL:
        return piece->text;
    case LOOKUP_WORKER:
        return assignment->worker;
    case LOOKUP_ASSIGNMENT:
        return assignment->id;
    case LOOKUP_TASK:
        return selection->roster->tasks[assignment->task].id;
    case LOOKUP_CAMPAIGN:
        return selection->campaign->name;
    case LOOKUP_ANSWER: {
        const char *value = assignment_field(assignment, piece->text);
        if (!value)
            *worded = wrong(wording, piece->where,
                            arena_print(arena,
                                        "assignment %s of worker %s has no answer '%s': correct "
                                        "the name, or leave such work out with 'where'",
                                        assignment->id, assignment->worker, piece->text));
        return value;
    }
    case LOOKUP_CELL: {
        size_t row = select_row(selection, wording->at, piece->dataset);
        wording->dataset = piece->dataset;
        if (row == dataset_none)
            *worded = WORDED_NO_ROW;
        else
            return dataset_cell(&selection->campaign->datasets[piece->dataset], row, piece->column);
        return NULL;
    }
    case LOOKUP_PAID: {
        cents_t cents =
            wording->paid ? wording->paid(wording->self, assignment->worker, piece->step) : 0;
        return arena_copy(arena, money_print(money, cents));
    }
    }
    return NULL;
}

/* What the template says, or NULL. */
static const char *
rendered(struct wording *wording, const struct template *template, enum worded *worded,
         struct arena *arena)
{
    struct buffer out = {0};
    const char *text = "";
    for (size_t i = 0; text && i < template->count; i++) {
        text = piece_text(wording, &template->pieces[i], worded, arena);
        if (text)
            buffer_text(&out, text);
    }
    if (text)
        text = text_trim(arena, out.bytes ? out.bytes : "", out.size);
    buffer_close(&out);
    return text;
}

/* Control characters do not belong into words that people read: all but tabs, and newlines where
 * there may be lines. */
static bool
has_control(const char *text, bool lines)
{
    for (const char *at = text; *at; at++) {
        unsigned char byte = (unsigned char)*at, next = (unsigned char)at[1];
        bool line = byte == '\n' || (byte == '\r' && next == '\n');
        if (!(line && lines) &&
            ((byte < 0x20 && byte != '\t') || byte == 0x7f || (byte == 0xc2 && next < 0xa0)))
            return true;
    }
    return false;
}

static enum worded
words_make(struct wording *wording, const struct template *template, const char *key,
           size_t length_max, bool lines, const char **out, struct arena *arena)
{
    enum worded worded = WORDED;
    const char *worker = assignment_of(wording)->worker;
    const char *text = rendered(wording, template, &worded, arena);
    if (!text)
        return worded;
    size_t length = text_length(text);
    if (length == 0)
        return wrong(wording, origin(wording, template),
                     arena_print(arena, "'%s' says nothing to worker %s: what it looks up is empty",
                                 key, worker));
    if (length > length_max)
        return wrong(wording, origin(wording, template),
                     arena_print(arena,
                                 "'%s' takes at most %zu characters; for worker %s it has %zu: "
                                 "shorten it by %zu",
                                 key, length_max, worker, length, length - length_max));
    if (has_control(text, lines))
        return wrong(
            wording, origin(wording, template),
            arena_print(arena,
                        "'%s' would have %s for worker %s: take it out of what is "
                        "looked up",
                        key, !lines && strchr(text, '\n') ? "several lines" : "a control character",
                        worker));
    *out = text;
    return WORDED;
}

static enum worded
amount_make(struct wording *wording, const struct template *template, cents_t *amount,
            struct arena *arena)
{
    enum worded worded = WORDED;
    const char *text = rendered(wording, template, &worded, arena);
    if (!text)
        return worded;
    if (!money_read(text, amount))
        return wrong(wording, origin(wording, template),
                     arena_print(arena,
                                 "'amount' takes dollars with at most two decimals, such as 0.75; "
                                 "for worker %s it has '%s'",
                                 assignment_of(wording)->worker, text));
    return *amount ? WORDED : WORDED_NOTHING;
}

static enum worded
value_make(struct wording *wording, const struct template *template, int *value,
           struct arena *arena)
{
    enum worded worded = WORDED;
    const char *text = rendered(wording, template, &worded, arena);
    if (!text)
        return worded;
    size_t size = strlen(text);
    long long number = 0;
    for (size_t i = 0; i < size && size <= SCORE_DIGITS_MAX; i++)
        number = number * 10 + (text[i] - '0');
    if (size == 0 || size > SCORE_DIGITS_MAX || strspn(text, "0123456789") != size ||
        number > SCORE_MOST)
        return wrong(wording, origin(wording, template),
                     arena_print(arena,
                                 "'value' takes a whole number from 0 to %d; for worker %s it "
                                 "has '%s'",
                                 SCORE_MOST, assignment_of(wording)->worker, text));
    *value = (int)number;
    return WORDED;
}

/* The key of the file that holds a verb's words. */
static const char *
words_key(enum verb verb)
{
    bool feedback = verb == VERB_APPROVE || verb == VERB_REJECT;
    bool message = verb == VERB_BONUS || verb == VERB_NOTIFY;
    return feedback ? "feedback" : message ? "message" : "reason";
}

enum worded
wording_make(struct wording *wording, struct content *content, struct arena *arena)
{
    const struct step *step = &wording->selection->campaign->steps[wording->step];
    enum worded worded = WORDED;
    *content = step_content(step);
    if (step->amount_from)
        worded = amount_make(wording, step->amount_from, &content->amount, arena);
    if (worded == WORDED && step->value_from)
        worded = value_make(wording, step->value_from, &content->value, arena);
    if (worded == WORDED && step->subject_from)
        worded = words_make(wording, step->subject_from, "subject", SUBJECT_LENGTH_MAX, false,
                            &content->subject, arena);
    if (worded == WORDED && step->message_from)
        worded = words_make(wording, step->message_from, words_key(step->verb),
                            verb_row(step->verb)->words_max, true, &content->message, arena);
    return worded;
}
