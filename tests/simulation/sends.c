/* What must hold when a call leaves: the lock, the record on the disk, the very bytes, and no more
 * attempts than are allowed. */
#include "oracle_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ATTEMPTS_MAX = 4 };

/* A member's text in a request's body; false when it has none. */
static bool
member(const char *body, const char *name, char *out, size_t size)
{
    char mark[64];
    snprintf(mark, sizeof mark, "\"%s\":\"", name);
    const char *at = strstr(body, mark);
    if (!at)
        return false;
    at += strlen(mark);
    snprintf(out, size, "%.*s", (int)strcspn(at, "\""), at);
    return true;
}

/* The one action that a request asks for; NULL: none of the campaign's. */
static struct planned *
planned_of(const struct request *request, const char *operation)
{
    static const struct {
        const char *operation, *member;
        enum verb verb;
    } rows[] = {
        {"SendBonus", "UniqueRequestToken", VERB_BONUS},
        {"ApproveAssignment", "AssignmentId", VERB_APPROVE},
        {"RejectAssignment", "AssignmentId", VERB_REJECT},
        {"CreateQualificationType", "Name", VERB_CREATE},
        {"AssociateQualificationWithWorker", "WorkerId", VERB_QUALIFY},
        {"DisassociateQualificationFromWorker", "WorkerId", VERB_UNQUALIFY},
        {"CreateWorkerBlock", "WorkerId", VERB_BLOCK},
        {"DeleteWorkerBlock", "WorkerId", VERB_UNBLOCK},
    };
    char name[100], type[100];
    size_t at = 0;
    while (at < sizeof rows / sizeof *rows && strcmp(rows[at].operation, operation) != 0)
        at++;
    if (at == sizeof rows / sizeof *rows ||
        !member(request->body, rows[at].member, name, sizeof name))
        return NULL;
    switch (rows[at].verb) {
    case VERB_BONUS:
        return strlen(name) == 64 ? planned_by_key(name) : NULL;
    case VERB_APPROVE:
    case VERB_REJECT:
        return planned_of_work(rows[at].verb, name);
    case VERB_CREATE:
        return planned_creation(name);
    case VERB_QUALIFY:
        return member(request->body, "QualificationTypeId", type, sizeof type)
                   ? planned_score(type, name)
                   : NULL;
    case VERB_UNQUALIFY:
    case VERB_BLOCK:
    case VERB_UNBLOCK:
        return planned_of_worker(rows[at].verb, name);
    case VERB_NOTIFY:
        break;
    }
    return NULL;
}

/* Calls `each` for every action that a request asks for. */
static void
actions_of(const struct request *request, const char *operation,
           void (*each)(struct planned *planned, const struct request *request))
{
    char one[100] = "", other[100] = "";
    struct planned *planned;
    if (strcmp(operation, "NotifyWorkers") == 0) {
        member(request->body, "Subject", one, sizeof one);
        size_t found = 0;
        for (size_t i = 0; i < cast.planned_count; i++) {
            char name[40];
            planned = planned_message(one, cast.planned[i].work->worker);
            snprintf(name, sizeof name, "\"%s\"", cast.planned[i].work->worker);
            if (planned != &cast.planned[i] || !strstr(request->body, name))
                continue;
            each(planned, request);
            found++;
        }
        if (!found)
            wrong("unexpected: a message to nobody who should get one: %s", request->body);
        return;
    }
    planned = planned_of(request, operation);
    if (!planned)
        wrong("unexpected: %s with %s, which no action of the campaign explains", operation,
              request->body);
    if (member(request->body, "WorkerId", other, sizeof other) &&
        strcmp(other, planned->work->worker) != 0)
        wrong("unexpected: the token of %s, sent for %s", planned_name(planned), other);
    each(planned, request);
}

/* A body as it stands inside a JSON text. */
static size_t
escape(const char *text, char *out, size_t room)
{
    size_t size = 0;
    for (; *text && size + 3 < room; text++) {
        if (*text == '"' || *text == '\\')
            out[size++] = '\\';
        out[size++] = *text;
    }
    out[size] = '\0';
    return size;
}

/* The group that a line belongs to must be whole, and everything up to there durable. */
static bool
is_whole(const struct volume_file *file, const char *line, size_t line_size)
{
    const char *group = text_find(line, line_size, "\"group\":");
    char last[40];
    const struct stored *durable = &file->durable;
    if (!group)
        return false;
    snprintf(last, sizeof last, "{\"seq\":%lld,", atoll(group + 8));
    const char *end = text_find(line, (size_t)(durable->bytes + durable->size - line), last);
    end = end ? memchr(end, '\n', (size_t)(durable->bytes + durable->size - end)) : NULL;
    return end && file->cached.size >= (size_t)(end - durable->bytes) &&
           memcmp(durable->bytes, file->cached.bytes, (size_t)(end - durable->bytes)) == 0;
}

static void
intent_check(struct planned *planned, const struct request *request)
{
    const struct volume_file *file = volume_find_durable(oracle_journal_path());
    bool message = planned->verb == VERB_NOTIFY;
    static char body[4096];
    char needle[80];
    size_t at = (size_t)(planned - cast.planned), records = 0;
    bool intent = false, same_bytes = message;
    size_t lead = (size_t)snprintf(body, sizeof body, "\"body\":\"");
    lead += escape(request->body, body + lead, sizeof body - 2 - lead);
    memcpy(body + lead, "\"", 2);
    snprintf(needle, sizeof needle, "\"key\":\"%s\"", planned->key);
    const char *bytes = file ? file->durable.bytes : NULL, *key = bytes;
    const char *end = bytes ? bytes + file->durable.size : NULL;
    while (key && (key = text_find(key, (size_t)(end - key), needle))) {
        const char *line = key, *line_end = memchr(key, '\n', (size_t)(end - key));
        while (line > bytes && line[-1] != '\n')
            line--;
        if (!line_end)
            break;
        size_t size = (size_t)(line_end - line);
        bool intends = text_find(line, size, "\"kind\":\"intend\"") != NULL;
        bool resends = text_find(line, size, "\"kind\":\"resend\"") != NULL;
        if ((intends || resends) && is_whole(file, line, size)) {
            records++;
            intent |= intends;
            if (intends && !message)
                same_bytes = text_find(line, size, body) != NULL;
        }
        key = line_end;
    }
    if (!intent)
        wrong("%s is sent, and the disk holds no intent of it", planned_name(planned));
    if (!same_bytes)
        wrong("%s is sent with other bytes than its last intent holds", planned_name(planned));
    if (++oracle.sends[at] > records)
        wrong("%s is sent for time %zu, and the disk knows of %zu", planned_name(planned),
              oracle.sends[at], records);
    if (message && oracle.blind && !oracle.foreign)
        oracle.repeats[at] = true;
}

void
oracle_asks(const char *operation)
{
    if (strcmp(operation, "ListWorkerBlocks") == 0)
        oracle.blocks_asked_ms = scene.now_ms;
}

void
oracle_sends(const struct request *request, const char *operation)
{
    char path[VOLUME_PATH_SIZE];
    snprintf(path, sizeof path, "%s.lock", oracle_journal_path());
    const struct volume_file *lock = volume_find(path);
    if (!lock || lock->holder < 0)
        wrong("%s is sent while the lock is not held", operation);
    if (disturbance.journal)
        wrong("%s is sent after the journal failed", operation);
    actions_of(request, operation, intent_check);
}

static void
attempt_count(struct planned *planned, const struct request *request)
{
    (void)request;
    bool blocks = planned->verb == VERB_BLOCK || planned->verb == VERB_UNBLOCK;
    if (blocks && planned->last_send_ms && oracle.blocks_asked_ms < planned->last_send_ms &&
        !oracle.meddled)
        wrong("%s is sent again, and nobody has asked whether it was done", planned_name(planned));
    planned->last_send_ms = scene.now_ms;
    if (++planned->sends > ATTEMPTS_MAX)
        wrong("%s was attempted more than %d times in one run", planned_name(planned),
              ATTEMPTS_MAX);
}

void
oracle_attempted(const struct request *request, const char *operation)
{
    actions_of(request, operation, attempt_count);
}
