/* Why an exchange has no whole answer, in plain words. Names hosts, times and certificates;
 * never a header's value, a body, or a proxy's password. */
#ifndef IO_TROUBLE_H
#define IO_TROUBLE_H

#include "io/transfer.h"

char *trouble_words(const struct transfer *transfer, CURLcode result, struct arena *arena);

#endif
