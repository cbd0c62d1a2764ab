/* Listens to the marketplace's own book: at the instant it accepts something, it says so here. */
#include "happening.h"
#include "scene.h"
#include "sim/book.h"

bool __real_book_post(struct book *book, const struct posting *posting);
bool __wrap_book_post(struct book *book, const struct posting *posting);

bool
__wrap_book_post(struct book *book, const struct posting *posting)
{
    static const enum verb verbs[] = {
        [DEED_BONUS] = VERB_BONUS,     [DEED_APPROVE] = VERB_APPROVE,
        [DEED_REJECT] = VERB_REJECT,   [DEED_CREATE] = VERB_CREATE,
        [DEED_QUALIFY] = VERB_QUALIFY, [DEED_UNQUALIFY] = VERB_UNQUALIFY,
        [DEED_MESSAGE] = VERB_NOTIFY,  [DEED_BLOCK] = VERB_BLOCK,
        [DEED_UNBLOCK] = VERB_UNBLOCK};
    bool worked = __real_book_post(book, posting);
    if (!worked || posting->deed == DEED_OPENING)
        return worked;
    if (posting->deed == DEED_OVERRIDE || posting->deed == DEED_EXPIRE)
        wrong("unexpected: the book has a deed of kind %d", posting->deed);
    oracle_happens(&(struct happening){.verb = verbs[posting->deed],
                                       .worker = posting->worker,
                                       .assignment = posting->assignment,
                                       .token = posting->token,
                                       .subject = posting->subject,
                                       .words = posting->words,
                                       .qualification = posting->qualification,
                                       .value = posting->value,
                                       .pay = posting->pay});
    return worked;
}
