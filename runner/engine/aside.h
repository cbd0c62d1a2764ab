/* What a run does beside its loop: before the first step, and after the journal failed. */
#ifndef ENGINE_ASIDE_H
#define ENGINE_ASIDE_H

#include "engine/run.h"

/* Writes down what reading the marketplace has shown of earlier runs' open ends, before anything
 * is sent: looks, and what was found. */
bool run_findings(struct run *run, struct error *err);

/* For a journal that was lost: writes down what the marketplace shows as done; and messages, which
 * it cannot show, as perhaps sent. */
bool run_rebuild(struct run *run, struct error *err);

/* The journal failed: nothing new is sent, what is in flight is waited for (a minute at most), and
 * every outcome that cannot be written down is told to the watcher. Returns false. */
bool run_drain(struct run *run);

#endif
