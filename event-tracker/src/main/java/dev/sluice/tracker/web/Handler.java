package dev.sluice.tracker.web;

import java.util.concurrent.CompletionStage;

/**
 * Answers calls. Runs on an event loop, which serves other connections too: it never blocks, and what takes longer than a
 * few milliseconds completes the stage from a thread of its own. Thread-safe.
 */
@FunctionalInterface
public interface Handler {
    /** The answer, now or later; a failure is logged and answered 500. */
    CompletionStage<Reply> handle(Call call);
}
