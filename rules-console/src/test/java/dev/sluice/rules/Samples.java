package dev.sluice.rules;

import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.Segment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Rule sets to publish. */
public final class Samples {
    /** By nobody in particular. */
    public static final Authorship AUTHORSHIP = new Authorship(
            Optional.empty(), Optional.empty(), Instant.parse("2026-11-21T10:00:00Z"), OptionalInt.empty());

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

    /** The rule set that this body says. */
    public static RuleSet parsed(String account, int number, String body) {
        return new RuleSet(account, number, RuleSetJson.readSegments(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A draft in the repository, without a segment. */
    public static Draft draft(String account, String id, int revision) {
        var info = new DraftInfo(
                account, id, revision, Optional.empty(), Optional.empty(), OptionalInt.empty(), AUTHORSHIP.at());
        return new Draft(info, "[]");
    }

    /** An entry of the catalog. */
    public static RuleSetInfo info(String account, int number) {
        return new RuleSetInfo(account, number, "0".repeat(64), number, AUTHORSHIP);
    }
}
