/* bursar rehearse: the whole run with play money, in this process, nothing leaves the machine. */
#include <string.h>

#include "cmd/carry.h"
#include "cmd/commands.h"
#include "cmd/make_up.h"
#include "cmd/say.h"
#include "cmd/pretend.h"
#include "io/file.h"

struct stage {
    const char *folder;
    bool temporary;
    struct pretend_files files;
};

/* Where journal, world and book lie: in --keep FOLDER, or in a folder that goes away. */
static bool
stage_set(struct session *session, struct stage *stage, struct error *err)
{
    const char *keep = session->arguments->values[OPTION_KEEP_FOLDER];
    const struct campaign *campaign = session->load.campaign;
    struct arena *arena = &session->arena;
    stage->temporary = !keep;
    if (keep && !file_folder_make(keep, err))
        return false;
    stage->folder = keep ? keep : file_temporary_folder(arena, err);
    if (!stage->folder)
        return false;
    unsigned long seed;
    if (!option_number(session->arguments, OPTION_SEED, 0, 4294967295ul, 1, &seed, err))
        return false;
    stage->files.seed = seed;
    stage->files.faults_file = session->arguments->values[OPTION_FAULTS];
    stage->files.book_file = arena_print(arena, "%s/book.jsonl", stage->folder);
    stage->files.world_file = session->arguments->values[OPTION_WORLD];
    if (!stage->files.world_file) {
        stage->files.text = make_up_world(campaign, arena);
        const char *path = arena_print(arena, "%s/world.yaml", stage->folder);
        if (keep && !file_write(path, stage->files.text, strlen(stage->files.text), 0600, err))
            return false;
    }
    session->journal_path =
        arena_print(arena, "%s/%s.simulator.journal.jsonl", stage->folder, campaign->name);
    session->passing = stage->temporary;
    if (file_exists(session->journal_path))
        return error_end(err, STATUS_USAGE, "%s holds a rehearsal already: choose an empty folder",
                         stage->folder);
    session->sim = pretend_open(&stage->files, arena, err);
    return session->sim != NULL;
}

static cents_t
journal_sum(const struct ledger *ledger)
{
    cents_t sum = 0;
    for (size_t i = 0; i < ledger->deed_count; i++)
        if (ledger->deeds[i]->standing == STANDING_DONE && ledger->deeds[i]->intended)
            sum += ledger->deeds[i]->amount + ledger->deeds[i]->fee;
    return sum;
}

/* The three figures that must agree: what was planned, what the journal says, and what the
 * marketplace's own book says. */
static enum status
figures_say(const struct session *session, enum status status)
{
    const struct totals *plan = &session->plan->totals;
    struct sim_totals book = sim_totals(session->sim);
    cents_t planned = plan->amount + plan->fee + plan->reward + plan->reward_fee;
    cents_t journal = journal_sum(&session->journal.ledger);
    cents_t booked = book.bonuses + book.bonus_fees + book.rewards + book.reward_fees;
    char one[MONEY_TEXT_SIZE], two[MONEY_TEXT_SIZE], three[MONEY_TEXT_SIZE];
    say_note("rehearsed: planned %s, journal %s, the marketplace's own book %s",
             money_print(one, planned), money_print(two, journal), money_print(three, booked));
    if (status != STATUS_DONE || (planned == journal && journal == booked))
        return status;
    say_note("error: these differ; this is a mistake in bursar, please report it with --keep");
    return STATUS_STOPPED;
}

enum status
cmd_rehearse(const struct arguments *arguments)
{
    struct session session;
    struct stage stage = {0};
    struct error err = {0};
    struct run_counts counts;
    enum status status = STATUS_INVALID;
    session_init(&session, arguments);
    if (session_load(&session, arguments->words[0])) {
        bool ready = stage_set(&session, &stage, &err) && session_place(&session, &err) &&
                     session_journal(&session, true, &err) && session_connect(&session, &err) &&
                     session_plan(&session, &err);
        status = ready ? carry_out(&session, CONSENT_WHOLE, &counts) : say_error(&err);
        if (ready)
            status = figures_say(&session, status);
    }
    if (stage.folder && !stage.temporary)
        say_note("journal and book are kept in %s", stage.folder);
    const char *folder = stage.temporary ? stage.folder : NULL;
    struct arena arena = {0};
    folder = arena_copy(&arena, folder);
    session_close(&session);
    if (folder)
        file_folder_remove(folder);
    arena_close(&arena);
    return status;
}
