package dev.sluice.local.partner;

import java.time.Duration;

/** How the partner answers requests that are properly signed. */
public sealed interface Mood {
    /** Records and answers 204. */
    record Well() implements Mood {}

    /** Answers this status and records nothing; 300..599. */
    record Failing(int status) implements Mood {
        /** Refuses statuses that a sender could take for success. */
        public Failing {
            if (status < 300 || status > 599) {
                throw new IllegalArgumentException("status " + status + " is no failure");
            }
        }
    }

    /** Records and answers 204 after a while. */
    record Slow(Duration delay) implements Mood {}

    /** Takes the request and neither records nor answers until the mood changes, at most a minute. */
    record Hanging() implements Mood {}
}
