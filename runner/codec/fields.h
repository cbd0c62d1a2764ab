/* The field table: every key that a campaign file may hold, one row each.
 *
 * The rows drive the decoder, the JSON Schema, `help KEY` and the field reference, so that these
 * four can never say different things. A new key is a new row (and a member of the struct it is
 * stored in); a new verb is a new group and one row among the step's. */
#ifndef CODEC_FIELDS_H
#define CODEC_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/campaign.h"

/* What a value looks like in the file and what it becomes in the struct. */
enum field_type {
    FIELD_NAME,     /* text_is_name → const char * */
    FIELD_WORD,     /* one of `choices` → const char * */
    FIELD_CHOICE,   /* one of `choices` → its number, an enum */
    FIELD_SWITCH,   /* one of two `choices` → bool, true for the second */
    FIELD_MONEY,    /* least … most cents → cents_t */
    FIELD_COUNT,    /* least … most → size_t */
    FIELD_SCORE,    /* least … most → int */
    FIELD_DECIMAL,  /* decimal_read → decimal_t */
    FIELD_ID,       /* text_is_id → const char * */
    FIELD_ACCOUNT,  /* twelve digits → const char * */
    FIELD_COLUMN,   /* the name of a CSV's column → const char * */
    FIELD_KEY,      /* the column that holds a table's keys → the dataset */
    FIELD_MOMENT,   /* a date, or a date and a time → a condition of the filter */
    FIELD_PROSE,    /* least … most characters, trimmed → const char * */
    FIELD_PATH,     /* → an input of the campaign, of kind `input` */
    FIELD_STATUSES, /* one of `choices` or a list of them → bool for each */
    FIELD_NEEDS,    /* a step's id or a list of them; looked up when all steps are known */
    FIELD_LABELS,   /* a map of names to prose → labels */
    FIELD_TASKS,    /* a list of ids, or a map of `group` → tasks or an input */
    FIELD_MET,      /* a list of ids → tasks of the people */
    FIELD_ROSTER,   /* a list of workers, or a map of `group` → the roster or an input */
    FIELD_PEOPLE,   /* the same → people, and a condition of the filter */
    FIELD_TABLES,   /* a table's name or a list of them → a condition for each */
    FIELD_VALUES,   /* a value, a list of values, or a map of `group` → a condition */
    FIELD_DATA,     /* a map of names to maps of `group` → datasets */
    FIELD_STEPS,    /* a list of at most `most` maps of `group` → steps */
    FIELD_MAP,      /* a map of `group` → the struct at `offset` */
    FIELD_VERB,     /* a map of `group`, or nothing → the step itself */
};
enum { FIELD_TYPE_COUNT = FIELD_VERB + 1 };

/* The maps of the file. */
enum group {
    GROUP_CAMPAIGN,
    GROUP_HITS,
    GROUP_ASSIGNMENTS,
    GROUP_WORKERS,
    GROUP_EXCEPT,
    GROUP_WHERE,
    GROUP_BOUNDS,
    GROUP_TABLE,
    GROUP_MATCH,
    GROUP_LIMITS,
    GROUP_EXPECT,
    GROUP_STEP,
    GROUP_APPROVE,
    GROUP_REJECT,
    GROUP_QUALIFY,
    GROUP_CREATE,
    GROUP_UNQUALIFY,
    GROUP_BONUS,
    GROUP_NOTIFY,
    GROUP_BLOCK,
    GROUP_UNBLOCK,
};
enum { GROUP_COUNT = GROUP_UNBLOCK + 1, FIELDS_MAX = 32 /* rows of one group */ };

struct field {
    const char *name;
    enum field_type type;
    bool required;
    bool one_of;        /* of such rows of a group exactly one must stand */
    bool first;         /* read before its neighbours, which refer to it */
    bool pattern;       /* the name stands for many: "answer.FIELD", "TABLE.COLUMN" */
    bool lines;         /* FIELD_PROSE: may run over several lines */
    bool looks_up;      /* may hold lookups, ${{ … }} */
    const char *beside; /* means something only where this key stands too */
    int64_t least, most;
    const char *const *choices;  /* ends with NULL */
    const char *const *fallback; /* what holds when the key is absent; a list ends with NULL */
    enum group group;
    enum verb verb;
    enum input_kind input;
    enum condition_kind condition;
    size_t offset;       /* into the struct of the row's group */
    size_t has_offset;   /* a bool that becomes true when the key stands in the file; 0: none */
    size_t where_offset; /* a struct where; 0: none */
    size_t from_offset;  /* looks_up: a struct template * */
    const char *takes;   /* "dollars with at most two decimals": after "'amount' takes …" */
    const char *example; /* as it would stand behind the key */
    const char *help;    /* what it is for: whole sentences */
};

struct group_row {
    const char *name; /* the key whose map this is; NULL for the file itself, and where the key is
                         a name of the person's own */
    const char *title;
    const char *help;
    const struct field *fields;
    size_t count;
};

const struct group_row *group_row(enum group group);

/* The row of that name, or NULL. A name that stands for many is found by each of them. */
const struct field *field_find(enum group group, const char *name);

/* What a person who wrote `name` in this group probably meant: another spelling, another tool's
 * word, a misprint. NULL when nothing is near. */
const struct field *field_meant(enum group group, const char *name);

/* The same among a row's choices. */
const char *choice_meant(const struct field *field, const char *word);

/* True when every field of the group may be left out. */
bool group_is_optional(enum group group);

#endif
