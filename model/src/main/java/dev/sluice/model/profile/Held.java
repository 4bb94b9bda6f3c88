package dev.sluice.model.profile;

import java.time.Instant;
import java.util.Map;

/**
 * That what was kept of a person has been lost, or may have been: nobody is to leave a segment because of forgetting, until
 * the person has been rebuilt. Immutable.
 *
 * @param since when the loss was found
 * @param memberships of the stored profile at that time, by segment id; they are not left
 * @param everything whether nothing at all was left: then the person does not enter segments either, for "has not done" would
 *     be true of whom it is not
 */
public record Held(Instant since, Map<String, Membership> memberships, boolean everything) {
    public Held {
        memberships = Memberships.copyOf(memberships);
    }
}
