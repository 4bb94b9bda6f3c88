package dev.sluice.tracker.web;

import dev.sluice.tracker.Problem;

/** What is said when there is no room: come back later, nothing was kept. */
final class Overload {
    private Overload() {}

    static Reply reply() {
        return Reply.problem(503, new Problem("overloaded", "too much is on its way already"))
                .retryAfter(IntakeReply.RETRY_AFTER);
    }
}
