#include "cmd/subjects.h"

#include <string.h>

#include "base/text.h"
#include "cmd/wrap.h"
#include "codec/reference.h"

/* One row for each of `enum status`; a test compares them. */
static const struct subject_row exit_rows[] = {
    {"0", "what was asked is done", "A run of a part says what is still pending."},
    {"1", "stopped by an error: what happened is recorded, run again",
     "The network, the service or this machine: the message says which."},
    {"2", "only plan --detailed-exitcode: there is something to do", NULL},
    {"3", "finished, and the marketplace refused some actions",
     "'bursar status FILE' says which and why. 'bursar run --retry-refused FILE' tries them again, "
     "'bursar resolve --waive STEP FILE' accepts it."},
    {"4", "some outcomes are unknown, or something looks paid already",
     "'bursar resolve FILE' asks the marketplace what it can tell. What is left is for a person to "
     "say, with --done or --not-done."},
    {"5", "refused to start or to go on: limit, balance, expectation, conflict, environment",
     "The message says what to change. Nothing further was sent."},
    {"64", "the command line is wrong", "'bursar help COMMAND' shows what a command takes."},
    {"65", "a campaign, data or plan file is wrong, or data and workers do not match",
     "Every problem is named with its line. Nothing was sent."},
    {"74", "the journal is damaged or cannot be written",
     "'bursar journal verify FILE' names the first line that is wrong, and 'bursar journal restore "
     "FILE' brings back what this machine last saw."},
    {"75", "another run holds the journal", "The message names it. Wait for it to end."},
    {"77", "credentials are missing or refused",
     "'bursar help environment-variables' says where they are looked for."},
    {"130", "interrupted: what was in flight was waited for and recorded",
     "The next 'bursar run FILE' goes on from there."},
    {NULL, NULL, NULL},
};

static const struct subject_row environment_rows[] = {
    {"AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN",
     "The keys to sign with; the token only where they are temporary (AWS_SECURITY_TOKEN is its "
     "older name). They go before any profile that was not asked for with --profile.",
     NULL},
    {"AWS_PROFILE", "The profile whose keys are used; or AWS_DEFAULT_PROFILE.", NULL},
    {"AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE",
     "The files that hold profiles, in the place of ~/.aws/credentials and ~/.aws/config.", NULL},
    {"AWS_ENDPOINT_URL_MTURK",
     "The marketplace's address, as with --endpoint. 'bursar simulate' prints it.", NULL},
    {"HTTPS_PROXY, NO_PROXY",
     "A proxy to go through, and the hosts that need none; small letters count too. Both are named "
     "on standard error where they matter.",
     NULL},
    {"AWS_CA_BUNDLE", "A file of certificates to trust in the place of the system's.", NULL},
    {"XDG_STATE_HOME",
     "Where the second copies of journals lie, in the folder bursar; ~/.local/state without it.",
     NULL},
    {"NO_COLOR, TERM",
     "On a terminal colour repeats what the words say. NO_COLOR with any value leaves it out, as "
     "--no-color does with every command; a TERM that is dumb gets plain lines for bars as well.",
     NULL},
    {"HOME", "The folder that ~ stands for.", NULL},
    {"TMPDIR", "Where rehearsals keep their folder; /tmp without it.", NULL},
    {NULL, NULL, NULL},
};

static const struct subject_row file_rows[] = {
    {"NAME.yaml", "The campaign: bursar-campaign(5), and 'bursar help KEY' for one key.", NULL},
    {"NAME.journal.jsonl, NAME.ENVIRONMENT.journal.jsonl",
     "The journal, beside the campaign; the first name is production's. It holds personal data, "
     "and without it nobody knows who was told what: keep it. See bursar-journal(5).",
     NULL},
    {"NAME.journal.jsonl.lock", "Held while a run goes on. It may stay when none does.", NULL},
    {"NAME.journal.jsonl.torn-TIME",
     "What a crash left of the journal's last lines; nothing of it had been sent.", NULL},
    {"NAME.journal.jsonl.replaced-TIME",
     "What 'journal restore' or 'journal rebuild' put another journal in the place of.", NULL},
    {"/usr/share/bursar/campaigns",
     "Where bursar was installed as a package: the examples, each with its tables.", NULL},
    {"~/.local/state/bursar/journals/ID.jsonl",
     "The second copy of a journal, from which 'bursar journal restore FILE' works. Beside it, in "
     "paths/, which journals a campaign has had. All of it under $XDG_STATE_HOME where that is "
     "set.",
     NULL},
    {"~/.local/state/bursar/report-names.key",
     "The key by which reports give people other names: 'bursar help report'.", NULL},
    {"~/.aws/credentials, ~/.aws/config",
     "Keys and profiles, as AWS's own tools read them; credential_process too.", NULL},
    {NULL, NULL, NULL},
};

static const struct subject_row simulator_rows[] = {
    {"world",
     "YAML: what the pretended marketplace begins with, its balance, HITs, assignments and "
     "qualifications (--world).",
     NULL},
    {"faults",
     "YAML: how it misbehaves, such as answers that are lost after the money went out (--faults).",
     NULL},
    {"book", "One line of JSON for everything it did, between which accounts money moved (--book).",
     NULL},
    {NULL, NULL, NULL},
};

static const char simulator_example[] = "balance: 100.00\n"
                                        "hits:\n"
                                        "  - id: 3PR3LXCWSF67WOX6Y5S8EXAMPLE1\n"
                                        "    title: Tell us a joke\n"
                                        "    reward: 0.20\n"
                                        "    assignments:\n"
                                        "      - { id: 3ASSIGNMENT, worker: A1WORKER, status: "
                                        "Approved, answers: { joke: \"Why …\" } }\n"
                                        "    made_up: 20\n";

const struct subject subjects[] = {
    {"environment-variables", "Environment", "what is read from the environment", environment_rows,
     NULL},
    {"files", "Files", "what is read and written, and where", file_rows, NULL},
    {"exit-codes", "Exit status", "how a command ends, and what to do then", exit_rows, NULL},
    {"lookups", "Lookups", "what may stand for a value, in words and amounts", NULL, NULL},
    {"simulator", "Simulator", "the files of rehearse and simulate; all of it: bursar-world(5)",
     simulator_rows, simulator_example},
    {NULL, NULL, NULL, NULL, NULL},
};

enum { COLUMNS = 80 };

static void
row_print(const struct subject_row *row, struct buffer *out)
{
    buffer_print(out, "  %s\n", row->name);
    wrap_add(out, row->means, "      ", "      ", COLUMNS);
    if (row->then)
        wrap_add(out, row->then, "      ", "      ", COLUMNS);
}

/* Set in, as it stands. */
static void
example_print(const char *example, struct buffer *out)
{
    bool begins = true;
    buffer_text(out, "\n");
    for (; *example; example++) {
        buffer_text(out, begins ? "      " : "");
        buffer_add(out, example, 1);
        begins = *example == '\n';
    }
}

static void
subject_print(const struct subject *subject, struct buffer *out)
{
    buffer_print(out, "%s: %s\n\n", subject->name, subject->summary);
    for (const struct subject_row *row = subject->rows; row && row->name; row++)
        row_print(row, out);
    for (const struct lookup_row *row = lookup_rows; !subject->rows && row->name; row++)
        row_print(&(struct subject_row){.name = row->name, .means = row->help}, out);
    if (subject->example)
        example_print(subject->example, out);
}

/* True for one of the names that stand in a row's, with ", " between them. */
static bool
row_is(const struct subject_row *row, const char *name)
{
    struct arena arena = {0};
    bool is = *name &&
              strstr(arena_print(&arena, ", %s, ", row->name), arena_print(&arena, ", %s, ", name));
    arena_close(&arena);
    return is;
}

const struct subject *
subject_find(const char *name)
{
    for (const struct subject *subject = subjects; subject->name; subject++)
        if (text_same(subject->name, name))
            return subject;
    return NULL;
}

bool
subject_help(const char *name, struct buffer *out)
{
    const struct subject *found = subject_find(name);
    if (found)
        subject_print(found, out);
    for (const struct subject *subject = subjects; !found && subject->name; subject++)
        for (const struct subject_row *row = subject->rows; !found && row && row->name; row++)
            if (row_is(row, name)) {
                buffer_print(out, "%s, in '%s'\n\n", name, subject->name);
                row_print(row, out);
                found = subject;
            }
    return found;
}
