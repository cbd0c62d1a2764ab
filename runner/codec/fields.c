/* The rows. `takes` follows "'KEY' takes", `help` is read alone. Offsets are into the struct that
 * the group fills: the campaign, its filter, limits or expectation, or the step. */
#include "codec/fields.h"

#include "base/text.h"

#define IN_CAMPAIGN(member) .offset = offsetof(struct campaign, member)
#define IN_LIMITS(member) .offset = offsetof(struct limits, member)
#define IN_EXPECT(member) .offset = offsetof(struct expectation, member)
#define IN_STEP(member) .offset = offsetof(struct step, member)
#define LIST(...) \
    (const char *const[]) \
    { \
        __VA_ARGS__, NULL \
    }
#define MONEY_TAKES "dollars with at most two decimals"
#define ID_TAKES "capital letters and digits, at most 64"

enum { MONEY_MOST = 99999999, COUNT_MOST = 9999999, SCORE_MOST = 2147483647 };

/* In the order of enum work_status and of enum per. */
static const char *const statuses[] = {"Submitted", "Approved", "Rejected", NULL};
static const char *const pers[] = {"assignment", "worker", NULL};
static const char *const environments[] = {"production", "sandbox", NULL};

static const struct field campaign_fields[] = {
    {.name = "campaign",
     .type = FIELD_NAME,
     .required = true,
     IN_CAMPAIGN(name),
     .where_offset = offsetof(struct campaign, name_where),
     .takes = "a name of at most 64 letters, digits, '.', '_' and '-'",
     .example = "best-joke",
     .help = "The campaign's identity. It is part of what makes each payment unrepeatable: under a "
             "new name everything counts as not yet done."},
    {.name = "environment",
     .type = FIELD_WORD,
     IN_CAMPAIGN(environment),
     .where_offset = offsetof(struct campaign, environment_where),
     .choices = environments,
     .takes = "production or sandbox",
     .example = "production",
     .help = "Where the campaign runs: production moves real money, sandbox is the marketplace's "
             "playground. There is no default; without it a campaign can be checked and "
             "rehearsed, not run."},
    {.name = "labels",
     .type = FIELD_LABELS,
     IN_CAMPAIGN(labels),
     .least = 1,
     .most = 200,
     .takes = "names with a text each",
     .example = "{ grant: R01-12345, protocol: IRB-2026-14 }",
     .help = "Your own marks, such as a grant number. They go into the journal and into reports "
             "and change nothing else."},
    {.name = "hits",
     .type = FIELD_TASKS,
     .required = true,
     .group = GROUP_HITS,
     .takes = "a list of HIT IDs, or a file with one ID a line",
     .example = "[3PR3LXCWSF67WOX6Y5S8EXAMPLE1] or { file: hits.txt }",
     .help = "The HITs whose workers the campaign is about."},
    {.name = "where",
     .type = FIELD_MAP,
     .group = GROUP_WHERE,
     IN_CAMPAIGN(filter),
     .has_offset = offsetof(struct campaign, filter.written),
     .takes = "the key status",
     .example = "{ status: [Submitted, Approved] }",
     .help = "Which assignments of the HITs are meant."},
    {.name = "limits",
     .type = FIELD_MAP,
     .group = GROUP_LIMITS,
     IN_CAMPAIGN(limits),
     .where_offset = offsetof(struct campaign, limits.where),
     .takes = "the keys total, per_worker and per_bonus",
     .example = "{ total: 450.00, per_worker: 5.00 }",
     .help = "Sums that a run never goes above, whatever the steps say."},
    {.name = "expect",
     .type = FIELD_MAP,
     .group = GROUP_EXPECT,
     IN_CAMPAIGN(expect),
     .where_offset = offsetof(struct campaign, expect.where),
     .takes = "the keys workers and assignments",
     .example = "{ workers: 212 }",
     .help = "How many there should be. When the marketplace shows another number, nothing is "
             "done."},
    {.name = "steps",
     .type = FIELD_STEPS,
     .required = true,
     .group = GROUP_STEP,
     .most = 200,
     .takes = "a list of steps, each with one of approve, qualify, bonus and notify",
     .example = "[{ approve: {} }]",
     .help = "What is done for each worker, in this order."},
};

static const struct field hits_fields[] = {
    {.name = "file",
     .type = FIELD_PATH,
     .required = true,
     .input = INPUT_TASKS,
     .takes = "a path relative to the campaign file, with '/' between folders",
     .example = "hits/wave-1.txt",
     .help = "A text file with one HIT ID a line; blank lines and lines that begin with # do not "
             "count."},
};

static const struct field where_fields[] = {
    {.name = "status",
     .type = FIELD_STATUSES,
     .offset = offsetof(struct filter, status),
     .choices = statuses,
     .fallback = LIST("Submitted", "Approved"),
     .takes = "Submitted, Approved or Rejected, or a list of these",
     .example = "[Submitted, Approved]",
     .help = "What became of the work so far: handed in, approved or rejected. A step can only "
             "narrow what the campaign's own where lets in."},
};

static const struct field limits_fields[] = {
    {.name = "total",
     .type = FIELD_MONEY,
     IN_LIMITS(total),
     .has_offset = offsetof(struct limits, has_total),
     .most = MONEY_MOST,
     .takes = MONEY_TAKES,
     .example = "450.00",
     .help = "The most the whole campaign may cost: bonuses, rewards of approved work, and fees."},
    {.name = "per_worker",
     .type = FIELD_MONEY,
     IN_LIMITS(per_worker),
     .has_offset = offsetof(struct limits, has_per_worker),
     .most = MONEY_MOST,
     .takes = MONEY_TAKES,
     .example = "5.00",
     .help = "The most that one worker may get in bonuses, without fees."},
    {.name = "per_bonus",
     .type = FIELD_MONEY,
     IN_LIMITS(per_bonus),
     .most = MONEY_MOST,
     .fallback = LIST("100.00"),
     .takes = MONEY_TAKES,
     .example = "4.00",
     .help = "The most that one bonus may be, without its fee."},
};

static const struct field expect_fields[] = {
    {.name = "workers",
     .type = FIELD_COUNT,
     IN_EXPECT(workers),
     .has_offset = offsetof(struct expectation, has_workers),
     .least = 1,
     .most = COUNT_MOST,
     .takes = "a whole number from 1 to 9999999",
     .example = "212",
     .help = "How many different workers the campaign's where must select."},
    {.name = "assignments",
     .type = FIELD_COUNT,
     IN_EXPECT(assignments),
     .has_offset = offsetof(struct expectation, has_assignments),
     .least = 1,
     .most = COUNT_MOST,
     .takes = "a whole number from 1 to 9999999",
     .example = "230",
     .help = "How many assignments the campaign's where must select."},
};

static const struct field step_fields[] = {
    {.name = "id",
     .type = FIELD_NAME,
     IN_STEP(id),
     .takes = "a name of at most 64 letters, digits, '.', '_' and '-'",
     .example = "score-bonus",
     .help = "The step's name in the journal and in needs; by default its verb. It is part of what "
             "makes each payment unrepeatable: keep it once the step has run."},
    {.name = "was",
     .type = FIELD_NAME,
     IN_STEP(was),
     .takes = "the id under which the step ran before",
     .example = "bonus",
     .help = "A step that was renamed after it ran keeps its payments when it says what it was "
             "called."},
    {.name = "approve",
     .type = FIELD_VERB,
     .one_of = 1,
     .group = GROUP_APPROVE,
     .verb = VERB_APPROVE,
     .where_offset = offsetof(struct step, content),
     .takes = "nothing, or the key feedback",
     .example = "{ feedback: Thank you. }",
     .help = "Approves work that was handed in, so that its reward is paid."},
    {.name = "qualify",
     .type = FIELD_VERB,
     .one_of = 1,
     .group = GROUP_QUALIFY,
     .verb = VERB_QUALIFY,
     .where_offset = offsetof(struct step, content),
     .takes = "the keys qualification and value",
     .example = "{ qualification: 3JNQJJEQXNSX7K3S6OQGEXAMPLE1, value: 1 }",
     .help = "Gives each worker a qualification, or changes its value."},
    {.name = "bonus",
     .type = FIELD_VERB,
     .one_of = 1,
     .group = GROUP_BONUS,
     .verb = VERB_BONUS,
     .where_offset = offsetof(struct step, content),
     .takes = "the keys amount, message and per",
     .example = "{ amount: 1.00, message: \"Thank you!\" }",
     .help = "Pays a bonus."},
    {.name = "notify",
     .type = FIELD_VERB,
     .one_of = 1,
     .group = GROUP_NOTIFY,
     .verb = VERB_NOTIFY,
     .where_offset = offsetof(struct step, content),
     .takes = "the keys subject and message or message_file",
     .example = "{ subject: Your bonus, message_file: thanks.txt }",
     .help = "Sends each worker a message."},
    {.name = "where",
     .type = FIELD_MAP,
     .group = GROUP_WHERE,
     IN_STEP(filter),
     .has_offset = offsetof(struct step, filter.written),
     .takes = "the key status",
     .example = "{ status: Submitted }",
     .help = "Narrows the campaign's where for this step alone."},
    {.name = "needs",
     .type = FIELD_NEEDS,
     .has_offset = offsetof(struct step, needs_written),
     .most = 200,
     .takes = "the id of a step above, or a list of such ids",
     .example = "[bonus]",
     .help = "Only workers for whom each of these steps did something, and finished it, come into "
             "this one. Without the key a worker is held back while anything of theirs above is "
             "not settled; an empty list holds nobody back."},
};

static const struct field approve_fields[] = {
    {.name = "feedback",
     .type = FIELD_PROSE,
     .lines = true,
     .least = 1,
     .most = 1024,
     IN_STEP(message),
     .takes = "a text of at most 1,024 characters",
     .example = "Thank you.",
     .help = "What the worker reads beside the approval."},
};

static const struct field qualify_fields[] = {
    {.name = "qualification",
     .type = FIELD_ID,
     .required = true,
     IN_STEP(qualification),
     .takes = "the ID of a qualification type (" ID_TAKES ")",
     .example = "3JNQJJEQXNSX7K3S6OQGEXAMPLE1",
     .help = "Which qualification; it must be one of your own."},
    {.name = "value",
     .type = FIELD_SCORE,
     .least = 0,
     .most = SCORE_MOST,
     IN_STEP(value),
     .fallback = LIST("1"),
     .takes = "a whole number from 0 to 2147483647",
     .example = "1",
     .help = "The value the worker then has."},
};

static const struct field bonus_fields[] = {
    {.name = "amount",
     .type = FIELD_MONEY,
     .required = true,
     .least = 1,
     .most = MONEY_MOST,
     IN_STEP(amount),
     .takes = MONEY_TAKES,
     .example = "0.75",
     .help = "What the worker gets. The marketplace's fee comes on top."},
    {.name = "message",
     .type = FIELD_PROSE,
     .required = true,
     .lines = true,
     .least = 1,
     .most = 4096,
     IN_STEP(message),
     .takes = "a text of at most 4,096 characters",
     .example = "Your joke made us laugh. Thank you!",
     .help = "Why there is a bonus; the worker reads it. The bound is bursar's own, the "
             "marketplace names none."},
    {.name = "per",
     .type = FIELD_CHOICE,
     IN_STEP(per),
     .choices = pers,
     .fallback = LIST("assignment"),
     .takes = "assignment or worker",
     .example = "worker",
     .help = "Whether each assignment brings the bonus, or each worker gets it once however many "
             "assignments they handed in."},
};

static const struct field notify_fields[] = {
    {.name = "subject",
     .type = FIELD_PROSE,
     .required = true,
     .least = 1,
     .most = 200,
     IN_STEP(subject),
     .takes = "one line of at most 200 characters",
     .example = "A bonus for your joke",
     .help = "The subject line of the message."},
    {.name = "message",
     .type = FIELD_PROSE,
     .one_of = 1,
     .lines = true,
     .least = 1,
     .most = 4096,
     IN_STEP(message),
     .takes = "a text of at most 4,096 characters",
     .example = "We have just sent you a bonus.",
     .help = "The words of the message."},
    {.name = "message_file",
     .type = FIELD_PATH,
     .one_of = 1,
     .input = INPUT_MESSAGE,
     .takes = "a path relative to the campaign file, with '/' between folders",
     .example = "messages/thanks.txt",
     .help = "A text file with the words of the message, instead of message."},
};

#define FIELDS(array) .fields = array, .count = sizeof array / sizeof *array

static const struct group_row groups[GROUP_COUNT] = {
    [GROUP_CAMPAIGN] = {.title = "bursar campaign",
                        .help = "Whom a campaign is about, what it may spend, and what it does, "
                                "step by step.",
                        FIELDS(campaign_fields)},
    [GROUP_HITS] = {.name = "hits", FIELDS(hits_fields)},
    [GROUP_WHERE] = {.name = "where", FIELDS(where_fields)},
    [GROUP_LIMITS] = {.name = "limits", FIELDS(limits_fields)},
    [GROUP_EXPECT] = {.name = "expect", FIELDS(expect_fields)},
    [GROUP_STEP] = {.name = "steps", FIELDS(step_fields)},
    [GROUP_APPROVE] = {.name = "approve", FIELDS(approve_fields)},
    [GROUP_QUALIFY] = {.name = "qualify", FIELDS(qualify_fields)},
    [GROUP_BONUS] = {.name = "bonus", FIELDS(bonus_fields)},
    [GROUP_NOTIFY] = {.name = "notify", FIELDS(notify_fields)},
};

const struct group_row *
group_row(enum group group)
{
    return &groups[group];
}

const struct field *
field_find(enum group group, const char *name)
{
    for (size_t i = 0; i < groups[group].count; i++)
        if (text_same(groups[group].fields[i].name, name))
            return &groups[group].fields[i];
    return NULL;
}

bool
group_is_optional(enum group group)
{
    for (size_t i = 0; i < groups[group].count; i++)
        if (groups[group].fields[i].required || groups[group].fields[i].one_of)
            return false;
    return true;
}
