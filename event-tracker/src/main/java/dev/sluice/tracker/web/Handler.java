package dev.sluice.tracker.web;

import dev.sluice.tracker.Problem;
import java.util.concurrent.CompletionStage;

/**
 * Answers calls. Runs on an event loop, which serves other connections too: it never blocks, and what takes longer than a
 * few milliseconds completes the stage from a thread of its own. Thread-safe.
 */
@FunctionalInterface
public interface Handler {
    /** The answer, now or later; a failure is logged and answered 500. */
    CompletionStage<Reply> handle(Call call);

    /** The body could not be received or unpacked; {@link Call#body} is what came of it, as it was sent. */
    default CompletionStage<Reply> refuse(Call call, Problem problem) {
        return Reply.problem(statusOf(problem), problem).now();
    }

    /** What HTTP calls a body's problem. */
    static int statusOf(Problem problem) {
        return switch (problem.code()) {
            case Problem.BODY_TOO_LARGE -> 413;
            case "unsupported_encoding" -> 415;
            default -> 400;
        };
    }
}
