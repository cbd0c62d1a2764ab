#include "engine/line.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/clock.h"

struct line_slot {
    bool busy;
    uint64_t ticket;
    enum ask_kind kind;
    const char *token;
    size_t tag;
    struct pace_call call;
    struct request request; /* its texts live in the slot's arena */
    struct arena arena;
};

enum { GRAIN_MS = 2000 }; /* how far the clock and a Date in whole seconds may be apart */

static const stamp_t rests_max_ms = 15 * STAMP_MINUTE_MS; /* of one trouble, all in all */

void
line_init(struct line *line, unsigned width, unsigned rate_max, struct arena *arena)
{
    line->width = width;
    line->signing = (struct sign_memory){0};
    line->credentials.signing = &line->signing;
    pace_init(&line->pace, width, rate_max);
    line->trouble = (struct line_trouble){0};
    line->slots = arena_alloc(arena, width * sizeof *line->slots);
    line->busy = 0;
    line->answers = 0;
    line->heard = false;
    line->offset_ms = clock_wall_ms() - clock_boot_ms();
    line->wall_offset_ms = 0;
}

stamp_t
line_now(const struct line *line)
{
    return clock_boot_ms() + line->offset_ms;
}

void
line_advance(struct line *line, stamp_t past_ms)
{
    stamp_t behind_ms = past_ms - line_now(line);
    if (behind_ms > 0 && behind_ms < GRAIN_MS)
        line->offset_ms += behind_ms;
}

int64_t
line_due_us(const struct line *line)
{
    int64_t now_us = clock_boot_us(), due_us = pace_due_us(&line->pace, now_us);
    return due_us == INT64_MAX ? INT64_MAX : due_us - now_us;
}

unsigned
line_soon(const struct line *line, int64_t ahead_us, unsigned calls_max)
{
    return pace_soon(&line->pace, clock_boot_us(), ahead_us, calls_max);
}

bool
line_is_shut(const struct line *line)
{
    const stamp_t patience_ms = 20 * STAMP_SECOND_MS;
    const unsigned calls_few = 8;
    const struct line_trouble *trouble = &line->trouble;
    return (trouble->calls >= calls_few || trouble->rested_ms == rests_max_ms) &&
           clock_boot_ms() - trouble->since_ms - trouble->rested_ms > patience_ms;
}

static struct line_slot *
slot_free(struct line *line)
{
    for (unsigned i = 0; i < line->width; i++)
        if (!line->slots[i].busy)
            return &line->slots[i];
    return NULL;
}

/* The service has not taken a call, for whatever reason. What is left of a rest that it asked for
 * is not held against it. */
static void
trouble_add(struct line *line, int64_t now_us)
{
    struct line_trouble *trouble = &line->trouble;
    int64_t rest_us = line->pace.held_until_us - now_us;
    if (trouble->calls++)
        return;
    trouble->since_ms = now_us / 1000;
    trouble->rested_ms = rest_us > 0 ? rest_us / 1000 : 0;
}

bool
line_start(struct line *line, enum ask_kind kind, const char *body, const char *token, size_t tag,
           struct error *err)
{
    struct line_slot *slot = slot_free(line);
    assert(slot);
    arena_reset(&slot->arena);
    slot->kind = kind;
    slot->token = token;
    slot->tag = tag;
    slot->ticket = ++line->next_ticket;
    slot->request = line->market->request(kind, body, line->endpoint, &line->credentials,
                                          line_now(line), &slot->arena);
    if (!line->transport.start(line->transport.self, slot->ticket, &slot->request, err)) {
        trouble_add(line, clock_boot_us());
        return false;
    }
    slot->call = pace_start(&line->pace, clock_boot_us());
    slot->busy = true;
    line->busy++;
    return true;
}

/* Whoever waits is told when it begins to be long, and again whenever it has doubled. */
static void
rest_tell(struct line *line)
{
    const stamp_t short_ms = 3 * STAMP_SECOND_MS;
    struct line_trouble *trouble = &line->trouble;
    if (!line->tell || trouble->rested_ms <= short_ms || trouble->rested_ms < 2 * trouble->told_ms)
        return;
    char text[160];
    snprintf(text, sizeof text, "%s asks to be left alone%s %lld seconds: waiting",
             line->market->title, trouble->told_ms ? " again, in all for" : " for",
             (long long)(trouble->rested_ms / STAMP_SECOND_MS));
    line->tell(line->tell_self, text);
    trouble->told_ms = trouble->rested_ms;
}

/* The service wants to be left alone for a while. Calls that were under way together are told so
 * together: what they ask for is one rest. */
static void
rest(struct line *line, stamp_t rest_ms, int64_t now_us)
{
    struct line_trouble *trouble = &line->trouble;
    int64_t until_us = now_us + rest_ms * 1000;
    int64_t held_us = line->pace.held_until_us > now_us ? line->pace.held_until_us : now_us;
    if (until_us <= held_us)
        return;
    pace_hold(&line->pace, until_us);
    trouble->rested_ms += (until_us - held_us) / 1000;
    if (trouble->rested_ms > rests_max_ms)
        trouble->rested_ms = rests_max_ms;
    rest_tell(line);
}

/* What an answer means for the pace, and when the service wants to be left alone until. A server
 * in trouble (5xx) says nothing of its limit. */
static void
pace_hear(struct line *line, const struct line_slot *slot, const struct answer *answer)
{
    int64_t now_us = clock_boot_us();
    enum pace_heard heard = PACE_ADMITTED;
    if (answer->verdict == VERDICT_THROTTLED)
        heard = PACE_THROTTLED;
    else if (answer->verdict == VERDICT_UNSENT || answer->verdict == VERDICT_UNKNOWN)
        heard = PACE_SILENT;
    if (heard == PACE_ADMITTED && answer->verdict != VERDICT_CLOCK)
        line->trouble = (struct line_trouble){0};
    else
        trouble_add(line, now_us);
    pace_end(&line->pace, &slot->call, heard, now_us);
    if (answer->rest_ms)
        rest(line, answer->rest_ms < rests_max_ms ? answer->rest_ms : rests_max_ms, now_us);
}

/* A Date has whole seconds: the true time lies up to one second after it. The clock is set by the
 * first Date, and again when it is off by more than that allows. */
static void
clock_set(struct line *line, const struct answer *answer)
{
    if (!answer->has_date)
        return;
    int64_t apart_ms = answer->date_ms - line_now(line);
    if (line->heard && apart_ms > -GRAIN_MS && apart_ms < GRAIN_MS)
        return;
    bool rewind = line->heard && apart_ms < 0 && answer->verdict != VERDICT_CLOCK;
    if (rewind)
        return;
    line->offset_ms += apart_ms;
    line->wall_offset_ms = line_now(line) - clock_wall_ms();
    line->heard = true;
}

/* A text in which one secret of ours, sent back by the service, is replaced. What is shorter than
 * any real one stands in too many innocent words. */
static const char *
secret_redact(const char *text, const char *secret, struct arena *arena)
{
    enum { SECRET_SIZE_MIN = 16 };
    size_t size = secret ? strlen(secret) : 0;
    const char *at = text && size >= SECRET_SIZE_MIN ? strstr(text, secret) : NULL;
    if (!at)
        return text;
    return arena_print(arena, "%.*s(a credential)%s", (int)(at - text), text,
                       secret_redact(at + size, secret, arena));
}

static const char *
text_redact(const struct line *line, const char *text, struct arena *arena)
{
    text = secret_redact(text, line->credentials.secret, arena);
    return secret_redact(text, line->credentials.session_token, arena);
}

/* What the service says goes before people and into journals that others will read. */
static void
answer_redact(const struct line *line, struct answer *answer, struct arena *arena)
{
    answer->code = text_redact(line, answer->code, arena);
    answer->text = text_redact(line, answer->text, arena);
    answer->request_id = text_redact(line, answer->request_id, arena);
    for (size_t i = 0; i < answer->unreached_count; i++) {
        answer->unreached[i].code = text_redact(line, answer->unreached[i].code, arena);
        answer->unreached[i].text = text_redact(line, answer->unreached[i].text, arena);
    }
}

bool
line_wait(struct line *line, int64_t timeout_us, size_t *tag, struct answer *answer,
          struct arena *arena)
{
    uint64_t ticket;
    struct reply reply = {0};
    if (!line->transport.wait(line->transport.self, timeout_us, &ticket, &reply, arena))
        return false;
    struct line_slot *slot = NULL;
    for (unsigned i = 0; i < line->width; i++)
        if (line->slots[i].busy && line->slots[i].ticket == ticket)
            slot = &line->slots[i];
    if (!slot)
        return false; /* given up on before */
    *answer = line->market->answer(slot->kind, &reply, slot->token, arena);
    answer_redact(line, answer, arena);
    clock_set(line, answer);
    pace_hear(line, slot, answer);
    *tag = slot->tag;
    slot->busy = false;
    line->busy--;
    return true;
}

void
line_cancel(struct line *line)
{
    for (unsigned i = 0; i < line->width; i++) {
        if (!line->slots[i].busy)
            continue;
        line->transport.cancel(line->transport.self, line->slots[i].ticket);
        pace_end(&line->pace, &line->slots[i].call, PACE_SILENT, clock_boot_us());
        line->slots[i].busy = false;
    }
    line->busy = 0;
}

void
line_close(struct line *line)
{
    line_cancel(line);
    for (unsigned i = 0; i < line->width; i++)
        arena_close(&line->slots[i].arena);
    digest_wipe(&line->signing, sizeof line->signing);
}
