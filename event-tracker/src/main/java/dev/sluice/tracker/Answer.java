package dev.sluice.tracker;

import java.time.Instant;
import java.util.List;

/** What a client is told. */
public sealed interface Answer {
    /** These many events are durable; the others are listed with reasons. */
    record Accepted(Instant receivedAt, int accepted, List<Verdict.Refused> refused) implements Answer {}

    /** Nothing was kept. */
    record Refused(Problem problem, List<Verdict.Refused> refused) implements Answer {}

    /** The write key is missing or unknown. */
    record UnknownWriteKey() implements Answer {}

    /** Not now: send the same again after a while. */
    record Unavailable(Problem problem) implements Answer {}
}
