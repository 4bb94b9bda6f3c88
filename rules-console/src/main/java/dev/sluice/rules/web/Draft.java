package dev.sluice.rules.web;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.Segment;
import java.util.List;

/** What an author sends, {@code {"segments": […]}}. Stateless. */
final class Draft {
    private Draft() {}

    /**
     * Reads it.
     *
     * @throws MalformedException if it is not one JSON object
     * @throws InvalidRuleException if it is, but does not say segments
     */
    static List<Segment> read(byte[] body) {
        if (JsonText.readObject(body).find("segments").isEmpty()) {
            // The model reads a missing list, or null, as an empty one; here a slip would take everyone out of every
            // segment.
            throw new InvalidRuleException("segments: is missing; to publish none, say []");
        }
        try {
            return RuleSetJson.readSegments(body);
        } catch (MalformedException e) {
            throw new InvalidRuleException("segments: " + e.getMessage(), e);
        }
    }
}
