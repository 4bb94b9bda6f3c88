package dev.sluice.rules;

import java.util.List;
import java.util.Optional;

/**
 * Where drafts are kept. Each write names the revision that it replaces, so nobody overwrites what he has not seen. What
 * one call stored, every later call of anyone sees. Nothing is retried beyond a client's own bounded retries; a draft
 * that is sent again because the answer was lost counts as stored. Thread-safe.
 *
 * <p>Every method throws {@link UnreachableException} if the store does not answer, refuses, or takes too long; a write
 * may have been done all the same.
 */
public interface Drafts {
    /** The account's drafts without their content, in no order, at most {@code max}. */
    List<DraftInfo> list(String account, int max);

    /**
     * One draft.
     *
     * @throws UnreadableException if what is stored there is not a draft
     */
    Optional<Draft> find(String account, String id);

    /**
     * Stores a draft.
     *
     * @return false if it is not one revision above the stored one (above 0, if there is none); nothing is then changed
     */
    boolean store(Draft draft);

    /**
     * Removes a draft.
     *
     * @return false if it is not there in this revision, be it because an attempt whose answer was lost removed it
     */
    boolean remove(String account, String id, int revision);
}
