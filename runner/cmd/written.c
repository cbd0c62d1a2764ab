#include "cmd/written.h"

#include "base/buffer.h"

const char *
written_words(const struct campaign *campaign, const struct template *template, const char *text,
              struct arena *arena)
{
    struct buffer out = {0};
    for (size_t i = 0; template && i < template->count; i++) {
        const struct piece *piece = &template->pieces[i];
        const struct dataset *dataset =
            piece->lookup == LOOKUP_CELL ? &campaign->datasets[piece->dataset] : NULL;
        switch (piece->lookup) {
        case LOOKUP_LITERAL:
            buffer_text(&out, piece->text);
            break;
        case LOOKUP_WORKER:
            buffer_text(&out, "${{ worker }}");
            break;
        case LOOKUP_ASSIGNMENT:
            buffer_text(&out, "${{ assignment }}");
            break;
        case LOOKUP_TASK:
            buffer_text(&out, "${{ task }}");
            break;
        case LOOKUP_CAMPAIGN:
            buffer_text(&out, "${{ campaign }}");
            break;
        case LOOKUP_ANSWER:
            buffer_print(&out, "${{ answer.%s }}", piece->text);
            break;
        case LOOKUP_CELL:
            buffer_print(&out, "${{ %s.%s }}", dataset->name, dataset->columns[piece->column].name);
            break;
        case LOOKUP_PAID:
            buffer_print(&out, "${{ paid.%s }}", campaign->steps[piece->step].id);
            break;
        }
    }
    const char *whole = template ? arena_text(arena, out.bytes ? out.bytes : "", out.size) : text;
    buffer_close(&out);
    return whole;
}
