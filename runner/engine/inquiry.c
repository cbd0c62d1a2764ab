#include "engine/inquiry.h"

#include <string.h>

#include "base/text.h"
#include "core/pace.h"
#include "io/clock.h"
#include "io/person.h"

void
inquiry_init(struct inquiry *inquiry, struct line *line, struct arena *arena)
{
    *inquiry = (struct inquiry){.line = line,
                                .arena = arena,
                                .turn = arena,
                                .jitter = (uint64_t)clock_boot_ms(),
                                .attempts_max = INQUIRY_ATTEMPTS};
}

static void
wait_add(struct inquiry *inquiry, size_t number)
{
    size_t used = inquiry->waiting_first + inquiry->waiting_count;
    inquiry->waiting = arena_push(inquiry->arena, inquiry->waiting, used,
                                  &inquiry->waiting_capacity, sizeof *inquiry->waiting);
    inquiry->waiting[used] = number;
    inquiry->waiting_count++;
}

/* What was taken from the front is given back once the queue is empty, or half of it is gone. */
static void
queue_shrink(struct inquiry *inquiry)
{
    if (inquiry->waiting_first < inquiry->waiting_count)
        return;
    memmove(inquiry->waiting, inquiry->waiting + inquiry->waiting_first,
            inquiry->waiting_count * sizeof *inquiry->waiting);
    inquiry->waiting_first = 0;
}

void
inquiry_add(struct inquiry *inquiry, const struct ask *ask, size_t about)
{
    inquiry->questions = arena_push(inquiry->arena, inquiry->questions, inquiry->count,
                                    &inquiry->capacity, sizeof *inquiry->questions);
    inquiry->questions[inquiry->count] = (struct question){
        .ask = *ask, .about = about, .body = inquiry->line->market->body(ask, inquiry->arena)};
    wait_add(inquiry, inquiry->count++);
    inquiry->open++;
}

/* Starts what is due, as far as the pace allows; gives the pause until there is more to start. */
static bool
questions_start(struct inquiry *inquiry, int64_t *pause_us, struct error *err)
{
    stamp_t now_ms = clock_boot_ms();
    int64_t line_us = 0;
    *pause_us = 60 * 1000 * 1000;
    if (inquiry->waiting_first)
        queue_shrink(inquiry);
    size_t tries = inquiry->waiting_count;
    for (size_t i = 0; i < tries && (line_us = line_due_us(inquiry->line)) == 0; i++) {
        size_t number = inquiry->waiting[inquiry->waiting_first++];
        inquiry->waiting_count--;
        struct question *question = &inquiry->questions[number];
        if (question->due_ms > now_ms) {
            if ((question->due_ms - now_ms) * 1000 < *pause_us)
                *pause_us = (question->due_ms - now_ms) * 1000;
            wait_add(inquiry, number);
            continue;
        }
        question->attempts++;
        if (!line_start(inquiry->line, question->ask.kind, question->body, NULL, number, err))
            return false;
    }
    if (line_us > 0 && line_us < *pause_us)
        *pause_us = line_us;
    return true;
}

/* A question that only came too fast is asked again until nothing gets through any more. */
static bool
is_tired(const struct inquiry *inquiry, struct question *question, enum verdict verdict)
{
    if (verdict != VERDICT_THROTTLED)
        return question->attempts >= inquiry->attempts_max;
    question->attempts--;
    return line_is_shut(inquiry->line);
}

static bool
give_up(const struct inquiry *inquiry, const struct answer *answer, struct error *err)
{
    if (answer->verdict == VERDICT_CREDENTIALS)
        return error_end(err, STATUS_CREDENTIALS,
                         "%s did not accept the credentials from %s: %s (%s)",
                         inquiry->line->market->title, inquiry->line->credentials.source,
                         answer->text, answer->code);
    const char *why = answer->text ? answer->text : verdict_name(answer->verdict);
    return error_say(err, "%s cannot be read at %s: %s Nothing was sent; run again later",
                     inquiry->line->market->title, inquiry->line->endpoint,
                     text_sentence(inquiry->arena, why));
}

bool
inquiry_next(struct inquiry *inquiry, struct question *question, struct answer *answer,
             struct error *err)
{
    while (inquiry->open) {
        if (person_interrupts())
            return error_end(err, STATUS_INTERRUPTED,
                             "interrupted while reading; nothing was sent");
        int64_t pause_us;
        if (!questions_start(inquiry, &pause_us, err))
            return false;
        size_t number;
        if (!line_wait(inquiry->line, pause_us, &number, answer, inquiry->turn))
            continue;
        struct question *asked = &inquiry->questions[number];
        if (answer->verdict == VERDICT_DONE || answer->verdict == VERDICT_REFUSED) {
            inquiry->open--;
            inquiry->line->answers++;
            if (inquiry->line->read)
                inquiry->line->read(inquiry->line->read_self, inquiry->line->answers);
            *question = *asked;
            return true;
        }
        if (!verdict_read_again(answer->verdict) || is_tired(inquiry, asked, answer->verdict))
            return give_up(inquiry, answer, err);
        /* The clock was set by this very answer, or the pace: the repetition needs no pause. */
        bool at_once = answer->verdict == VERDICT_CLOCK || answer->verdict == VERDICT_THROTTLED;
        asked->due_ms =
            at_once ? 0 : clock_boot_ms() + pace_pause_ms(asked->attempts, &inquiry->jitter);
        wait_add(inquiry, number);
    }
    return false;
}

/* What a list is about, as a person knows it. */
static const char *
list_name(const struct inquiry *inquiry, const struct ask *ask)
{
    if (ask->task)
        return arena_print(inquiry->arena, "task %s", ask->task);
    if (ask->assignment)
        return arena_print(inquiry->arena, "assignment %s", ask->assignment);
    return inquiry->line->market->title;
}

bool
inquiry_next_page(struct inquiry *inquiry, const struct question *question,
                  const struct answer *answer, struct error *err)
{
    struct ask ask = question->ask;
    if (!answer->next_page)
        return true;
    if (text_same(answer->next_page, ask.page) || ++ask.pages_before > INQUIRY_PAGES_MAX)
        return error_say(err,
                         "a list of %s does not end: after page %u the service names the same page "
                         "again. Nothing was sent; run again later",
                         list_name(inquiry, &ask), ask.pages_before);
    ask.page = arena_copy(inquiry->arena, answer->next_page);
    inquiry_add(inquiry, &ask, question->about);
    return true;
}
