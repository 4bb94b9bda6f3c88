package dev.sluice.tracker;

import java.util.Optional;

/** What becomes of one event of a request. */
public sealed interface Verdict {
    /** It is valid. */
    record Kept(StoredEvent event) implements Verdict {}

    /**
     * It is not.
     *
     * @param index its place in the request, from 0
     * @param messageId as the client named it, if it could be read
     * @param problem why
     * @param bytes the original
     * @param batch what its batch says for it
     */
    record Refused(int index, Optional<String> messageId, Problem problem, byte[] bytes, BatchFields batch)
            implements Verdict {
        /** One that came by itself. */
        public Refused(int index, Optional<String> messageId, Problem problem, byte[] bytes) {
            this(index, messageId, problem, bytes, BatchFields.NONE);
        }
    }
}
