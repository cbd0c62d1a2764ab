/* A marketplace made of canned replies: a transport without sockets, where answers
 * take no time. What is sent is kept; the
 * first scene that fits a request answers it, and a write that no scene fits succeeds.
 * Before each write the journal is read from the disk, and an attempt that is not in it fails the
 * test. Needs the cmocka headers before it. */
#ifndef SUPPORT_SCRIPT_H
#define SUPPORT_SCRIPT_H

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "io/file.h"
#include "io/transport.h"
#include "support/clockwork.h"

enum { SCRIPT_SCENES_MAX = 32, SCRIPT_SENT_MAX = 2000 };

struct scene {
    const char *operation; /* "SendBonus" */
    const char *holds;     /* part of the body; NULL: any */
    struct reply reply;
    unsigned times; /* 0: always */
    bool unsendable;
};

struct sent {
    const char *operation;
    const char *body;
    bool fresh;
    bool answered;
    uint64_t ticket;
    const struct scene *scene;
};

struct script {
    struct arena arena;
    const char *journal;
    struct scene scenes[SCRIPT_SCENES_MAX];
    unsigned used[SCRIPT_SCENES_MAX];
    size_t scene_count;
    struct sent sent[SCRIPT_SENT_MAX];
    size_t sent_count;
    void (*on_send)(void *self, size_t sent_count); /* may be NULL */
    void *on_send_self;
};

static inline struct reply
reply_whole(int status, const char *body)
{
    return (struct reply){.sent = true,
                          .whole = true,
                          .status = status,
                          .request_id = "req-1",
                          .body = body,
                          .body_size = strlen(body)};
}

/* Sent, and no telling. */
static inline struct reply
reply_lost(void)
{
    return (struct reply){.sent = true, .trouble = "the connection was reset"};
}

static inline struct reply
reply_unsent(void)
{
    return (struct reply){.trouble = "connection refused"};
}

static inline struct reply
reply_throttled(void)
{
    return reply_whole(400, "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}");
}

static inline struct reply
reply_funds(void)
{
    return reply_whole(400, "{\"__type\":\"RequestError\",\"Message\":\"This Requester has "
                            "insufficient funds in their account\","
                            "\"TurkErrorCode\":\"AWS.MechanicalTurk.InsufficientFunds\"}");
}

static inline struct reply
reply_refused(void)
{
    return reply_whole(400, "{\"__type\":\"RequestError\",\"Message\":\"No. (1626172412406)\","
                            "\"TurkErrorCode\":\"AWS.MechanicalTurk.SomeRefusal\"}");
}

static inline void
script_add(struct script *script, struct scene scene)
{
    assert_true(script->scene_count < SCRIPT_SCENES_MAX);
    script->scenes[script->scene_count++] = scene;
}

static inline bool
line_tells(const char *line, size_t size, const char *member, const char *value)
{
    char text[200];
    int length = snprintf(text, sizeof text, "\"%s\":\"%s\"", member, value);
    for (const char *at = line; at && size >= (size_t)length; at++, size--)
        if (memcmp(at, text, (size_t)length) == 0)
            return true;
    return false;
}

/* How many attempts at an action are on the disk: a worker's and an assignment's, where they are
 * not NULL. */
static inline size_t
script_attempts(struct script *script, const char *verb, const char *worker, const char *assignment)
{
    struct buffer content = {0};
    struct error err = {0};
    size_t attempts = 0;
    char key[65] = "";
    assert_true(file_read(script->journal, 1 << 24, &content, NULL, &err));
    for (const char *line = content.bytes, *end; (end = strchr(line, '\n')); line = end + 1) {
        size_t size = (size_t)(end - line);
        bool intends = line_tells(line, size, "kind", "intend") &&
                       line_tells(line, size, "do", verb) &&
                       (!worker || line_tells(line, size, "worker", worker)) &&
                       (!assignment || line_tells(line, size, "assignment", assignment));
        if (intends)
            memcpy(key, strstr(line, "\"key\":\"") + 7, 64);
        attempts += intends || (line_tells(line, size, "kind", "resend") && key[0] &&
                                line_tells(line, size, "key", key));
    }
    buffer_close(&content);
    return attempts;
}

/* A member's text out of a body, "" when it is not there. */
static inline const char *
script_member(struct script *script, const char *body, const char *name)
{
    const char *at = strstr(body, arena_print(&script->arena, "\"%s\":\"", name));
    at = at ? at + strlen(name) + 4 : "";
    return arena_text(&script->arena, at, strcspn(at, "\""));
}

static inline size_t
script_count(const struct script *script, const char *operation, const char *body_holds)
{
    size_t count = 0;
    for (size_t i = 0; i < script->sent_count; i++)
        count += text_same(script->sent[i].operation, operation) &&
                 (!body_holds || strstr(script->sent[i].body, body_holds));
    return count;
}

static inline void
script_witness(struct script *script, const struct sent *sent)
{
    static const struct {
        const char *operation, *verb;
    } writes[] = {{"SendBonus", "bonus"},
                  {"ApproveAssignment", "approve"},
                  {"RejectAssignment", "reject"},
                  {"NotifyWorkers", "notify"},
                  {"CreateQualificationType", "create"},
                  {"AssociateQualificationWithWorker", "qualify"},
                  {"DisassociateQualificationFromWorker", "unqualify"},
                  {"CreateWorkerBlock", "block"},
                  {"DeleteWorkerBlock", "unblock"}};
    for (size_t i = 0; i < sizeof writes / sizeof *writes; i++) {
        if (!text_same(sent->operation, writes[i].operation))
            continue;
        const char *worker = script_member(script, sent->body, "WorkerId");
        const char *assignment = script_member(script, sent->body, "AssignmentId");
        if (i == 3)
            worker = arena_text(&script->arena, strstr(sent->body, "[\"") + 2,
                                strcspn(strstr(sent->body, "[\"") + 2, "\""));
        if (i == 1 || i == 2) /* the tests number workers like assignments: X7 is A7's */
            worker = arena_print(&script->arena, "A%s", assignment + 1);
        if (i == 4) /* nobody's */
            worker = NULL;
        const char *whose = *assignment ? assignment : worker;
        size_t sends = script_count(script, sent->operation,
                                    whose ? arena_print(&script->arena, "\"%s\"", whose) : NULL);
        size_t written =
            script_attempts(script, writes[i].verb, worker, *assignment ? assignment : NULL);
        if (written < sends)
            fail_msg("%s goes out for the %zuth time and the disk holds %zu attempts: %s",
                     sent->operation, sends, written, sent->body);
    }
}

static inline bool
script_start(void *self, uint64_t ticket, const struct request *request, struct error *err)
{
    struct script *script = self;
    assert_true(script->sent_count < SCRIPT_SENT_MAX);
    struct sent *sent = &script->sent[script->sent_count];
    *sent = (struct sent){.ticket = ticket,
                          .body = arena_copy(&script->arena, request->body),
                          .fresh = request->fresh_connection};
    for (size_t i = 0; i < request->header_count; i++)
        if (text_same(request->headers[i].name, "X-Amz-Target"))
            sent->operation =
                arena_copy(&script->arena, strchr(request->headers[i].value, '.') + 1);
    for (size_t i = 0; i < script->scene_count && !sent->scene; i++) {
        struct scene *scene = &script->scenes[i];
        if (!text_same(scene->operation, sent->operation) ||
            (scene->times && script->used[i] == scene->times) ||
            (scene->holds && !strstr(sent->body, scene->holds)))
            continue;
        script->used[i]++;
        sent->scene = scene;
    }
    if (sent->scene && sent->scene->unsendable)
        return error_say(err, "no more handles");
    script->sent_count++;
    script_witness(script, sent);
    if (script->on_send)
        script->on_send(script->on_send_self, script->sent_count);
    return true;
}

static inline bool
script_wait(void *self, int64_t timeout_us, uint64_t *ticket, struct reply *reply,
            struct arena *arena)
{
    (void)arena;
    struct script *script = self;
    for (size_t i = 0; i < script->sent_count; i++) {
        struct sent *sent = &script->sent[i];
        if (sent->answered)
            continue;
        bool list = text_same(sent->operation, "ListBonusPayments");
        *ticket = sent->ticket;
        *reply = sent->scene
                     ? sent->scene->reply
                     : reply_whole(200, list ? "{\"NumResults\":0,\"BonusPayments\":[]}" : "{}");
        sent->answered = true;
        return true;
    }
    clockwork_wait_us(timeout_us);
    return false;
}

static inline void
script_cancel(void *self, uint64_t ticket)
{
    (void)self;
    (void)ticket;
}

#endif
