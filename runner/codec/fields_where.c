/* The rows that say who is meant: lists of people, conditions, and the tables they read. Offsets
 * are into the filter, the people or the dataset. */
#include "codec/fields_rows.h"

#define STATUS_CHOICES "Submitted", "Approved", "Rejected" /* in the order of enum work_status */
#define MOMENT_TAKES "a date, or a date and a time with its zone"
#define TABLES_TAKES "the name of a table under 'data', or a list of such names"
#define VALUES_TAKES "a value, a list of values, or bounds"
#define DECIMAL_TAKES "a number of at most twelve digits and six decimals"
#define WORKER_FILE_HELP \
    "A text file with one worker ID a line; blank lines and lines that begin with # do not count."
#define WORKER_CSV_HELP "A CSV file with worker IDs in one of its columns."
/* Beside the file that holds workers, in every map that names one. */
#define WORKER_COLUMN \
    { \
        .name = "column", .type = FIELD_COLUMN, .beside = "csv", IN_PEOPLE(column), \
        .most = COLUMN_MOST, .fallback = LIST("WorkerId"), .takes = COLUMN_TAKES, \
        .example = "WorkerId", .help = "The column of the CSV file that holds the worker IDs." \
    }

static const struct field assignments_fields[] = {
    {.name = "csv",
     .type = FIELD_PATH,
     .required = true,
     .input = INPUT_ASSIGNMENTS,
     .takes = PATH_TAKES,
     .example = "data/batch-results.csv",
     .help = "A CSV file with one assignment a row: Amazon's own batch results as they are. Its "
             "columns HITId, AssignmentId and WorkerId are needed, with approve also Reward and "
             "MaxAssignments; AssignmentStatus, SubmitTime, Title and Answer.FIELD are read when "
             "they are there."},
};
const struct group_row group_assignments = {.name = "assignments", FIELDS(assignments_fields)};

static const struct field workers_fields[] = {
    {.name = "file",
     .type = FIELD_PATH,
     .one_of = true,
     .input = INPUT_PEOPLE,
     .takes = PATH_TAKES,
     .example = "workers.txt",
     .help = WORKER_FILE_HELP},
    {.name = "csv",
     .type = FIELD_PATH,
     .one_of = true,
     .input = INPUT_PEOPLE_CSV,
     .takes = PATH_TAKES,
     .example = "data/invited.csv",
     .help = WORKER_CSV_HELP},
    WORKER_COLUMN,
};
const struct group_row group_workers = {.name = "workers", FIELDS(workers_fields)};

static const struct field except_fields[] = {
    {.name = "file",
     .type = FIELD_PATH,
     .input = INPUT_PEOPLE,
     .takes = PATH_TAKES,
     .example = "exclude.txt",
     .help = WORKER_FILE_HELP},
    {.name = "csv",
     .type = FIELD_PATH,
     .input = INPUT_PEOPLE_CSV,
     .takes = PATH_TAKES,
     .example = "data/exclude.csv",
     .help = WORKER_CSV_HELP},
    WORKER_COLUMN,
    {.name = "hits",
     .type = FIELD_MET,
     .takes = "a list of HIT IDs (" ID_TAKES ")",
     .example = "[3PR3LXCWSF67WOX6Y5S8EXAMPLE1]",
     .help = "Everyone who handed in work on one of these HITs."},
    {.name = "qualification",
     .type = FIELD_ID,
     IN_PEOPLE(qualification),
     .takes = QUALIFICATION_TAKES,
     .example = "3JNQJJEQXNSX7K3S6OQGEXAMPLE1",
     .help = "Everyone who holds this qualification. What this campaign itself gives or takes does "
             "not count."},
};
const struct group_row group_except = {.name = "except", FIELDS(except_fields)};

static const struct field where_fields[] = {
    {.name = "status",
     .type = FIELD_STATUSES,
     .offset = offsetof(struct filter, status),
     .choices = LIST(STATUS_CHOICES),
     .fallback = LIST("Submitted", "Approved"),
     .takes = "Submitted, Approved or Rejected, or a list of these",
     .example = "[Submitted, Approved]",
     .help = "What became of the work so far: handed in, approved or rejected, as it was before "
             "this campaign decided anything. A step can only narrow what the campaign's own where "
             "lets in."},
    {.name = "submitted_after",
     .type = FIELD_MOMENT,
     .condition = CONDITION_AFTER,
     .takes = MOMENT_TAKES,
     .example = "2026-11-21",
     .help = "Only work handed in at this moment or later. A date alone is its midnight in UTC; a "
             "time takes its zone, such as 2026-11-21T10:00:00Z or 2026-11-21T10:00:00+02:00."},
    {.name = "submitted_before",
     .type = FIELD_MOMENT,
     .condition = CONDITION_BEFORE,
     .takes = MOMENT_TAKES,
     .example = "2026-11-28",
     .help = "Only work handed in before this moment, which itself no longer counts. A date alone "
             "is its midnight in UTC, so that day is not in it; a time takes its zone, such as "
             "2026-11-28T18:00:00Z."},
    {.name = "answer.FIELD",
     .type = FIELD_VALUES,
     .pattern = true,
     .group = GROUP_BOUNDS,
     .condition = CONDITION_ANSWER,
     .takes = VALUES_TAKES,
     .example = "blue",
     .help =
         "Only work in which this field was answered with the value, with one of the values, or "
         "with a number within the bounds, such as answer.age: { min: 18 }. Values are compared "
         "as text, letter by letter; of several boxes that were ticked the values stand in one "
         "text, with | between. A field of a crowd form is named by its path, such as "
         "answer.taskAnswers.colour."},
    {.name = "TABLE.COLUMN",
     .type = FIELD_VALUES,
     .pattern = true,
     .group = GROUP_BOUNDS,
     .condition = CONDITION_CELL,
     .takes = VALUES_TAKES,
     .example = "{ min: 8 }",
     .help =
         "Only those in whose row of a table under data this column holds the value, one of the "
         "values, or a number within the bounds, such as scores.score: { min: 8, max: 20 }."},
    {.name = "in",
     .type = FIELD_TABLES,
     .condition = CONDITION_IN,
     .takes = TABLES_TAKES,
     .example = "scores",
     .help = "Only those who have a row in this table; of a list, in each of its tables."},
    {.name = "not_in",
     .type = FIELD_TABLES,
     .condition = CONDITION_NOT_IN,
     .takes = TABLES_TAKES,
     .example = "paid_by_hand",
     .help = "Only those who have no row in this table; of a list, in none of its tables."},
    {.name = "workers",
     .type = FIELD_PEOPLE,
     .group = GROUP_WORKERS,
     .condition = CONDITION_WORKERS,
     .takes = WORKERS_TAKES,
     .example = "[A1EXAMPLEWORKER] or { file: workers.txt }",
     .help = "Only these workers."},
    {.name = "except",
     .type = FIELD_PEOPLE,
     .group = GROUP_EXCEPT,
     .condition = CONDITION_EXCEPT,
     .takes = "a list of worker IDs, or a map of file, csv, hits and qualification",
     .example = "[A1EXAMPLEWORKER] or { file: exclude.txt }",
     .help = "Everyone but these workers. Several ways to name them add up."},
};
const struct group_row group_where = {.name = "where", FIELDS(where_fields)};

static const struct field bounds_fields[] = {
    {.name = "min",
     .type = FIELD_DECIMAL,
     .offset = offsetof(struct condition, min),
     .has_offset = offsetof(struct condition, has_min),
     .takes = DECIMAL_TAKES,
     .example = "8",
     .help = "The least that counts. A value that is no number is never within bounds."},
    {.name = "max",
     .type = FIELD_DECIMAL,
     .offset = offsetof(struct condition, max),
     .has_offset = offsetof(struct condition, has_max),
     .takes = DECIMAL_TAKES,
     .example = "19.5",
     .help = "The most that counts."},
};
const struct group_row group_bounds = {FIELDS(bounds_fields)};

static const struct field table_fields[] = {
    {.name = "csv",
     .type = FIELD_PATH,
     .required = true,
     .input = INPUT_DATASET,
     .takes = PATH_TAKES,
     .example = "data/scores.csv",
     .help = "A CSV file whose first line names its columns."},
    {.name = "match",
     .type = FIELD_MAP,
     .required = true,
     .group = GROUP_MATCH,
     .takes = "one of worker, assignment and answer.FIELD with the column that holds it",
     .example = "{ worker: worker_id }",
     .help = "How a row finds whom it is about."},
    {.name = "missing",
     .type = FIELD_SWITCH,
     IN_DATASET(skips),
     .choices = LIST("error", "skip"),
     .fallback = LIST("error"),
     .takes = "error or skip",
     .example = "skip",
     .help =
         "What becomes of someone who is selected and has no row: error stops everything before "
         "anything is sent; skip leaves them out of the steps that read the table, and the "
         "plan counts them."},
    {.name = "case",
     .type = FIELD_SWITCH,
     IN_DATASET(folds),
     .choices = LIST("exact", "fold"),
     .fallback = LIST("exact"),
     .takes = "exact or fold",
     .example = "fold",
     .help = "Whether upper and lower case must agree between key and row; with fold, the code "
             "ab12 matches AB12 (letters A to Z)."},
};
const struct group_row group_table = {FIELDS(table_fields)};

static const struct field match_fields[] = {
    {.name = "worker",
     .type = FIELD_KEY,
     .one_of = true,
     .most = COLUMN_MOST,
     .takes = COLUMN_TAKES,
     .example = "worker_id",
     .help = "A row is about the worker whose ID stands in this column."},
    {.name = "assignment",
     .type = FIELD_KEY,
     .one_of = true,
     .most = COLUMN_MOST,
     .takes = COLUMN_TAKES,
     .example = "AssignmentId",
     .help = "A row is about the assignment whose ID stands in this column."},
    {.name = "answer.FIELD",
     .type = FIELD_KEY,
     .one_of = true,
     .pattern = true,
     .most = COLUMN_MOST,
     .takes = COLUMN_TAKES,
     .example = "code",
     .help = "A row is about the work in which this field was answered with what stands in this "
             "column, such as a completion code."},
};
const struct group_row group_match = {.name = "match", FIELDS(match_fields)};
