/* What is not done. What is unknown stands first, and each thing that a person can do about it with
 * the command that does it. */
#include "codec/html.h"
#include "codec/report_parts.h"

/* A few of them, no name broken between two lines. */
static void
people_cell(const struct report *report, const struct report_chapter *chapter,
            const struct statement_group *group, struct buffer *out)
{
    struct arena arena = {0};
    const char *marketplace = chapter->ledger->genesis.marketplace;
    buffer_text(out, "<td>");
    for (size_t i = 0; i < group->some_count; i++) {
        buffer_text(out, i ? ", <span class=w>" : "<span class=w>");
        html_text(out, report_person(report, marketplace, group->some[i], &arena));
        buffer_text(out, "</span>");
    }
    if (group->count > group->some_count)
        buffer_print(out, " and %zu more", group->count - group->some_count);
    buffer_text(out, "</td>");
    arena_close(&arena);
}

static void
group_row(const struct report *report, const struct report_chapter *chapter,
          const struct statement_group *group, struct buffer *out)
{
    struct arena arena = {0};
    html_row(out);
    html_row_name(out, group->step);
    html_cell(out, verb_row(group->verb)->name);
    html_cell_number(out, group->count);
    html_cell_money(out, group->cents);
    html_cell_moment(out, report->moment(group->first_ms, &arena));
    const char *reason = *group->reason ? group->reason : "none was given";
    html_cell_any(out, group->waived ? arena_print(&arena, "%s (accepted)", reason) : reason);
    people_cell(report, chapter, group, out);
    html_row_end(out);
    arena_close(&arena);
}

static size_t
groups_count(const struct statement *statement, enum standing standing)
{
    size_t count = 0;
    for (size_t i = 0; i < statement->group_count; i++)
        count += statement->groups[i].standing == standing ? statement->groups[i].count : 0;
    return count;
}

static void
groups_add(const struct report *report, const struct report_chapter *chapter,
           enum standing standing, const char *caption, struct buffer *out)
{
    static const struct html_head heads[] = {
        {"Step", false}, {"Action", false}, {"Number", true}, {"With fees", true},
        {"From", false}, {"Reason", false}, {"Whom", false},  {NULL, false}};
    const struct statement *statement = chapter->statement;
    if (!groups_count(statement, standing))
        return;
    html_table(out, caption, heads);
    for (size_t i = 0; i < statement->group_count; i++)
        if (statement->groups[i].standing == standing)
            group_row(report, chapter, &statement->groups[i], out);
    html_table_end(out);
}

static void
advice_add(const struct report_chapter *chapter, struct buffer *out)
{
    if (!chapter->advice_count)
        return;
    buffer_text(out, "<h3>What comes next</h3>\n<div class=next>\n");
    for (size_t i = 0; i < chapter->advice_count; i++) {
        html_element(out, "p", "%s", chapter->advice[i].words);
        if (chapter->advice[i].command)
            html_element(out, "pre", "%s", chapter->advice[i].command);
    }
    buffer_text(out, "</div>\n");
}

/* Of what an earlier step holds back there is no record but the run's own count. */
static const struct run_note *
last_waiting(const struct report_chapter *chapter)
{
    const struct ledger *ledger = chapter->ledger;
    const struct run_note *last = ledger_last_end(ledger);
    return last && last->waiting ? last : NULL;
}

static void
waiting_add(const struct report_chapter *chapter, struct buffer *out)
{
    char money[MONEY_TEXT_SIZE];
    const struct run_note *run = last_waiting(chapter);
    if (run)
        html_element(
            out, "p",
            "Held by the last run: %zu action%s (%s %s with fees), because an earlier step "
            "of theirs was refused, is unknown, or was not done.",
            run->waiting, run->waiting == 1 ? "" : "s", money_print(money, run->waiting_cents),
            chapter->currency);
}

bool
report_is_open(const struct report_chapter *chapter)
{
    const struct statement *statement = chapter->statement;
    return statement->group_count || statement->ungrouped || chapter->advice_count ||
           last_waiting(chapter);
}

void
report_open(const struct report *report, const struct report_chapter *chapter, struct buffer *out)
{
    const struct statement *statement = chapter->statement;
    buffer_print(out, "<h3 id=open%zu>What is not done</h3>\n", chapter->number);
    if (report_is_open(chapter)) {
        groups_add(report, chapter, STANDING_UNKNOWN, "Unknown: sent, and no telling", out);
        groups_add(report, chapter, STANDING_REFUSED, "Refused by the marketplace", out);
        groups_add(report, chapter, STANDING_RELEASED, "Pending: tried, and nothing happened", out);
        html_more(out, 0, statement->ungrouped, "actions with other reasons");
        waiting_add(chapter, out);
        advice_add(chapter, out);
    } else {
        html_element(out, "p", "Nothing is unknown, refused or pending.");
    }
}
