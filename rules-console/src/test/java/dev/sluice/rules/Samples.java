package dev.sluice.rules;

import dev.sluice.model.bundle.KeyHash;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.RuleLimits;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.Segment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rule sets to publish. */
public final class Samples {
    /** By nobody in particular. */
    public static final Authorship AUTHORSHIP = new Authorship(
            Optional.empty(), Optional.empty(), Instant.parse("2026-11-21T10:00:00Z"), OptionalInt.empty());

    /** A draft that calls a function that is not installed. */
    public static final String UNKNOWN_FUNCTION = """
            {"segments":[{"id":"a","name":"a","kind":"live",
              "when":{"function":"nowhere","arguments":[],"exists":true}}]}
            """;

    private Samples() {}

    /** Each within its limits, together more than a bundle may hold. */
    public static List<Segment> tooLarge() {
        String values = IntStream.range(0, RuleLimits.MAX_LIST)
                .mapToObj(i -> "\"" + i + "x".repeat(RuleLimits.MAX_TEXT - 3) + "\"")
                .collect(Collectors.joining(","));
        Condition when = segments("a", "{\"trait\":\"t\",\"oneOf\":[" + values + "]}")
                .getFirst()
                .when();
        return IntStream.range(0, 70)
                .mapToObj(i -> new Segment("s" + i, "s" + i, new Segment.Live(), Optional.empty(), when))
                .toList();
    }

    private static List<Segment> segments(String id, String when) {
        return RuleSetJson.readSegments("{\"segments\":[{\"id\":\"%s\",\"name\":\"x\",\"kind\":\"live\",\"when\":%s}]}"
                .formatted(id, when)
                .getBytes(StandardCharsets.UTF_8));
    }

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
    public static BundleInfo info(String account, int number) {
        return new BundleInfo(account, number, "0".repeat(64), number, AUTHORSHIP);
    }

    /** A tracking plan with one source of this name and key, as somebody would send it. */
    static String plan(String source, String key) {
        return "{\"sources\":[{\"name\":\"" + source + "\",\"keys\":[{\"sha256\":\"" + KeyHash.of(key) + "\"}]}]}";
    }

    /** Connections to one webhook of this name, as somebody would send them. */
    public static String connections(String name) {
        return "{\"connections\":[{\"name\":\"" + name + "\",\"partner\":\"webhook\",\"segments\":\"all\"}]}";
    }
}
