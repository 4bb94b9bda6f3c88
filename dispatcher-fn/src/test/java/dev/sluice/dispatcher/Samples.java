package dev.sluice.dispatcher;

import dev.sluice.model.LineBatch;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Lines, records and rule sets for tests. */
public final class Samples {
    public static final Instant ARRIVED = Instant.parse("2026-11-21T06:40:10.500Z");

    private Samples() {}

    /** A stored track event. */
    public static String track(String account, String name, String id) {
        return """
                {"v":1,"account":"%s","slot":17,"type":"track","messageId":"%s","event":"%s","userId":"u1",\
                "timestamp":"2026-11-21T06:40:10.123Z","receivedAt":"2026-11-21T06:40:10.123Z","properties":{"n":[1]}}""".formatted(account, id, name);
    }

    /** A record of these lines. */
    public static StreamRecord record(String sequenceNumber, String... lines) {
        List<byte[]> bytes = Stream.of(lines)
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
        return new StreamRecord(sequenceNumber, ARRIVED, LineBatch.encode(bytes));
    }

    /** A rule set whose one rule names one track event. */
    public static RuleSet naming(String account, int number, String event) {
        String draft = """
                {"segments":[{"id":"s","kind":"append","when":{"event":{"name":"%s"}}}]}""".formatted(event);
        return new RuleSet(account, number, RuleSetJson.readSegments(draft.getBytes(StandardCharsets.UTF_8)));
    }
}
