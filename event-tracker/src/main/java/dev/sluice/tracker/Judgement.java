package dev.sluice.tracker;

import java.time.Duration;
import java.util.List;

/** What {@link Intake} makes of a request. */
public sealed interface Judgement {
    /** A body that could be read, and a verdict on each event in it, in order. */
    record Judged(String account, List<Verdict> verdicts) implements Judgement {
        public Judged {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** A body of which no event could be told: refused whole. The account is empty if it could not be told either. */
    record Unreadable(String account, Problem problem) implements Judgement {}

    /** The write key is missing, unknown or revoked. */
    record UnknownWriteKey() implements Judgement {}

    /** The write key is not known yet, because not all sources could be read. */
    record SourcesUnread() implements Judgement {}

    /** The source or its account has sent too much; its body was not judged. */
    record TooMany(Duration retryAfter) implements Judgement {}
}
