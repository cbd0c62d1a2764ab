/* bursar journal redact: a copy of the journal for everybody. */
#include "base/text.h"
#include "cmd/say.h"
#include "cmd/upkeep.h"
#include "engine/publish.h"

/* What a reader of the copy can still see, so that nobody publishes it unawares. */
static void
remains_say(struct buffer *out)
{
    say_paragraph(
        out, "    ",
        "It names no worker, assignment, task or researcher, and nobody who has a list of "
        "workers can find them in it.");
    say_paragraph(out, "    ",
                  "It still tells: the campaign's name, labels and steps, words that a whole batch "
                  "was told, names and digests of the files that went in, the git commit, the "
                  "account's balance, and of "
                  "every action its time, amount and score. Read it before you publish it.");
}

bool
upkeep_redact(struct session *session, const char **words, struct buffer *out, enum status *status,
              struct error *err)
{
    (void)status;
    const char *copy = session->arguments->values[OPTION_OUTPUT_COPY];
    struct journal *journal = &session->journal;
    if (!copy || !text_ends(copy, ".jsonl"))
        return error_end(err, STATUS_USAGE,
                         "'journal redact' takes -o COPY, a file to write whose name ends in "
                         ".jsonl");
    journal->keeps_records = true;
    if (!upkeep_place(session, words[0], false, err) || !session_journal(session, false, err))
        return false;
    if (!journal->exists || !journal->ledger.has_genesis)
        return error_end(err, STATUS_USAGE, "there is no journal %s", session->journal_path);
    if (!journal_publish(journal, copy, err))
        return false;
    say_line(out, "%s: %llu records of %s, whose head is %s", copy,
             (unsigned long long)journal->next_seq, session->journal_path, journal->sum);
    remains_say(out);
    return true;
}
