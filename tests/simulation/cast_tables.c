/* The tables and lists that the campaign names. Each has a row that matches nobody, as tables of
 * people have. */
#include "cast.h"
#include "volume.h"

static void
file_put(const char *path, struct buffer *text)
{
    volume_put(path, text->bytes, text->size);
    buffer_close(text);
}

/* What the amounts of the steps that read a table are changed by, for a while. */
static cents_t
amount_edit(enum table table)
{
    for (size_t i = 0; i < cast.step_count; i++)
        if (cast.steps[i].verb == VERB_BONUS && cast.steps[i].table == table &&
            cast.edit.amounts[i])
            return 25;
    return 0;
}

static void
dollars_print(struct buffer *out, cents_t cents)
{
    buffer_print(out, "%lld.%02lld", (long long)cents / 100, (long long)cents % 100);
}

static void
cell_print(struct buffer *out, const char *text)
{
    buffer_text(out, "\"");
    for (; *text; text++)
        buffer_print(out, "%s%c", *text == '"' ? "\"" : "", *text);
    buffer_text(out, "\"");
}

static void
scores_write(void)
{
    struct buffer out = {0};
    buffer_text(&out, "\xef\xbb\xbfwho,usd,score,saying\r\n");
    for (size_t i = 0; i < cast.person_count; i++) {
        const struct cast_person *person = &cast.people[i];
        if (!person->has_row)
            continue;
        buffer_print(&out, "AWORKER%zu, ", i);
        dollars_print(&out, person->usd + amount_edit(TABLE_SCORES));
        buffer_print(&out, " ,%d,", person->score);
        cell_print(&out, person->saying);
        buffer_text(&out, "\r\n");
    }
    buffer_text(&out, "ANOBODY,1.00,1,nothing\r\n");
    file_put(VOLUME_ROOT "/lab/scores.csv", &out);
}

static void
marks_write(void)
{
    struct buffer out = {0};
    buffer_text(&out, "usd,work,token\n");
    for (size_t i = 0; i < cast.work_count; i++) {
        const struct cast_work *work = &cast.works[i];
        if (!work->has_row)
            continue;
        dollars_print(&out, work->mark + amount_edit(TABLE_MARKS));
        buffer_print(&out, ",%s,tOK%zu\n", work->id, i);
    }
    buffer_text(&out, "0.01,3NOWORK,none\n");
    file_put(VOLUME_ROOT "/lab/marks.csv", &out);
}

static void
people_write(void)
{
    struct buffer back = {0}, stay = {0};
    buffer_text(&back, "# who may come back\nANOBODY\n");
    buffer_text(&stay, "Nr,Who\n0,ANOBODY\n");
    for (size_t i = 0; i < cast.person_count; i++) {
        if (cast.people[i].forgiven)
            buffer_print(&back, "AWORKER%zu\n", i);
        if (!cast.people[i].leaves)
            buffer_print(&stay, "%zu,AWORKER%zu\n", i, i);
    }
    file_put(VOLUME_ROOT "/lab/back.txt", &back);
    file_put(VOLUME_ROOT "/lab/stay.csv", &stay);
}

void
cast_write_tables(void)
{
    scores_write();
    marks_write();
    people_write();
}
