/* The rows of each verb's own map. Offsets are into the step. Where a row may look values up, the
 * template stands beside the value it makes. */
#include "codec/fields_rows.h"

#define QUALIFICATION(text) \
    { \
        .name = "qualification", .type = FIELD_ID, .one_of = true, IN_STEP(qualification), \
        .takes = QUALIFICATION_TAKES, .example = "3JNQJJEQXNSX7K3S6OQGEXAMPLE1", .help = text \
    }
#define QUALIFICATION_NAME(text) \
    { \
        .name = "name", .type = FIELD_PROSE, .one_of = true, .least = 1, .most = 200, \
        IN_STEP(qualification_name), .takes = "one line of at most 200 characters", \
        .example = "memory-wave-1", .help = text \
    }
#define WORDS(characters) \
    .type = FIELD_PROSE, .lines = true, .least = 1, .most = (characters), IN_STEP(message), \
    FROM_STEP(message_from)
#define FEEDBACK_TAKES "a text of at most 1,024 characters"
#define WORDS_TAKES "a text of at most 4,096 characters"

static const struct field approve_fields[] = {
    {.name = "feedback",
     WORDS(FEEDBACK_LENGTH_MAX),
     .takes = FEEDBACK_TAKES,
     .example = "Thank you.",
     .help = "What the worker reads beside the approval."},
    {.name = "override",
     .type = FIELD_SWITCH,
     IN_STEP(override),
     .choices = LIST("false", "true"),
     .fallback = LIST("false"),
     .takes = "true or false",
     .example = "true",
     .help = "Approves work that was rejected, too: for rejections that were a mistake. The "
             "campaign's where must let Rejected in."},
};
const struct group_row group_approve = {.name = "approve", FIELDS(approve_fields)};

static const struct field reject_fields[] = {
    {.name = "feedback",
     WORDS(FEEDBACK_LENGTH_MAX),
     .required = true,
     .takes = FEEDBACK_TAKES,
     .example = "The code you entered is not one of ours.",
     .help = "Why the work is not paid; the worker reads it."},
};
const struct group_row group_reject = {.name = "reject", FIELDS(reject_fields)};

static const struct field qualify_fields[] = {
    QUALIFICATION("Which qualification; it must be one of your own."),
    QUALIFICATION_NAME("Which qualification, by its name among your own, instead of its ID."),
    {.name = "value",
     .type = FIELD_SCORE,
     .least = 0,
     .most = SCORE_MOST,
     IN_STEP(value),
     FROM_STEP(value_from),
     .fallback = LIST("1"),
     .takes = "a whole number from 0 to 2147483647",
     .example = "1",
     .help = "The value the worker then has; or one lookup, such as ${{ scores.score }}."},
    {.name = "create",
     .type = FIELD_MAP,
     .group = GROUP_CREATE,
     .beside = "name",
     .takes = "the key description",
     .example = "{ description: \"Took part in memory study, wave 1\" }",
     .help = "Makes the qualification when there is none of that name yet."},
    {.name = "email",
     .type = FIELD_SWITCH,
     IN_STEP(email),
     .choices = LIST("false", "true"),
     .fallback = LIST("false"),
     .takes = "true or false",
     .example = "true",
     .help = "Whether the marketplace writes to the worker about it."},
};
const struct group_row group_qualify = {.name = "qualify", FIELDS(qualify_fields)};

static const struct field create_fields[] = {
    {.name = "description",
     .type = FIELD_PROSE,
     .required = true,
     .lines = true,
     .least = 1,
     .most = 2000,
     IN_STEP(description),
     .takes = "a text of at most 2,000 characters",
     .example = "Took part in memory study, wave 1",
     .help = "What workers read about the qualification."},
};
const struct group_row group_create = {.name = "create", FIELDS(create_fields)};

static const struct field unqualify_fields[] = {
    QUALIFICATION("Which qualification; it must be one of your own."),
    QUALIFICATION_NAME("Which qualification, by its name among your own, instead of its ID."),
    {.name = "reason",
     WORDS(WORDS_LENGTH_MAX),
     .takes = WORDS_TAKES,
     .example = "The second wave is over.",
     .help = "Why it is taken away; the worker can read it."},
};
const struct group_row group_unqualify = {.name = "unqualify", FIELDS(unqualify_fields)};

static const struct field bonus_fields[] = {
    {.name = "amount",
     .type = FIELD_MONEY,
     .required = true,
     .least = 1,
     .most = MONEY_MOST,
     IN_STEP(amount),
     FROM_STEP(amount_from),
     .takes = MONEY_TAKES,
     .example = "0.75",
     .help = "What the worker gets; or one lookup, such as ${{ scores.bonus_usd }}. The "
             "marketplace's fee comes on top."},
    {.name = "message",
     WORDS(WORDS_LENGTH_MAX),
     .required = true,
     .takes = WORDS_TAKES,
     .example = "Your joke made us laugh. Thank you!",
     .help = "Why there is a bonus; the worker reads it. It may look values up, such as ${{ "
             "scores.score }}. The bound is bursar's own, the marketplace names none."},
    {.name = "per",
     .type = FIELD_CHOICE,
     IN_STEP(per),
     .choices = LIST("assignment", "worker"), /* in the order of enum per */
     .fallback = LIST("assignment"),
     .takes = "assignment or worker",
     .example = "worker",
     .help = "Whether each assignment brings the bonus, or each worker gets it once however many "
             "assignments they handed in. An amount from a table that is matched by worker is paid "
             "per worker unless the key says otherwise."},
};
const struct group_row group_bonus = {.name = "bonus", FIELDS(bonus_fields)};

static const struct field notify_fields[] = {
    {.name = "subject",
     .type = FIELD_PROSE,
     .required = true,
     .least = 1,
     .most = SUBJECT_LENGTH_MAX,
     IN_STEP(subject),
     FROM_STEP(subject_from),
     .takes = "one line of at most 200 characters",
     .example = "A bonus for your joke",
     .help = "The subject line of the message."},
    {.name = "message",
     WORDS(WORDS_LENGTH_MAX),
     .one_of = true,
     .takes = WORDS_TAKES,
     .example = "We have just sent you a bonus.",
     .help =
         "The words of the message. They may look values up, such as ${{ paid.bonus }} for what "
         "the step called bonus really paid."},
    {.name = "message_file",
     .type = FIELD_PATH,
     .one_of = true,
     .input = INPUT_MESSAGE,
     .takes = PATH_TAKES,
     .example = "messages/thanks.txt",
     .help = "A text file with the words of the message, instead of message."},
};
const struct group_row group_notify = {.name = "notify", FIELDS(notify_fields)};

static const struct field block_fields[] = {
    {.name = "reason",
     WORDS(WORDS_LENGTH_MAX),
     .required = true,
     .takes = WORDS_TAKES,
     .example = "Handed in the work of a program.",
     .help = "Why the worker is blocked."},
};
const struct group_row group_block = {.name = "block", FIELDS(block_fields)};

static const struct field unblock_fields[] = {
    {.name = "reason",
     WORDS(WORDS_LENGTH_MAX),
     .takes = WORDS_TAKES,
     .example = "A mistake of ours.",
     .help = "Why the worker may come back."},
};
const struct group_row group_unblock = {.name = "unblock", FIELDS(unblock_fields)};
