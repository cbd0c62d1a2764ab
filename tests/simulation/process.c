#include "process.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "cast.h"
#include "cmd/commands.h"
#include "cmd/progress.h"
#include "cmd/say.h"
#include "cmd/session.h"
#include "io/person.h"
#include "oracle.h"
#include "road.h"
#include "scene.h"
#include "volume.h"

void __real_session_close(struct session *session);
void __wrap_session_close(struct session *session);
bool __wrap_session_connect(struct session *session, struct error *err);
struct plan *__real_plan_make(const struct plan_input *input, struct arena *arena);
struct plan *__wrap_plan_make(const struct plan_input *input, struct arena *arena);
void __wrap_say_command(const char *command);
void __wrap_say_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
enum status __wrap_say_error(const struct error *err);
void __wrap_say_problems(const struct problems *problems, const char *kind);
bool __wrap_say_out(struct buffer *out, struct error *err);
struct watcher __wrap_progress_watcher(struct progress *progress, bool quiet);
void __wrap_progress_end(struct progress *progress);
unsigned __wrap_person_interrupts(void);
const char *__wrap_person_name(struct arena *arena);
void __wrap_digest_random(unsigned char *out, size_t size);
const char *__wrap_commit_find(const char *file, struct arena *arena);
pid_t __wrap_getpid(void);

/* How many people the operator agrees to harm who did not look at the plan. */
enum { HARM_MISREAD = 1000 };

static struct {
    bool power;
    unsigned interrupts;
    bool misreads;
    size_t harm;
    char harm_typed[32];
} process;

const char *
campaign_path(void)
{
    return VOLUME_ROOT "/lab/party.yaml";
}

_Noreturn void
process_die(bool power, const char *where)
{
    trace("  *** %s: %s", power ? "the power is gone" : "killed", where);
    process.power = power;
    longjmp(scene.death, 1);
}

/* After a power loss the machine starts again: what it had in memory is gone, and its clock
 * counts from here. */
static void
machine_restarts(void)
{
    volume_power_loss();
    road_advance(scene.now_ms + dice_between(STAMP_SECOND_MS, 20 * STAMP_MINUTE_MS));
    scene.boot_ms = scene.now_ms;
}

static struct outcome
command_perform(struct arguments *arguments, const char *name)
{
    const struct command *command = command_find(name);
    arguments->command = command;
    struct outcome outcome = {.status = STATUS_STOPPED};
    volatile bool died = true;
    volatile enum status status = STATUS_STOPPED;
    process.power = false;
    process.interrupts = 0;
    process.harm = 0;
    disturbance = (struct disturbance){0};
    road_new_process();
    oracle_process_begins();
    arguments->values[OPTION_ENDPOINT] = "http://127.0.0.1";
    scene.inside = true;
    if (setjmp(scene.death) == 0) {
        status = command->perform(arguments);
        died = false;
    }
    scene.inside = false;
    size_t left = memory_release();
    calls_end_process();
    outcome.writes = road_writes();
    outcome.died = died;
    outcome.status = status;
    if (process.power)
        machine_restarts();
    if (!died && left)
        wrong("the process left %zu pieces of memory behind", left);
    trace("  exit %d%s", outcome.status, died ? ", dead" : "");
    oracle_process_ended();
    return outcome;
}

struct outcome
process_run(bool retry_refused)
{
    const char *words[] = {campaign_path()};
    struct arguments arguments = {.words = words, .word_count = 1};
    arguments.values[OPTION_YES] = arguments.values[OPTION_QUIET] = "";
    /* The plan is words for a person; they are made now and then, because that takes its time. */
    if (!dice_hit(50))
        arguments.values[OPTION_JSON] = "";
    if (retry_refused)
        arguments.values[OPTION_RETRY_REFUSED] = "";
    if (cast_has(VERB_REJECT) || cast_has(VERB_BLOCK))
        arguments.values[OPTION_REJECT_AND_BLOCK] = process.harm_typed;
    process.misreads = !scene.calm && dice_hit(20);
    trace("bursar run%s", retry_refused ? " --retry-refused" : "");
    struct outcome outcome = command_perform(&arguments, "run");
    if (process.misreads && process.harm && outcome.writes)
        wrong("%zu calls were made, and the operator agreed to another number of people harmed",
              outcome.writes);
    if (!outcome.died)
        oracle_run_ended(outcome.status);
    return outcome;
}

struct outcome
process_look(void)
{
    const char *words[] = {campaign_path()};
    struct arguments arguments = {.words = words, .word_count = 1};
    trace("bursar resolve");
    return command_perform(&arguments, "resolve");
}

struct outcome
process_resolve(const char *target, bool done)
{
    const char *words[] = {campaign_path()};
    struct arguments arguments = {.words = words, .word_count = 1};
    arguments.values[done ? OPTION_DONE : OPTION_NOT_DONE] = target;
    trace("bursar resolve %s %s", done ? "--done" : "--not-done", target);
    return command_perform(&arguments, "resolve");
}

struct outcome
process_restore(void)
{
    const char *words[] = {"restore", oracle_journal_path()};
    struct arguments arguments = {.words = words, .word_count = 2};
    trace("bursar journal restore");
    return command_perform(&arguments, "journal");
}

struct outcome
process_erase(const char *worker)
{
    char now[STAMP_TEXT_SIZE];
    const char *words[] = {"erase", oracle_journal_path()};
    struct arguments arguments = {.words = words, .word_count = 2};
    arguments.values[OPTION_YES_ERASE] = "";
    arguments.values[worker ? OPTION_WORKER : OPTION_BEFORE] =
        worker ? worker : stamp_print(now, scene.now_ms);
    trace("bursar journal erase %s", worker ? worker : now);
    oracle_erases();
    struct outcome outcome = command_perform(&arguments, "journal");
    if (outcome.writes)
        wrong("unexpected: an erasure made %zu calls", outcome.writes);
    if (!outcome.died && outcome.status == STATUS_DONE)
        oracle_erased(worker);
    return outcome;
}

/* The operator reads the number of people harmed in the plan, and types it. */
struct plan *
__wrap_plan_make(const struct plan_input *input, struct arena *arena)
{
    struct plan *plan = __real_plan_make(input, arena);
    process.harm = plan->harm ? plan->harm + plan->harm_before : 0;
    snprintf(process.harm_typed, sizeof process.harm_typed, "%zu",
             process.harm + (process.misreads ? HARM_MISREAD : 0));
    return plan;
}

bool
__wrap_session_connect(struct session *session, struct error *err)
{
    (void)err;
    session->line.credentials = (struct credentials){.key_id = inside_key_id(road_marketplace()),
                                                     .secret = inside_secret(road_marketplace()),
                                                     .source = "the simulation"};
    session->line.market = session->market;
    session->line.endpoint = session->endpoint;
    session->line.transport = road_transport();
    line_init(&session->line, cast.width, 0, &session->arena);
    session->connected = true;
    return true;
}

void
__wrap_session_close(struct session *session)
{
    oracle_session(session);
    __real_session_close(session);
}

void
__wrap_say_command(const char *command)
{
    trace("  %s", command);
}

void
__wrap_say_note(const char *format, ...)
{
    char line[600];
    va_list values;
    if (!scene.print && !scene.hashed)
        return;
    va_start(values, format);
    vsnprintf(line, sizeof line, format, values);
    va_end(values);
    trace("  | %s", line);
}

enum status
__wrap_say_error(const struct error *err)
{
    trace("  | error: %s", err->text);
    return err->status;
}

void
__wrap_say_problems(const struct problems *problems, const char *kind)
{
    for (size_t i = 0; i < problems->count; i++)
        trace("  | %s: %s", kind, problems->items[i].text);
}

bool
__wrap_say_out(struct buffer *out, struct error *err)
{
    (void)err;
    buffer_clear(out);
    return true;
}

static void
notice(void *self, const char *text)
{
    (void)self;
    trace("  | %s", text);
}

static void
unrecorded(void *self, const char *key, const char *what)
{
    (void)self;
    trace("  | UNRECORDED %.8s %s", key, what);
}

struct watcher
__wrap_progress_watcher(struct progress *progress, bool quiet)
{
    (void)progress;
    (void)quiet;
    return (struct watcher){.notice = notice, .unrecorded = unrecorded};
}

void
__wrap_progress_end(struct progress *progress)
{
    (void)progress;
}

unsigned
__wrap_person_interrupts(void)
{
    process.interrupts += dice_hit(scene.odds.interrupt);
    return process.interrupts;
}

const char *
__wrap_person_name(struct arena *arena)
{
    return arena_copy(arena, "ana@lab");
}

void
__wrap_digest_random(unsigned char *out, size_t size)
{
    for (size_t i = 0; i < size; i++)
        out[i] = (unsigned char)dice_next();
}

const char *
__wrap_commit_find(const char *file, struct arena *arena)
{
    (void)file;
    (void)arena;
    return NULL;
}

pid_t
__wrap_getpid(void)
{
    return 4711;
}
