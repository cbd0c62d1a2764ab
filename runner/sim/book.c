#include "sim/book.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "base/buffer.h"

enum { LINES_MAX = 3 };

struct line {
    const char *account;
    cents_t cents;
};

static const char *
deed_name(enum deed deed)
{
    switch (deed) {
    case DEED_OPENING:
        return "opening";
    case DEED_BONUS:
        return "bonus";
    case DEED_APPROVE:
        return "approve";
    case DEED_OVERRIDE:
        return "override";
    case DEED_REJECT:
        return "reject";
    case DEED_QUALIFY:
        return "qualify";
    case DEED_UNQUALIFY:
        return "unqualify";
    case DEED_CREATE:
        return "create";
    case DEED_MESSAGE:
        return "message";
    case DEED_BLOCK:
        return "block";
    case DEED_UNBLOCK:
        return "unblock";
    case DEED_EXPIRE:
        return "expire";
    }
    return "";
}

bool
book_open(struct book *book, const char *path, struct error *err)
{
    *book = (struct book){0};
    if (!path)
        return true;
    book->file = fopen(path, "we");
    if (!book->file)
        return error_say(err, "cannot write the simulator's book %s: %s", path, strerror(errno));
    return true;
}

static cents_t *
account_of(struct book *book, const char *name)
{
    uint32_t *known = index_find(&book->accounts, name);
    if (known)
        return &book->cents[*known];
    size_t at = book->accounts.count;
    book->cents =
        arena_push(&book->arena, book->cents, at, &book->account_capacity, sizeof *book->cents);
    book->cents[at] = 0;
    index_add(&book->accounts, arena_copy(&book->arena, name), at, &book->arena);
    return &book->cents[at];
}

static size_t
lines_make(const struct posting *p, struct line lines[LINES_MAX], char worker[80])
{
    size_t count = 0;
    if (p->deed == DEED_OPENING) {
        lines[count++] = (struct line){"deposits", -p->pay};
        lines[count++] = (struct line){"requester", p->pay};
        return count;
    }
    if (p->pay + p->fee == 0)
        return 0;
    snprintf(worker, 80, "worker:%s", p->worker);
    lines[count++] = (struct line){"requester", -(p->pay + p->fee)};
    lines[count++] = (struct line){worker, p->pay};
    lines[count++] = (struct line){"fees", p->fee};
    return count;
}

static void
text_add(struct buffer *out, const char *name, const char *text)
{
    if (!text)
        return;
    buffer_print(out, ",\"%s\":", name);
    buffer_json(out, text);
}

static void
posting_print(const struct book *book, const struct posting *p, const struct line *lines,
              size_t count, struct buffer *out)
{
    char at[STAMP_TEXT_SIZE];
    buffer_print(out, "{\"n\":%zu,\"at\":\"%s\",\"kind\":\"%s\"", book->posted + 1,
                 stamp_print_ms(at, p->at_ms), deed_name(p->deed));
    text_add(out, "worker", p->worker);
    text_add(out, "assignment", p->assignment);
    text_add(out, "hit", p->hit);
    text_add(out, "qualification", p->qualification);
    if (p->value)
        buffer_print(out, ",\"value\":%lld", (long long)*p->value);
    text_add(out, "token", p->token);
    text_add(out, "subject", p->subject);
    text_add(out, "words", p->words);
    buffer_text(out, ",\"lines\":[");
    for (size_t i = 0; i < count; i++)
        buffer_print(out, "%s{\"account\":\"%s\",\"cents\":%lld}", i ? "," : "", lines[i].account,
                     (long long)lines[i].cents);
    buffer_text(out, "]}\n");
}

static void
totals_apply(struct sim_totals *totals, const struct posting *p)
{
    switch (p->deed) {
    case DEED_BONUS:
        totals->bonuses += p->pay;
        totals->bonus_fees += p->fee;
        totals->bonus_count++;
        break;
    case DEED_APPROVE:
    case DEED_OVERRIDE:
        totals->rewards += p->pay;
        totals->reward_fees += p->fee;
        totals->approvals++;
        break;
    case DEED_QUALIFY:
        totals->qualifications_set++;
        break;
    case DEED_MESSAGE:
        totals->messages++;
        break;
    case DEED_OPENING:
    case DEED_REJECT:
    case DEED_UNQUALIFY:
    case DEED_CREATE:
    case DEED_BLOCK:
    case DEED_UNBLOCK:
    case DEED_EXPIRE:
        break;
    }
}

bool
book_post(struct book *book, const struct posting *posting)
{
    char worker[80];
    struct line lines[LINES_MAX];
    size_t count = lines_make(posting, lines, worker);
    if (book->file) {
        struct buffer text = {0};
        posting_print(book, posting, lines, count, &text);
        bool written =
            fwrite(text.bytes, 1, text.size, book->file) == text.size && fflush(book->file) == 0;
        buffer_close(&text);
        if (!written)
            return false;
    }
    cents_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        *account_of(book, lines[i].account) += lines[i].cents;
        sum += lines[i].cents;
    }
    assert(sum == 0);
    book->posted++;
    totals_apply(&book->totals, posting);
    book->totals.balance = book_balance(book, "requester");
    return true;
}

cents_t
book_balance(const struct book *book, const char *account)
{
    const uint32_t *at = index_find(&book->accounts, account);
    return at ? book->cents[*at] : 0;
}

cents_t
book_sum(const struct book *book)
{
    cents_t sum = 0;
    for (size_t i = 0; i < book->accounts.count; i++)
        sum += book->cents[i];
    return sum;
}

void
book_close(struct book *book)
{
    if (book->file)
        fclose(book->file);
    arena_close(&book->arena);
    *book = (struct book){0};
}
