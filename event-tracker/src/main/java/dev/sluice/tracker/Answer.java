package dev.sluice.tracker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a client is told. */
public sealed interface Answer {
    /** These many events are durable; the others are listed with reasons. */
    record Accepted(Instant receivedAt, int accepted, List<Verdict.Refused> refused) implements Answer {}

    /** Nothing was kept. */
    record Refused(Problem problem, List<Verdict.Refused> refused) implements Answer {}

    /**
     * What would have become of the events; nothing was stored.
     *
     * @param accepted how many would have been kept
     * @param problem why there is none, if there is none
     */
    record Validated(Instant receivedAt, int accepted, Optional<Problem> problem, List<Verdict.Refused> refused)
            implements Answer {}

    /** The write key is missing, unknown or revoked. */
    record UnknownWriteKey() implements Answer {}

    /** The source or its account has sent too much: nothing was kept, send the same again after this time. */
    record TooMany(Duration retryAfter) implements Answer {}

    /** Not now: send the same again after a while. */
    record Unavailable(Problem problem) implements Answer {}
}
