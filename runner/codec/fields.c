/* The rows of the file itself, and the table of all groups. `takes` follows "'KEY' takes", `help`
 * is read alone. Offsets are into the struct that the group fills. */
#include "codec/fields_rows.h"

#include <string.h>

#include "base/text.h"

static const char *const environments[] = {"production", "sandbox", NULL};

static const struct field campaign_fields[] = {
    {.name = "campaign",
     .type = FIELD_NAME,
     .required = true,
     IN_CAMPAIGN(name),
     .where_offset = offsetof(struct campaign, name_where),
     .takes = NAME_TAKES,
     .example = "best-joke",
     .help = "The campaign's identity. It is part of what makes each payment unrepeatable: under a "
             "new name every action is another one. A bonus that the marketplace lists with the "
             "same amount and words is taken for it all the same, one with other words stops it; "
             "messages go out again."},
    {.name = "environment",
     .type = FIELD_WORD,
     IN_CAMPAIGN(environment),
     .where_offset = offsetof(struct campaign, environment_where),
     .choices = environments,
     .takes = "production or sandbox",
     .example = "production",
     .help =
         "Where the campaign runs: production moves real money, sandbox is the marketplace's "
         "playground. There is no default: without it a campaign can be checked and "
         "rehearsed, and runs only where --environment or a simulator's --endpoint says where."},
    {.name = "account",
     .type = FIELD_ACCOUNT,
     IN_CAMPAIGN(account),
     .where_offset = offsetof(struct campaign, account_where),
     .takes = "the twelve digits of an AWS account",
     .example = "123456789012",
     .help = "The AWS account that pays. With any other account's credentials nothing is done."},
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
     .one_of = true,
     .group = GROUP_HITS,
     .where_offset = offsetof(struct campaign, roster_where),
     .takes = "a list of HIT IDs, or a file with one ID a line",
     .example = "[3PR3LXCWSF67WOX6Y5S8EXAMPLE1] or { file: hits.txt }",
     .help = "The HITs whose workers the campaign is about."},
    {.name = "assignments",
     .type = FIELD_MAP,
     .one_of = true,
     .group = GROUP_ASSIGNMENTS,
     .where_offset = offsetof(struct campaign, roster_where),
     .takes = "a CSV file with one assignment a row",
     .example = "{ csv: data/batch-results.csv }",
     .help = "The work the campaign is about, from a file such as Amazon's batch results, instead "
             "of hits. No HIT is read, so it serves when the HITs are gone."},
    {.name = "workers",
     .type = FIELD_ROSTER,
     .one_of = true,
     .first = true,
     .group = GROUP_WORKERS,
     .where_offset = offsetof(struct campaign, roster_where),
     .takes = WORKERS_TAKES,
     .example = "[A1EXAMPLEWORKER] or { file: workers.txt }",
     .help =
         "The workers the campaign is about, by name, instead of hits. There is no work to pay or "
         "to judge then: the steps can only be qualify, unqualify, notify, block and unblock."},
    {.name = "where",
     .type = FIELD_MAP,
     .group = GROUP_WHERE,
     IN_CAMPAIGN(filter),
     .has_offset = offsetof(struct campaign, filter.written),
     .takes = WHERE_TAKES,
     .example = "{ status: [Submitted, Approved] }",
     .help = "Which assignments are meant; all conditions must hold."},
    {.name = "data",
     .type = FIELD_DATA,
     .first = true,
     .group = GROUP_TABLE,
     .most = 100,
     .takes = "a name for each table, with its file and how rows are matched",
     .example = "{ scores: { csv: data/scores.csv, match: { worker: worker_id } } }",
     .help = "Tables that conditions, amounts and messages read, by a name of your own."},
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
     .takes = EXPECT_TAKES,
     .example = "{ workers: 212 }",
     .help = "How many the campaign's where should select. When it is another number, nothing is "
             "done."},
    {.name = "steps",
     .type = FIELD_STEPS,
     .required = true,
     .group = GROUP_STEP,
     .most = 200,
     .takes = "a list of steps, each with one verb",
     .example = "[{ approve: {} }]",
     .help = "What is done for each worker, in this order."},
};

static const struct field hits_fields[] = {
    {.name = "file",
     .type = FIELD_PATH,
     .required = true,
     .input = INPUT_TASKS,
     .takes = PATH_TAKES,
     .example = "hits/wave-1.txt",
     .help = "A text file with one HIT ID a line; blank lines and lines that begin with # do not "
             "count."},
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

#define COUNT_TAKES "a whole number from 1 to 9999999"

static const struct field expect_fields[] = {
    {.name = "workers",
     .type = FIELD_COUNT,
     IN_EXPECT(workers),
     .has_offset = offsetof(struct expectation, has_workers),
     .least = 1,
     .most = COUNT_MOST,
     .takes = COUNT_TAKES,
     .example = "212",
     .help = "How many different workers must be selected."},
    {.name = "assignments",
     .type = FIELD_COUNT,
     IN_EXPECT(assignments),
     .has_offset = offsetof(struct expectation, has_assignments),
     .least = 1,
     .most = COUNT_MOST,
     .takes = COUNT_TAKES,
     .example = "230",
     .help = "How many assignments must be selected."},
};

static const struct group_row group_campaign = {.title = "bursar campaign",
                                                .help = "Whom a campaign is about, what it may "
                                                        "spend, and what it does, step by step.",
                                                FIELDS(campaign_fields)};
static const struct group_row group_hits = {.name = "hits", FIELDS(hits_fields)};
static const struct group_row group_limits = {.name = "limits", FIELDS(limits_fields)};
static const struct group_row group_expect = {.name = "expect", FIELDS(expect_fields)};

static const struct group_row *const groups[GROUP_COUNT] = {
    [GROUP_CAMPAIGN] = &group_campaign,
    [GROUP_HITS] = &group_hits,
    [GROUP_ASSIGNMENTS] = &group_assignments,
    [GROUP_WORKERS] = &group_workers,
    [GROUP_EXCEPT] = &group_except,
    [GROUP_WHERE] = &group_where,
    [GROUP_BOUNDS] = &group_bounds,
    [GROUP_TABLE] = &group_table,
    [GROUP_MATCH] = &group_match,
    [GROUP_LIMITS] = &group_limits,
    [GROUP_EXPECT] = &group_expect,
    [GROUP_STEP] = &group_step,
    [GROUP_APPROVE] = &group_approve,
    [GROUP_REJECT] = &group_reject,
    [GROUP_QUALIFY] = &group_qualify,
    [GROUP_CREATE] = &group_create,
    [GROUP_UNQUALIFY] = &group_unqualify,
    [GROUP_BONUS] = &group_bonus,
    [GROUP_NOTIFY] = &group_notify,
    [GROUP_BLOCK] = &group_block,
    [GROUP_UNBLOCK] = &group_unblock,
};

const struct group_row *
group_row(enum group group)
{
    return groups[group];
}

/* "answer.FIELD" is every key that begins so; "TABLE.COLUMN", which stands behind it, every other
 * key with a dot in it. */
static bool
name_fits(const struct field *field, const char *name)
{
    static const char answer[] = "answer.";
    if (!field->pattern)
        return text_same(field->name, name);
    return text_starts(field->name, answer) ? text_starts(name, answer) : strchr(name, '.') > name;
}

const struct field *
field_find(enum group group, const char *name)
{
    for (size_t i = 0; i < groups[group]->count; i++)
        if (name_fits(&groups[group]->fields[i], name))
            return &groups[group]->fields[i];
    return NULL;
}

bool
group_is_optional(enum group group)
{
    for (size_t i = 0; i < groups[group]->count; i++)
        if (groups[group]->fields[i].required || groups[group]->fields[i].one_of)
            return false;
    return true;
}
