#include "core/template.h"

bool
template_looks_up(const struct template *template, enum lookup lookup)
{
    for (size_t i = 0; template && i < template->count; i++)
        if (template->pieces[i].lookup == lookup)
            return true;
    return false;
}
