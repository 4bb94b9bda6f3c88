package dev.sluice.local.simulator;

import java.time.Duration;
import java.util.List;

/**
 * What the simulator did so far. Immutable.
 *
 * @param requests HTTP requests made, retries included
 * @param copiesSent events in those requests, each copy counted
 * @param eventsSent distinct events sent at least once
 * @param accepted distinct events that the tracker said it keeps
 * @param rejected distinct events that the tracker refused
 * @param wronglyAccepted broken events that were kept
 * @param wronglyRejected good events that were refused
 * @param unclearAnswers requests that ended in a 5xx, a timeout or a broken connection, and were tried again
 * @param pendingRequests requests without a definite answer at this moment
 * @param failedSignUps players whose profile row could not be written; they send nothing
 * @param behind how far the traffic is behind its schedule
 * @param problems some wrong answers in words, at most 20
 */
public record Traffic(
        long requests,
        long copiesSent,
        long eventsSent,
        long accepted,
        long rejected,
        long wronglyAccepted,
        long wronglyRejected,
        long unclearAnswers,
        int pendingRequests,
        long failedSignUps,
        Duration behind,
        List<String> problems) {
    /** Copies the list. */
    public Traffic {
        problems = List.copyOf(problems);
    }

    /** Nothing done: for a run without traffic. */
    public static Traffic none() {
        return new Traffic(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, List.of());
    }
}
