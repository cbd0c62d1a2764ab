/* The table of commands: what the front door finds, and what help prints. */
#include "cmd/commands.h"

#include <stddef.h>

#define OPTIONS(...) \
    (const enum option[]) \
    { \
        __VA_ARGS__, OPTION_COUNT \
    }
#define TO_REACH \
    OPTION_ENDPOINT, OPTION_ENVIRONMENT, OPTION_PROFILE, OPTION_CONCURRENCY, OPTION_RATE

enum { MANY = 100000, REPORTED_MOST = 1000 };

const struct command commands[] = {
    {"check", "FILE…", 1, MANY, "finds every problem in campaign files, offline",
     "Reads the files and all they name, and says every problem with its place. Nothing is asked "
     "of any marketplace, and no credentials are needed. Exit 65 when there are problems.",
     OPTIONS(OPTION_JSON, OPTION_QUIET), cmd_check, "bursar check campaigns/best-joke.yaml"},
    {"workers", "FILE | HIT…", 1, MANY, "lists who handed in work, all pages",
     "One row an assignment: those whom the campaign's 'where' selects (--all: everyone), or all "
     "of the HITs named. With --ids each worker once. --answers adds what they filled in: with "
     "--csv a column Answer.FIELD for each field, where an apostrophe stands before what a "
     "spreadsheet would take for a formula; with --json an object, null if it cannot be read.",
     OPTIONS(OPTION_ALL, OPTION_ANSWERS, OPTION_CSV, OPTION_IDS, OPTION_JSON, OPTION_JOURNAL,
             TO_REACH),
     cmd_workers, "bursar workers --csv --answers campaigns/best-joke.yaml"},
    {"plan", "FILE", 1, 1, "the dry run: what would be done, to whom, at what cost",
     "Reads the marketplace and the journal and sends nothing. -o saves the plan as JSON, for 'run "
     "PLAN.json' to carry out; --markdown writes it for a pull request: counts, amounts and words "
     "as they are written, and nobody's ID unless --show-ids is given; "
     "--worker ID says why one person is or is not selected, with the words they would read; "
     "--step and --first plan a part. "
     "Exits as 'run' would refuse: 5 or 65.",
     OPTIONS(OPTION_OUTPUT, OPTION_JSON, OPTION_MARKDOWN, OPTION_WORKER, OPTION_STEP, OPTION_FIRST,
             OPTION_DETAILED_EXITCODE, OPTION_RETRY_REFUSED, OPTION_SHOW_IDS, OPTION_JOURNAL,
             TO_REACH),
     cmd_plan, "bursar plan campaigns/best-joke.yaml"},
    {"run", "FILE | PLAN.json", 1, 1,
     "shows the plan, asks, does it; finishes what an earlier run left",
     "Every action is written to the journal before it is sent and carried out once, however "
     "often this is run. In production the question is to type the total; --yes answers it and "
     "needs 'limits.total' in the file. Rejecting and blocking harm people: their number is typed, "
     "or given by --reject-and-block, those before included. --step, --worker and --first do a "
     "part, and what is left out stays pending. A saved plan is done as it stands: nobody is "
     "asked, and it is refused (5) "
     "when the campaign, its files or its journal changed since; one that was interrupted is run "
     "again. Ctrl-C once finishes what is in flight, twice leaves at once; both are safe.",
     OPTIONS(OPTION_YES, OPTION_REJECT_AND_BLOCK, OPTION_STEP, OPTION_WORKER, OPTION_FIRST,
             OPTION_RETRY_REFUSED, OPTION_JSON, OPTION_QUIET, OPTION_SHOW_IDS, OPTION_JOURNAL,
             TO_REACH),
     cmd_run, "bursar run --yes --first 2 campaigns/best-joke.yaml"},
    {"status", "FILE | FOLDER", 1, 1, "what was done, refused, is unknown or pending",
     "From journals alone, offline. --worker ID answers for one person: paid, when, by whom, for "
     "what, and the sum; the exit code then is about this person: 4 with something unknown, 3 with "
     "something refused, else 0. A folder means every journal in it.",
     OPTIONS(OPTION_WORKER, OPTION_JSON, OPTION_SHOW_IDS, OPTION_JOURNAL, OPTION_ENVIRONMENT),
     cmd_status, "bursar status --worker A1JOKER00001 campaigns/best-joke.yaml"},
    {"resolve", "FILE", 1, 1, "decides what is open: asks the marketplace, or takes your word",
     "Without an option the marketplace is asked about every outcome that is not known, and what "
     "it shows is written down; nothing is sent. With an option your word decides, and the journal "
     "notes who gave it: --done (it happened), --not-done (it did not; the next run may send it), "
     "--keep (a conflict: what was done stands), --waive (a refusal is accepted). T is STEP, "
     "STEP:WORKER, STEP:ASSIGNMENT, STEP:@FILE with one of either a line, or STEP:WORKER+ for "
     "everyone whose message went out in one call with that worker's. The number concerned is "
     "printed first.",
     OPTIONS(OPTION_DONE, OPTION_NOT_DONE, OPTION_KEEP, OPTION_WAIVE, OPTION_SHOW_IDS,
             OPTION_JOURNAL, TO_REACH),
     cmd_resolve, "bursar resolve campaigns/best-joke.yaml"},
    {"balance", "[FILE]", 0, 1, "the account's balance",
     "Of the environment that the file, --environment or --endpoint names.",
     OPTIONS(OPTION_JSON, TO_REACH), cmd_balance, "bursar balance"},
    {"rehearse", "FILE", 1, 1, "the whole run with play money, in this process",
     "Runs the campaign against the embedded simulator: no network, no keys. Its world comes from "
     "--world, or is made up from the campaign; journal and book lie in a temporary folder "
     "(--keep FOLDER). At the end the plan, the journal and the marketplace's own book must name "
     "one figure.",
     OPTIONS(OPTION_WORLD, OPTION_FAULTS, OPTION_SEED, OPTION_KEEP_FOLDER, OPTION_CONCURRENCY,
             OPTION_RATE, OPTION_QUIET, OPTION_SHOW_IDS),
     cmd_rehearse, "bursar rehearse campaigns/best-joke.yaml"},
    {"simulate", "", 0, 0, "the simulator on a port of this machine, for any client",
     "Prints its endpoint and keys as variables, and serves until it is interrupted. bursar reads "
     "them all; aws and boto3 of 2023 and before also need --endpoint-url (endpoint_url). World, "
     "faults and book are described in bursar-world(5), which is schema/world.md.",
     OPTIONS(OPTION_WORLD, OPTION_FAULTS, OPTION_BOOK, OPTION_PORT, OPTION_PORT_FILE, OPTION_SEED),
     cmd_simulate, "bursar simulate --world campaigns/best-joke.world.yaml"},
    {"journal", "VERB FILE [OTHER]", 2, 3, "verify, restore, rebuild, merge, redact or erase it",
     "VERB is one of six; FILE is a campaign or its journal. verify: reads every record and "
     "checks the chain of sums; "
     "exit 74 when it is damaged. restore: brings a journal that was deleted or cut back from the "
     "second copy that this machine keeps. rebuild: writes a journal that is lost or damaged anew "
     "from what the marketplace shows of the campaign; messages, which it cannot show, become "
     "unknown. merge: adds to FILE's journal what OTHER, another journal of the same campaign, "
     "knows beyond it, when two people ran it or one on two machines; exit 4 when something was "
     "confirmed on both sides. redact: writes a copy for everybody (-o), in which nobody can be "
     "found. erase: takes people out of the journal, of this machine's second copy and of what "
     "lies beside: one (--worker ID), or all in what was settled before a day (--before DATE); "
     "what was done for them stays done. See DATA-PROTECTION.md.",
     OPTIONS(OPTION_WORKER, OPTION_BEFORE, OPTION_YES_ERASE, OPTION_OUTPUT_COPY, OPTION_SHOW_IDS,
             OPTION_JOURNAL, TO_REACH),
     cmd_journal, "bursar journal verify campaigns/best-joke.yaml"},
    {"report", "FILE… | FOLDER", 1, REPORTED_MOST,
     "a page with pictures: what was paid, when, by whom",
     "From journals alone, offline. -o writes one self-contained page, for archives, co-authors "
     "and "
     "auditors: spending by step and day, bonuses by amount, the runs over time, what was refused "
     "or is unknown and the command that decides it, balances, and what each person got in each "
     "calendar year (UTC). --csv prints one row an action, for a spreadsheet, where an apostrophe "
     "stands before what that would take for a formula; -o with a name that ends in .csv writes "
     "that table there. People have other names in both, the same in each report made on this "
     "machine; --show-ids shows their IDs, in the table beside those "
     "names. --from and --to take days, in UTC, both included. FILE is a campaign or a journal; a "
     "folder means every journal in it. A file that is there is replaced only when "
     "it is a report.",
     OPTIONS(OPTION_OUTPUT_REPORT, OPTION_CSV, OPTION_FROM, OPTION_TO, OPTION_SHOW_IDS,
             OPTION_JOURNAL, OPTION_ENVIRONMENT),
     cmd_report, "bursar report -o report.html campaigns/best-joke.yaml"},
    {"init", "HIT… | RESULTS.csv", 1, MANY, "writes a campaign file to start from",
     "From HIT IDs, or from one file of results as Amazon gives it out (columns HITId, "
     "AssignmentId, WorkerId). Beside the campaign it puts the schema, by which editors complete "
     "it, and the lines that keep journals, plans and data out of version control into "
     ".gitignore; with --track-journal the journal is left out of those, and .gitattributes keeps "
     "git from converting and merging it. No file that is there is replaced.",
     OPTIONS(OPTION_OUTPUT_CAMPAIGN, OPTION_TRACK_JOURNAL), cmd_init,
     "bursar init 3PR3LXCWSF67WOX6Y5S8EXAMPLE1"},
    {"schema", "", 0, 0, "prints the JSON Schema of campaign files, or their reference",
     "For editors: they complete, explain and check campaign files with it. With --markdown the "
     "reference for people: every key with what it takes and an example.",
     OPTIONS(OPTION_MARKDOWN_PAGE), cmd_schema, "bursar schema"},
    {"completion", "SHELL", 1, MANY, "prints what makes a shell complete commands and options",
     "SHELL is bash, zsh or fish. Where bursar was installed by a package or by 'cmake --install', "
     "its shells know already. Otherwise, in ~/.bashrc: source <(bursar completion bash). In "
     "~/.zshrc, behind compinit: source <(bursar completion zsh). For fish: bursar completion fish "
     ">~/.config/fish/completions/bursar.fish. The script asks 'bursar completion at' what may "
     "stand at the cursor; that reads no more than the campaign file on the line.",
     (const enum option[]){OPTION_COUNT}, cmd_completion, "bursar completion bash"},
    {"help", "[WORD…]", 0, 2, "this, or more about a command, a key or a subject",
     "Try 'bursar help run', 'bursar help amount' and 'bursar help exit-codes'. With --markdown "
     "everything about commands, options, exit codes, environment and files, as one page; the "
     "manual page is made from it.",
     OPTIONS(OPTION_MARKDOWN_PAGE), cmd_help, "bursar help amount"},
    {NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL},
};
