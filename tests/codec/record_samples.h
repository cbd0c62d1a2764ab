/* One record of each kind, with everything in it that the kind can hold. */
#ifndef CODEC_RECORD_SAMPLES_H
#define CODEC_RECORD_SAMPLES_H

#include "core/entry.h"

#define SAMPLE_KEY "428381e6740eb284cd43ca1652567e10e17180edb757f6aa8ea35a12ad88e108"
#define SAMPLE_HEAD(name) .kind = ENTRY_##name, .seq = 7, .group = 9, .at_ms = 1795442403120
#define SAMPLE_PERSON \
    .worker = "A1", .assignment = "X1", .task = "T1", .body = "{\"a\":\"\\n\"}", .salt = "5a17"

static const struct label sample_labels[] = {{"grant", "R01"}, {"b", "é"}};
static const struct entry_input sample_inputs[] = {{"a.yaml", "sha256:1"}};
static const char *sample_keys[] = {SAMPLE_KEY, SAMPLE_KEY};

static const struct entry samples[] = {
    {SAMPLE_HEAD(GENESIS), .format = 1, .journal = "0011", .campaign = "best-joke",
     .marketplace = "mturk", .environment = "sandbox", .endpoint = "https://x",
     .labels = sample_labels, .label_count = 2},
    {SAMPLE_HEAD(GENESIS), .format = 1, .journal = "0011", .campaign = "best-joke",
     .marketplace = "mturk", .environment = "sandbox", .redacted = SAMPLE_KEY},
    {SAMPLE_HEAD(RUN), .who = "ana", .host = "lab", .pid = 4294967295u, .version = "0.1",
     .plan = "d", .plan_by = "ben", .commit = "c0ffee", .clock_offset_ms = -1500, .balance = 10000,
     .inputs = sample_inputs, .input_count = 1},
    {SAMPLE_HEAD(RUN), .who = "ana", .host = ""},
    {SAMPLE_HEAD(BODY), .text = "We paid you.\n\n\"Well\" done \\ \x01 \x7f é €"},
    {SAMPLE_HEAD(INTEND), .key = SAMPLE_KEY, .step = "bonus", .verb = VERB_BONUS, .has_verb = true,
     .amount = 100, .fee = 20, .content = "c", .has_status_before = true,
     .status_before = WORK_SUBMITTED, .has_body_seq = true, .body_seq = 6, SAMPLE_PERSON},
    {SAMPLE_HEAD(INTEND), .key = SAMPLE_KEY, .step = "qualify", .was = "admit",
     .verb = VERB_QUALIFY, .has_verb = true, .content = "c", .qualification = "Q1", .value = -3,
     .worker = "A1", .salt = "5a17"},
    {SAMPLE_HEAD(INTEND), .key = SAMPLE_KEY, .step = "approve", .verb = VERB_APPROVE,
     .has_verb = true, .content = "c", .amount = 999999999999, .fee = 1, .has_status_before = true,
     .status_before = WORK_REJECTED, SAMPLE_PERSON},
    {SAMPLE_HEAD(RESEND), .key = SAMPLE_KEY, .attempt = 2},
    {SAMPLE_HEAD(DONE), .key = SAMPLE_KEY, .request_id = "req-1"},
    {SAMPLE_HEAD(DONE), .key = SAMPLE_KEY},
    {SAMPLE_HEAD(REFUSED), .key = SAMPLE_KEY, .request_id = "req-1", .code = "Some.Code",
     .text = "words"},
    {SAMPLE_HEAD(RELEASED), .key = SAMPLE_KEY, .why = "throttled"},
    {SAMPLE_HEAD(UNKNOWN), .key = SAMPLE_KEY, .why = "timeout"},
    {SAMPLE_HEAD(UNKNOWN), .key = SAMPLE_KEY, .why = "timeout", .first_ms = 1795442403007,
     .has_from = true, .from = 0, .foreign = true},
    {SAMPLE_HEAD(MERGE), .journal = "0011", .head = SAMPLE_KEY, .split = 88, .records = 12,
     .who = "ana@lab"},
    {SAMPLE_HEAD(LOOK), .keys = sample_keys, .key_count = 2, .found = false, .pages = 3},
    {SAMPLE_HEAD(LOOK), .keys = sample_keys, .key_count = 1, .found = true, .pages = 1},
    {SAMPLE_HEAD(ADOPT), .key = SAMPLE_KEY, .step = "bonus", .verb = VERB_BONUS, .has_verb = true,
     .amount = 100, .fee = 20, .content = "c", .evidence = "listed", .granted_ms = 1795442403006,
     SAMPLE_PERSON},
    {SAMPLE_HEAD(RESOLVE), .key = SAMPLE_KEY, .who = "ana", .decided = DECIDED_NOT_DONE,
     .step = "bonus", .verb = VERB_BONUS, .has_verb = true, .amount = 100, .fee = 20,
     .content = "c", SAMPLE_PERSON},
    {SAMPLE_HEAD(RESOLVE), .key = SAMPLE_KEY, .who = "ana", .decided = DECIDED_DONE},
    {SAMPLE_HEAD(RECOVERED), .why = "torn", .bytes = 123, .side = "a.torn"},
    {SAMPLE_HEAD(ERASED), .who = "ana@lab", .records = 2, .keys = sample_keys, .key_count = 2},
    {SAMPLE_HEAD(ERASED), .who = "ana@lab", .records = 9, .before_ms = 1795442403007,
     .wall_ms = 1795442403009},
    {SAMPLE_HEAD(END), .done = 1, .refused = 2, .unknown = 3, .pending = 4, .elsewhere = 9,
     .waiting = 2, .waiting_cents = 240, .amount = 5, .fee = 6},
};
enum { SAMPLE_COUNT = sizeof samples / sizeof *samples };

/* The first sample of a kind. */
static inline const struct entry *
sample_of(enum entry_kind kind)
{
    size_t at = 0;
    while (samples[at].kind != kind)
        at++;
    return &samples[at];
}

#endif
