#define _GNU_SOURCE /* memmem */
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cast.h"
#include "happening.h"
#include "road.h"
#include "scene.h"

enum { ATTEMPTS_MAX = 4 };

struct conceded conceded;

static struct {
    struct content proven;            /* what was durable in the journal, name and all */
    const struct volume_file *synced; /* the journal's file, once it was synced … */
    size_t synced_size;               /* … and how much of it was */
    bool meddled, deleted, blind;
    bool foreign;       /* a bonus shows that the journal knows nothing of */
    struct content old; /* the journal before somebody took it away */
    stamp_t paid_ms[PLANNED_MAX];
    bool edited[PLANNED_MAX];  /* in other words than the file has had at first */
    size_t sends[PLANNED_MAX]; /* of each action, since the journal was last meddled with */
    bool repeats[PLANNED_MAX]; /* a message that the design cannot keep from going out again */
    struct {
        size_t bonuses, approvals;
        cents_t bonus, bonus_fee, reward, reward_fee;
    } ledger;
} oracle;

const char *
oracle_journal_path(void)
{
    return VOLUME_ROOT "/lab/party.sandbox.journal.jsonl";
}

static const char *
find(const char *bytes, size_t size, const char *text)
{
    return size ? memmem(bytes, size, text, strlen(text)) : NULL;
}

static void
content_set(struct content *content, const char *bytes, size_t size)
{
    if (size > content->capacity) {
        content->capacity = 2 * size;
        content->bytes = world_alloc(content->bytes, content->capacity);
    }
    if (size)
        memcpy(content->bytes, bytes, size);
    content->size = size;
}

void
oracle_begin(void)
{
    struct content proven = oracle.proven, old = oracle.old;
    memset(&oracle, 0, sizeof oracle);
    oracle.proven = (struct content){proven.bytes, 0, proven.capacity};
    oracle.old = (struct content){old.bytes, 0, old.capacity};
}

void
oracle_end(void)
{
    world_free(oracle.proven.bytes);
    world_free(oracle.old.bytes);
    oracle.proven = oracle.old = (struct content){0};
}

bool
oracle_is_meddled(void)
{
    return oracle.meddled;
}

const struct content *
oracle_proven(void)
{
    return &oracle.proven;
}

/* The one state after a power loss that cannot be told from damage: the hole begins inside the
 * first record of the last group, in front of the number of its group, so that it might be a group
 * of its own, that was whole once. The design refuses it, and so it must be brought back from
 * elsewhere. */
bool
oracle_group_is_hidden(void)
{
    const struct volume_file *file = volume_find(oracle_journal_path());
    const struct content *content = file ? &file->cached : NULL;
    const char *hole = content ? memchr(content->bytes, '\0', content->size) : NULL;
    if (!hole || (size_t)(hole - content->bytes) % SECTOR_BYTES != 0)
        return false;
    const char *line = hole;
    while (line > content->bytes && line[-1] != '\n')
        line--;
    const char *group = find(line, (size_t)(hole - line), "\"group\":");
    return !group || !memchr(group + 8, ',', (size_t)(hole - group - 8));
}

/* Records that were ever durable are the beginning of every later journal. */
static void
proven_check(const char *when)
{
    const struct volume_file *file = volume_find(oracle_journal_path());
    size_t size = file ? file->cached.size : 0;
    if (size < oracle.proven.size)
        wrong("lost: %zu bytes of the journal were durable, and %s it has %zu", oracle.proven.size,
              when, size);
    for (size_t i = 0; i < oracle.proven.size; i++)
        if (file->cached.bytes[i] != oracle.proven.bytes[i])
            wrong("lost: byte %zu of the journal was durable, and %s it is another", i, when);
}

void
oracle_synced(const struct volume_file *file)
{
    const struct volume_file *journal = volume_find(oracle_journal_path());
    if (file == journal) {
        oracle.synced = file;
        oracle.synced_size = file->durable.size;
    }
    if (!journal || oracle.synced != journal ||
        volume_find_durable(oracle_journal_path()) != journal)
        return;
    size_t have = oracle.proven.size;
    if (oracle.synced_size < have)
        wrong("lost: %zu bytes of the journal were durable, and %zu are left", have,
              oracle.synced_size);
    size_t more = oracle.synced_size - have;
    if (more == 0)
        return;
    if (oracle.synced_size > oracle.proven.capacity) {
        oracle.proven.capacity = 2 * oracle.synced_size;
        oracle.proven.bytes = world_alloc(oracle.proven.bytes, oracle.proven.capacity);
    }
    memcpy(oracle.proven.bytes + have, journal->durable.bytes + have, more);
    oracle.proven.size += more;
}

static bool
has_intent(const struct content *content, const char *key)
{
    const char *at = content->bytes, *end = at + content->size;
    char needle[80];
    snprintf(needle, sizeof needle, "\"key\":\"%.64s\"", key);
    while (at && (at = find(at, (size_t)(end - at), needle))) {
        const char *line = at;
        while (line > content->bytes && line[-1] != '\n')
            line--;
        if (find(line, (size_t)(at - line), "\"kind\":\"intend\""))
            return true;
        at++;
    }
    return false;
}

/* Whether the second copy still holds what the journal has lost. */
static bool
second_copy_knows(void)
{
    const char *id = find(oracle.old.bytes, oracle.old.size, "\"journal\":\"");
    if (!id)
        return true; /* nothing was lost */
    char path[VOLUME_PATH_SIZE];
    snprintf(path, sizeof path, "%s/state/bursar/journals/%.32s.jsonl", VOLUME_ROOT, id + 11);
    const struct volume_file *copy = volume_find(path);
    bool whole = copy && copy->cached.size >= oracle.old.size &&
                 memcmp(copy->cached.bytes, oracle.old.bytes, oracle.old.size) == 0;
    return whole;
}

void
oracle_process_begins(void)
{
    proven_check("now");
    for (size_t i = 0; i < cast.planned_count; i++)
        cast.planned[i].sends = 0;
    oracle.foreign = false;
    if (!oracle.meddled)
        return;
    oracle.blind |= !second_copy_knows();
    const struct volume_file *journal = volume_find(oracle_journal_path());
    struct content none = {0};
    for (size_t i = 0; i < cast.planned_count; i++) {
        const struct planned *planned = &cast.planned[i];
        bool shows = cast.steps[planned->step].verb == VERB_BONUS && planned->happened &&
                     oracle.paid_ms[i] + (stamp_t)cast.bonus_lag_s * 1000 <= scene.now_ms;
        /* In other words it is not known for one of the campaign's own. */
        shows &= oracle.edited[i] == cast.edit.words[planned->step];
        oracle.foreign |= shows && !has_intent(journal ? &journal->cached : &none, planned->key);
    }
}

void
oracle_process_ended(void)
{
    proven_check("after the process");
}

static void
meddled_reset(void)
{
    const struct volume_file *journal = volume_find(oracle_journal_path());
    oracle.synced = journal;
    oracle.synced_size = journal ? journal->cached.size : 0;
    content_set(&oracle.proven, journal ? journal->cached.bytes : NULL, oracle.synced_size);
    memset(oracle.sends, 0, sizeof oracle.sends);
}

void
oracle_meddled(bool deleted)
{
    content_set(&oracle.old, oracle.proven.bytes, oracle.proven.size);
    oracle.meddled = true;
    oracle.deleted = deleted;
    meddled_reset();
}

void
oracle_restored(void)
{
    meddled_reset();
}

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

/* Calls `each` for every action that a request asks for. */
static void
actions_of(const struct request *request, const char *operation,
           void (*each)(struct planned *planned, const struct request *request))
{
    char one[100] = "", other[100] = "";
    struct planned *planned = NULL;
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
    if (strcmp(operation, "SendBonus") == 0 &&
        member(request->body, "UniqueRequestToken", one, sizeof one))
        planned = strlen(one) == 64 ? planned_by_key(one) : NULL;
    else if (strcmp(operation, "ApproveAssignment") == 0 &&
             member(request->body, "AssignmentId", one, sizeof one))
        planned = planned_approval(one);
    else if (strncmp(operation, "Associate", 9) == 0 &&
             member(request->body, "WorkerId", one, sizeof one))
        planned = planned_score(one);
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
    const char *group = find(line, line_size, "\"group\":");
    char last[40];
    const struct content *durable = &file->durable;
    if (!group)
        return false;
    snprintf(last, sizeof last, "{\"seq\":%lld,", atoll(group + 8));
    const char *end = find(line, (size_t)(durable->bytes + durable->size - line), last);
    end = end ? memchr(end, '\n', (size_t)(durable->bytes + durable->size - end)) : NULL;
    return end && file->cached.size >= (size_t)(end - durable->bytes) &&
           memcmp(durable->bytes, file->cached.bytes, (size_t)(end - durable->bytes)) == 0;
}

static void
intent_check(struct planned *planned, const struct request *request)
{
    const struct volume_file *file = volume_find_durable(oracle_journal_path());
    bool message = cast.steps[planned->step].verb == VERB_NOTIFY;
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
    while (key && (key = find(key, (size_t)(end - key), needle))) {
        const char *line = key, *line_end = memchr(key, '\n', (size_t)(end - key));
        while (line > bytes && line[-1] != '\n')
            line--;
        if (!line_end)
            break;
        size_t size = (size_t)(line_end - line);
        bool intends = find(line, size, "\"kind\":\"intend\"") != NULL;
        bool resends = find(line, size, "\"kind\":\"resend\"") != NULL;
        if ((intends || resends) && is_whole(file, line, size)) {
            records++;
            intent |= intends;
            if (intends && !message)
                same_bytes = find(line, size, body) != NULL;
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

static struct planned *
planned_of(const struct happening *happening)
{
    switch (happening->verb) {
    case VERB_BONUS:
        return happening->token ? planned_by_key(happening->token) : NULL;
    case VERB_APPROVE:
        return planned_approval(happening->assignment);
    case VERB_QUALIFY:
        return planned_score(happening->worker);
    case VERB_NOTIFY:
        return planned_message(happening->subject, happening->worker);
    }
    return NULL;
}

void
oracle_happens(const struct happening *happening)
{
    struct planned *planned = planned_of(happening);
    if (!planned)
        wrong("unexpected: a deed for %s that nobody asked for", happening->worker);
    size_t at = (size_t)(planned - cast.planned);
    if (happening->verb == VERB_QUALIFY)
        planned->happened = 0; /* setting it again is no harm */
    planned->happened++;
    oracle.paid_ms[at] = scene.now_ms;
    oracle.edited[at] = happening->edited;
    trace("    %s happens", planned_name(planned));
    if (happening->verb == VERB_BONUS && happening->pay != cast.steps[planned->step].amount)
        wrong("unexpected: %lld cents for %s", (long long)happening->pay, planned_name(planned));
    if (happening->verb == VERB_NOTIFY && planned->happened > 1 && oracle.repeats[at]) {
        conceded.messages++;
        return;
    }
    if (planned_alike_happened(planned) > planned_alike_count(planned))
        wrong("duplicated: %s", planned_name(planned));
    conceded.alike += planned->happened > 1;
}

static bool
happened(const struct planned *planned)
{
    if (cast.steps[planned->step].verb == VERB_APPROVE && planned->work->approved_before)
        return true;
    return planned_alike_happened(planned) >= planned_alike_count(planned);
}

static size_t
alike_done(const struct planned *planned)
{
    size_t count = 0;
    for (size_t i = 0; i < cast.planned_count; i++)
        count += cast.planned[i].alike == planned->alike && cast.planned[i].has_standing &&
                 cast.planned[i].standing == STANDING_DONE;
    return count;
}

/* The ledger against the book, action by action. */
static void
planned_judge(const struct planned *planned)
{
    if (!planned->has_standing)
        return;
    bool before = cast.steps[planned->step].verb == VERB_APPROVE && planned->work->approved_before;
    if (planned->standing == STANDING_DONE && !before &&
        alike_done(planned) > planned_alike_happened(planned))
        wrong("unexpected: the journal says that %s is done, and it never happened",
              planned_name(planned));
    bool settled = planned->standing == STANDING_REFUSED || planned->standing == STANDING_RELEASED;
    if (settled && planned_alike_count(planned) == 1 && planned->happened &&
        cast.steps[planned->step].verb != VERB_QUALIFY && !oracle.repeats[planned - cast.planned])
        wrong("lost: the journal says that %s is %s, and it happened", planned_name(planned),
              standing_name(planned->standing));
}

void
oracle_session(const struct session *session)
{
    const struct ledger *ledger = &session->journal.ledger;
    if (disturbance.journal || !session->plan)
        return;
    for (size_t i = 0; i < cast.planned_count; i++) {
        struct planned *planned = &cast.planned[i];
        const struct deed *deed = ledger_find(ledger, planned->key);
        const size_t *action = index_find(&session->plan->by_key, planned->key);
        planned->has_standing = deed != NULL;
        planned->standing = deed ? deed->standing : STANDING_RELEASED;
        planned->decision = action ? session->plan->actions[*action].decision : DECISION_SKIP;
        planned->why = action ? session->plan->actions[*action].why : WHY_DONE_BEFORE;
    }
    memset(&oracle.ledger, 0, sizeof oracle.ledger);
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = &ledger->deeds[i];
        if (!planned_by_key(deed->key))
            wrong("unexpected: a deed of step %s that the campaign does not ask for", deed->step);
        if (deed->standing != STANDING_DONE)
            continue;
        bool bonus = deed->verb == VERB_BONUS, reward = deed->verb == VERB_APPROVE;
        oracle.ledger.bonuses += bonus;
        oracle.ledger.approvals += reward;
        oracle.ledger.bonus += bonus ? deed->amount : 0;
        oracle.ledger.bonus_fee += bonus ? deed->fee : 0;
        oracle.ledger.reward += reward ? deed->amount : 0;
        oracle.ledger.reward_fee += reward ? deed->fee : 0;
    }
    for (size_t i = 0; i < cast.planned_count; i++)
        planned_judge(&cast.planned[i]);
}

void
oracle_run_ended(enum status status)
{
    if (status != STATUS_DONE)
        return;
    for (size_t i = 0; i < cast.planned_count; i++) {
        const struct planned *planned = &cast.planned[i];
        bool open = planned->has_standing && (planned->standing == STANDING_INTENDED ||
                                              planned->standing == STANDING_UNKNOWN);
        if (open || !happened(planned))
            wrong("lost: the run ended with 0, and %s is %s", planned_name(planned),
                  open ? "not decided" : "not done");
    }
}

static bool
is_held_by_a_refusal(const struct planned *planned)
{
    for (size_t i = 0; i < cast.planned_count; i++) {
        const struct planned *other = &cast.planned[i];
        if (other->step < planned->step && other->has_standing &&
            other->standing == STANDING_REFUSED &&
            strcmp(other->work->worker, planned->work->worker) == 0)
            return true;
    }
    return false;
}

void
oracle_final(enum status status)
{
    struct sim_totals totals = inside_totals(road_marketplace());
    for (size_t i = 0; i < cast.planned_count; i++) {
        const struct planned *planned = &cast.planned[i];
        bool known = planned->has_standing && planned->standing != STANDING_RELEASED;
        bool said = known && (planned->standing == STANDING_REFUSED ||
                              planned->standing == STANDING_DONE); /* DONE was judged before */
        if (!happened(planned) && !said && (known || !is_held_by_a_refusal(planned)))
            wrong("lost: %s was never done, and nobody says why (exit %d)", planned_name(planned),
                  status);
    }
    bool equal = oracle.ledger.bonuses == totals.bonus_count &&
                 oracle.ledger.bonus == totals.bonuses &&
                 oracle.ledger.bonus_fee == totals.bonus_fees;
    if (!equal)
        wrong("the ledger has %zu bonuses of %lld and %lld in fees, the book %zu of %lld and %lld",
              oracle.ledger.bonuses, (long long)oracle.ledger.bonus,
              (long long)oracle.ledger.bonus_fee, totals.bonus_count, (long long)totals.bonuses,
              (long long)totals.bonus_fees);
    if (inside_sum(road_marketplace()) != 0)
        wrong("the marketplace's own book is wrong");
}
