#include "core/template.h"

bool
template_looks_up(const struct template *template, enum lookup lookup)
{
    for (size_t i = 0; template && i < template->count; i++)
        if (template->pieces[i].lookup == lookup)
            return true;
    return false;
}

bool
template_reads(const struct template *template, size_t dataset)
{
    for (size_t i = 0; template && i < template->count; i++)
        if (template->pieces[i].lookup == LOOKUP_CELL && template->pieces[i].dataset == dataset)
            return true;
    return false;
}
