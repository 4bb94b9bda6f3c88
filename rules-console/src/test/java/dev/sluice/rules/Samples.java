package dev.sluice.rules;

import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.Segment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rule sets to publish. */
public final class Samples {
    private Samples() {}

    /** A draft of one segment with this id. */
    public static String draft(String id) {
        return """
                {"segments":[{"id":"%s","name":"Skips ads","kind":"live",
                  "when":{"count":{"name":"Ad Skipped","last":"P1D","atLeast":3}}}]}
                """.formatted(id);
    }

    public static List<Segment> segments(String id) {
        return RuleSetJson.readSegments(draft(id).getBytes(StandardCharsets.UTF_8));
    }

    public static RuleSet rules(String account, int number, String id) {
        return new RuleSet(account, number, segments(id));
    }
}
