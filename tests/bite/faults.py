"""The faults of bite.py: what a tired programmer could do to the code that keeps the promise, in
journal, recovery, classification, identity and resolving, each with the tests that must notice."""

import collections

Fault = collections.namedtuple("Fault", "name file text instead tests")

FAULTS = [
    # Identity: one name for an action, for ever.
    Fault(
        "one more field in the identity",
        "runner/core/identity.c",
        "                            target,\n                            NULL};",
        "                            target,\n                            step,\n"
        "                            NULL};",
        ["core/identity"],
    ),
    Fault(
        "fields of an identity without their lengths",
        "runner/core/identity.c",
        "    buffer_add(out, length, sizeof length);\n",
        "    (void)length;\n",
        ["core/identity"],
    ),
    Fault(
        "no environment in the identity",
        "runner/core/identity.c",
        "                            identity->environment,\n",
        "",
        ["core/identity"],
    ),
    Fault(
        "a token that changes with each attempt",
        "runner/engine/parcel.c",
        ".token = action->key,",
        '.token = arena_print(run->arena, "%.60s%04llu", action->key, '
        "(unsigned long long)run->line->next_ticket),",
        ["engine/run", "engine/run_unknown", "story/crash"],
    ),
    Fault(
        "a resend of new words instead of the recorded ones",
        "runner/engine/parcel.c",
        "    if (single && parcel->intended && deed->body)\n        return deed->body;\n",
        "    (void)deed;\n    (void)single;\n",
        ["engine/run_doubt", "engine/run_unknown", "engine/run"],
    ),
    # Intent before send.
    Fault(
        "sent before its intent is written",
        "runner/engine/run.c",
        "        !journal_commit(run->journal, err))\n        return false;\n"
        "    if (run->watcher.progress)",
        "        false)\n        return false;\n    if (run->watcher.progress)",
        ["engine/run"],
    ),
    Fault(
        "no sync behind a write",
        "runner/io/disk.c",
        "        failed = fdatasync(descriptor);\n",
        "        failed = descriptor < 0;\n",
        ["simulation/seeds"],
    ),
    Fault(
        "a resend that is not written down",
        "runner/engine/parcel.c",
        "        if (!journal_add(run->journal, &entry, now_ms, err))\n            return false;\n"
        "    }\n    return true;\n}\n\nvoid\nparcel_later(",
        "        if (!again && !journal_add(run->journal, &entry, now_ms, err))\n"
        "            return false;\n    }\n    return true;\n}\n\nvoid\nparcel_later(",
        ["engine/run_unknown", "engine/run_doubt"],
    ),
    Fault(
        "a broken disk that is tried once more",
        "runner/io/store.c",
        "    store->broken = true;\n    return error_end(err, STATUS_JOURNAL,\n"
        "                     \"'%s': the disk did not confirm",
        "    return error_end(err, STATUS_JOURNAL,\n"
        "                     \"'%s': the disk did not confirm",
        ["io/store"],
    ),
    Fault(
        "no room kept for outcomes",
        "runner/engine/run.c",
        "(count && !journal_reserve(run->journal, records_to_come(run, chosen, count), err))",
        "(count && records_to_come(run, chosen, count) == 0)",
        ["story/injection"],
    ),
    Fault(
        "what a failed sync left in memory is believed",
        "runner/engine/journal.c",
        "        return store_confirm(&journal->store, journal->last_group, journal->last_group_size, err);",
        "        return true;",
        ["engine/journal_hold", "simulation/seeds"],
    ),
    # Classification of answers.
    Fault(
        "a lost answer read as failure",
        "runner/market/mturk/answer.c",
        "        settle(&answer, VERDICT_UNKNOWN, code_no_answer,",
        "        settle(&answer, VERDICT_REFUSED, code_no_answer,",
        ["market/answer", "story/crash"],
    ),
    Fault(
        "a lost answer read as nothing sent",
        "runner/market/mturk/answer.c",
        "        settle(&answer, VERDICT_UNKNOWN, code_no_answer,",
        "        settle(&answer, VERDICT_UNSENT, code_no_answer,",
        ["market/answer"],
    ),
    Fault(
        "a cut answer taken as whole",
        "runner/io/arrival.c",
        "           (arrival->ending == ENDING_LENGTH && arrival->length == arrival->body.size);",
        "           arrival->ending == ENDING_LENGTH;",
        ["io/arrival", "io/http_whole"],
    ),
    Fault(
        "a server error believed to have done nothing",
        "runner/market/mturk/complaint.c",
        "        if (complaint->status >= 500 && row->verdict != VERDICT_THROTTLED)",
        "        if (complaint->status >= 600)",
        ["market/complaint"],
    ),
    Fault(
        "an unknown complaint taken as a refusal",
        "runner/market/mturk/complaint.c",
        "        return row->verdict;\n    }\n    return VERDICT_UNKNOWN;",
        "        return row->verdict;\n    }\n    return VERDICT_REFUSED;",
        ["market/complaint"],
    ),
    Fault(
        "a used token taken as success",
        "runner/market/mturk/complaint.c",
        ".names_token = true, .verdict = VERDICT_DUPLICATE}",
        ".names_token = true, .verdict = VERDICT_DONE}",
        ["market/complaint"],
    ),
    Fault(
        "libcurl's silent second request let through",
        "runner/io/transfer.c",
        "    return transfer->sends++ == 0 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;",
        "    transfer->sends++;\n    return CURL_PREREQFUNC_OK;",
        ["io/http"],
    ),
    # Deciding unknown outcomes.
    Fault(
        "only the first page of the list",
        "runner/engine/look.c",
        "    bool more = answer->next_page != NULL;",
        "    bool more = false;",
        ["engine/run_look"],
    ),
    Fault(
        "only the first page when a plan is made",
        "runner/engine/gather.c",
        "    if (!answer->next_page)\n        return true;",
        "    if (true)\n        return true;",
        ["story/main_job"],
    ),
    Fault(
        "a resend without a look at the list",
        "runner/engine/answer.c",
        "    if (settle_by == SETTLE_BY_LOOKING)\n",
        "    if (false)\n",
        ["engine/run_unknown", "engine/run_look"],
    ),
    Fault(
        "20 hours measured from the last attempt",
        "runner/core/deed.c",
        "    if (now_ms - deed->first_intent_ms < token_guard_ms",
        "    if (now_ms - deed->last_attempt_ms < token_guard_ms",
        ["core/settle"],
    ),
    Fault(
        "one look is enough after the token is forgotten",
        "runner/core/deed.c",
        "    return deed_is_quiet(deed, now_ms) && deed->first_absent_ms &&",
        "    return deed_is_quiet(deed, now_ms) || deed->first_absent_ms &&",
        ["core/settle"],
    ),
    Fault(
        "no quiet time before the looks",
        "runner/core/deed.c",
        "    return now_ms - deed->last_attempt_ms >= quiet_ms;",
        "    return now_ms >= deed->last_attempt_ms;",
        ["core/settle"],
    ),
    Fault(
        "a refusal that forgets an earlier unknown attempt",
        "runner/engine/answer.c",
        "    if ((state || parcel->kind == TELL_BONUS) && parcel_is_doubtful(run, parcel)) {",
        "    if (false && state) {",
        ["engine/run_doubt", "story/faults"],
    ),
    Fault(
        "an old look that is still believed",
        "runner/engine/look.c",
        "    return line_now(run->line) - parcel->look_ms > look_lasts_ms;",
        "    return (void)run, (void)parcel, (void)look_lasts_ms, false;",
        ["engine/run_sleep"],
    ),
    Fault(
        "a refusal that decides while an earlier attempt may arrive",
        "runner/core/deed.c",
        "    return deed->doubtful && now_ms - deed->doubtful_ms < quiet_ms;",
        "    return (void)deed, (void)now_ms, false;",
        ["engine/run_doubt", "engine/run_sleep", "simulation/seeds"],
    ),
    Fault(
        "a bonus sent over one in other words",
        "runner/core/bonus.c",
        "    if (!action->payment)\n        return false;\n    action_settle(action, "
        "DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);",
        "    if (action->payment || !action->payment)\n        return false;\n"
        "    action_settle(action, DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);",
        ["core/foreign"],
    ),
    Fault(
        "a crash that leaves no doubt behind",
        "runner/core/ledger.c",
        "        deed->standing = STANDING_UNKNOWN;\n        deed_doubt(deed);\n    }\n    ledger->runs",
        "        deed->standing = STANDING_UNKNOWN;\n    }\n    ledger->runs",
        ["core/ledger", "engine/run_doubt", "story/interrupts"],
    ),
    Fault(
        "a message sent again when its answer was lost",
        "runner/core/verb.c",
        ".settle = SETTLE_BY_PERSON,",
        ".settle = SETTLE_BY_REPEATING,",
        ["engine/run_unknown", "story/crash"],
    ),
    Fault(
        "payments matched by amount alone",
        "runner/core/match.c",
        "        bool worded = !wish->content || text_same(match->contents[at], wish->content);",
        "        bool worded = true;",
        ["core/match", "core/decide"],
    ),
    Fault(
        "one payment that accounts for two actions",
        "runner/core/bonus.c",
        "    payment->matched = true;\n    action->payment = payment;",
        "    action->payment = payment;",
        ["core/match", "core/foreign", "core/plan"],
    ),
    Fault(
        "messages sent although the history is lost",
        "runner/core/plan.c",
        "    plan->foreign = input->history_lost;",
        "    plan->foreign = false;",
        ["core/foreign"],
    ),
    Fault(
        "a changed amount that is sent after all",
        "runner/core/decide.c",
        "        action_settle(action, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);\n"
        "        money_print(paid, deed->amount);",
        "        action_settle(action, DECISION_DO, WHY_CHANGED);\n"
        "        money_print(paid, deed->amount);",
        ["core/changed"],
    ),
    # The journal.
    Fault(
        "a damaged middle cut off as if it were torn",
        "runner/engine/torn.c",
        "    return looks_torn(tear) && !later_follows(tear);",
        "    return (void)later_follows, looks_torn(tear);",
        ["engine/journal_torn"],
    ),
    Fault(
        "sums that are not compared",
        "runner/codec/record_sum.c",
        "    if (memcmp(sum, stated, sizeof sum) != 0)",
        "    if (size == 0)",
        ["codec/record", "engine/journal"],
    ),
    Fault(
        "a torn end that stays in the file",
        "runner/engine/journal.c",
        "    if (!store_cut(&journal->store, journal->torn_at, side, err)",
        "    if (false",
        ["engine/journal_hold"],
    ),
    Fault(
        "half a group that counts",
        "runner/engine/scan.c",
        "    if (scan->in_group)\n        torn_note(scan);",
        "    if (scan->in_group)\n        return group_fold(scan, err);",
        ["engine/journal_torn"],
    ),
    Fault(
        "a second run on one journal",
        "runner/io/lock.c",
        "            failed = flock(descriptor, LOCK_EX | LOCK_NB);",
        "            failed = descriptor < 0;",
        ["io/lock", "story/interrupts"],
    ),
    Fault(
        "a journal that was cut and goes unnoticed",
        "runner/engine/witness.c",
        "    journal->history_lost = true;\n    journal->restorable",
        "    journal->restorable",
        ["engine/mirror"],
    ),
    Fault(
        "two journals of one campaign in a folder",
        "runner/engine/sibling.c",
        "        alone = refuse(journal, identity, path, err);",
        "        (void)refuse;",
        ["story/merge"],
    ),
    Fault(
        "what somebody else paid is forgotten by status",
        "runner/core/ledger.c",
        "    ledger->elsewhere = entry->elsewhere;\n",
        "",
        ["core/ledger"],
    ),
    Fault(
        "a later bonus takes the payment of an open one that is equal",
        "runner/engine/look.c",
        "(deed_is_open(deed) && earlier && !processed)",
        "false",
        ["engine/run_look"],
    ),
    Fault(
        "a payment from before the intent is taken for our own",
        "runner/core/deed.c",
        "granted_ms < deed->first_intent_ms - clocks_differ_ms ||",
        "",
        ["engine/run_doubt"],
    ),
    Fault(
        "a step whose 'was' was taken out is a new one",
        "runner/core/deed.c",
        "    deed->identity = entry->was ? entry->was : entry->step;",
        "    deed->identity = entry->step;",
        ["core/renamed"],
    ),
    Fault(
        "a merge that trusts the later of two intents",
        "runner/core/join.c",
        ".first_ms = earlier ? theirs->first_intent_ms : 0,",
        ".first_ms = 0,",
        ["core/join"],
    ),
    Fault(
        "a merge in which unknown outweighs done",
        "runner/core/join.c",
        "    if (ours->standing == STANDING_DONE)\n        return;\n    if (deed_is_open(ours)) {",
        "    if (deed_is_open(ours)) {",
        ["core/join"],
    ),
    Fault(
        "an open end that ends with 0",
        "runner/core/deed.c",
        "    if (deed_is_open(deed))\n        return STATUS_UNKNOWN;",
        "    if (deed_is_open(deed))\n        return STATUS_DONE;",
        ["story/crash", "story/faults"],
    ),
    # Saved plans: what was agreed to, and nothing else.
    Fault(
        "a saved plan whose actions are not compared",
        "runner/cmd/saved_compare.c",
        "    return count == 0 || saved_stale(saved, err, text);",
        "    return count == 0 || text;",
        ["story/saved_edited"],
    ),
    Fault(
        "a saved plan that does what the campaign says beyond it",
        "runner/cmd/saved_compare.c",
        "    session->only = &saved->only;\n",
        "",
        ["story/saved_edited"],
    ),
    Fault(
        "a saved plan that does not mind what was done since",
        "runner/engine/since.c",
        "!is_expected(since, entry)",
        "entry->kind == ENTRY_MERGE && !is_expected(since, entry)",
        ["engine/since", "story/saved_plan"],
    ),
    Fault(
        "an amount that is not compared with the saved plan's",
        "runner/core/planned.c",
        """        {"amount", row->amount, action->amount},\n""",
        "",
        ["core/planned"],
    ),
]
