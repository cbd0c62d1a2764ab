/* What the files share that hold the rows of the field table: one row of a group, shortly. */
#ifndef CODEC_FIELDS_ROWS_H
#define CODEC_FIELDS_ROWS_H

#include "codec/fields.h"

#define IN_CAMPAIGN(member) .offset = offsetof(struct campaign, member)
#define IN_LIMITS(member) .offset = offsetof(struct limits, member)
#define IN_EXPECT(member) .offset = offsetof(struct expectation, member)
#define IN_PEOPLE(member) .offset = offsetof(struct people, member)
#define IN_DATASET(member) .offset = offsetof(struct dataset, member)
#define IN_STEP(member) .offset = offsetof(struct step, member)
#define FROM_STEP(member) .looks_up = true, .from_offset = offsetof(struct step, member)
#define LIST(...) \
    (const char *const[]) \
    { \
        __VA_ARGS__, NULL \
    }
#define FIELDS(array) .fields = array, .count = sizeof array / sizeof *array

#define MONEY_TAKES "dollars with at most two decimals"
#define NAME_TAKES "a name of at most 64 letters, digits, '.', '_' and '-'"
#define ID_TAKES "capital letters and digits, at most 64"
#define QUALIFICATION_TAKES "the ID of a qualification type (" ID_TAKES ")"
#define WORKERS_TAKES "a list of worker IDs, or a file with them"
#define WHERE_TAKES "conditions on status, answers, tables and people"
#define EXPECT_TAKES "the keys workers and assignments"
#define PATH_TAKES "a path relative to the campaign file, with '/' between folders"
#define COLUMN_TAKES "the name of a column, as it stands in the first line of the file"

enum { MONEY_MOST = 99999999, COUNT_MOST = 9999999, COLUMN_MOST = 200 };

extern const struct group_row group_assignments, group_workers, group_except;
extern const struct group_row group_where, group_bounds, group_table, group_match;
extern const struct group_row group_step, group_approve, group_reject, group_qualify, group_create,
    group_unqualify, group_bonus, group_notify, group_block, group_unblock;

#endif
