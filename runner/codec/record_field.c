#include "codec/record_field.h"

#define IN(kind) (1u << ENTRY_##kind)
#define AT(member) offsetof(struct entry, member)

enum {
    ABOUT_ONE = IN(INTEND) | IN(RESEND) | IN(DONE) | IN(REFUSED) | IN(RELEASED) | IN(UNKNOWN) |
                IN(ADOPT) | IN(RESOLVE),
    DESCRIBED = IN(INTEND) | IN(ADOPT) | IN(RESOLVE),
};

const struct record_field record_fields[] = {
    {"format", FORM_UNSIGNED, AT(format), IN(GENESIS), 0},
    {"journal", FORM_TEXT, AT(journal), IN(GENESIS) | IN(MERGE), 0},
    {"campaign", FORM_TEXT, AT(campaign), IN(GENESIS), 0},
    {"marketplace", FORM_TEXT, AT(marketplace), IN(GENESIS), 0},
    {"environment", FORM_TEXT, AT(environment), IN(GENESIS), 0},
    {"endpoint", FORM_TEXT, AT(endpoint), IN(GENESIS), 0},
    {"labels", FORM_LABELS, AT(labels), IN(GENESIS), 0},
    {"head", FORM_TEXT, AT(head), IN(MERGE), 0},
    {"split", FORM_SEQ, AT(split), IN(MERGE), 0},
    {"records", FORM_SIZE, AT(records), IN(MERGE), 0},
    {"who", FORM_TEXT, AT(who), IN(RUN) | IN(RESOLVE) | IN(MERGE), 0},
    {"host", FORM_TEXT, AT(host), IN(RUN), 0},
    {"pid", FORM_UNSIGNED, AT(pid), IN(RUN), 0},
    {"version", FORM_TEXT, AT(version), IN(RUN), 0},
    {"plan", FORM_TEXT, AT(plan), IN(RUN), 0},
    {"plan_by", FORM_TEXT, AT(plan_by), IN(RUN), 0},
    {"inputs", FORM_INPUTS, AT(inputs), IN(RUN), 0},
    {"commit", FORM_TEXT, AT(commit), IN(RUN), 0},
    {"clock_offset_ms", FORM_INT64, AT(clock_offset_ms), IN(RUN), 0},
    {"balance_cents", FORM_CENTS, AT(balance), IN(RUN), 0},
    {"key", FORM_TEXT, AT(key), ABOUT_ONE, 0},
    {"keys", FORM_KEYS, AT(keys), IN(LOOK), 0},
    {"verdict", FORM_VERDICT, AT(found), IN(LOOK), 0},
    {"pages", FORM_UNSIGNED, AT(pages), IN(LOOK), 0},
    {"step", FORM_TEXT, AT(step), DESCRIBED, 0},
    {"was", FORM_TEXT, AT(was), DESCRIBED, 0},
    {"do", FORM_VERB, AT(verb), DESCRIBED, AT(has_verb)},
    {"qualification", FORM_TEXT, AT(qualification), DESCRIBED | IN(DONE), 0},
    {"value", FORM_INT, AT(value), DESCRIBED, 0},
    {"held", FORM_FLAG, AT(held), IN(INTEND) | IN(ADOPT), 0},
    {"done", FORM_SIZE, AT(done), IN(END), 0},
    {"refused", FORM_SIZE, AT(refused), IN(END), 0},
    {"unknown", FORM_SIZE, AT(unknown), IN(END), 0},
    {"pending", FORM_SIZE, AT(pending), IN(END), 0},
    {"elsewhere", FORM_SIZE, AT(elsewhere), IN(END), 0},
    {"cents", FORM_CENTS, AT(amount), DESCRIBED | IN(END), 0},
    {"fee_cents", FORM_CENTS, AT(fee), DESCRIBED | IN(END), 0},
    {"content", FORM_TEXT, AT(content), DESCRIBED, 0},
    {"status_before", FORM_STATUS, AT(status_before), IN(INTEND), AT(has_status_before)},
    {"body", FORM_SEQ, AT(body_seq), IN(INTEND), AT(has_body_seq)},
    {"attempt", FORM_UNSIGNED, AT(attempt), IN(RESEND), 0},
    {"request_id", FORM_TEXT, AT(request_id), IN(DONE) | IN(REFUSED), 0},
    {"code", FORM_TEXT, AT(code), IN(REFUSED), 0},
    {"text", FORM_TEXT, AT(text), IN(BODY), 0},
    {"text", FORM_FORMERLY, AT(text), IN(REFUSED), 0},
    {"why", FORM_TEXT, AT(why), IN(RELEASED) | IN(RECOVERED), 0},
    {"why", FORM_FORMERLY, AT(why), IN(UNKNOWN), 0},
    {"first_at", FORM_STAMP, AT(first_ms), IN(UNKNOWN) | IN(ADOPT), 0},
    {"foreign", FORM_FLAG, AT(foreign), IN(UNKNOWN) | IN(ADOPT), 0},
    {"decision", FORM_DECIDED, AT(decided), IN(RESOLVE), 0},
    {"bytes", FORM_SIZE, AT(bytes), IN(RECOVERED), 0},
    {"side", FORM_TEXT, AT(side), IN(RECOVERED), 0},
    {"from", FORM_SEQ, AT(from), ~0u, AT(has_from)},
    {NULL, FORM_TEXT, 0, 0, 0},
};

const struct record_field record_person_fields[] = {
    {"worker", FORM_TEXT, AT(worker), ~0u, 0},
    {"assignment", FORM_TEXT, AT(assignment), ~0u, 0},
    {"task", FORM_TEXT, AT(task), ~0u, 0},
    {"body", FORM_TEXT, AT(body), ~0u, 0},
    {"evidence", FORM_TEXT, AT(evidence), ~0u, 0},
    {"text", FORM_TEXT, AT(text), IN(REFUSED), 0}, /* the marketplace's words may name people */
    {"why", FORM_TEXT, AT(why), IN(UNKNOWN), 0},
    {"salt", FORM_TEXT, AT(salt), ~0u, 0},
    {NULL, FORM_TEXT, 0, 0, 0},
};
