package dev.sluice.tracker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.EventJson;
import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.Ring;
import dev.sluice.tracker.Admission;
import dev.sluice.tracker.ClockCorrection;
import dev.sluice.tracker.Envelope;
import dev.sluice.tracker.EventPolicy;
import dev.sluice.tracker.Judgement;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Problem;
import dev.sluice.tracker.Slice;
import dev.sluice.tracker.Source;
import dev.sluice.tracker.Sources;
import dev.sluice.tracker.StoredEvent;
import dev.sluice.tracker.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promises: the intake that reads bytes says of any body what the simple one says that reads it through Jackson: the
 * same verdicts with the same codes, and the same stored form as JSON. What is stored is one line that the model reads,
 * on the slot that it is said to be on.
 */
final class SimpleIntakeAgreementTest {
    private static final int BODIES = 20_000;
    private static final long SEED = 20_261_121L;
    private static final Instant RECEIVED = Instant.parse("2026-11-21T12:00:00.500Z");
    private static final Limits LIMITS = new Limits(64 << 10, 4096, 5, 10);
    private static final ClockCorrection CLOCK = new ClockCorrection(Duration.ofSeconds(60), Duration.ofSeconds(60));
    private static final EventPolicy LOOKS_AT_ALL = new EventPolicy() {
        /** An answer of the arguments alone: any difference in them shows. */
        @Override
        public Ruling judge(EventType type, String name, Slice object) {
            int seen = (type + name + JsonText.read(object.copy())).hashCode();
            return switch (Math.floorMod(seen, 3)) {
                case 0 -> Ruling.KEEP;
                case 1 -> new Ruling.Replace(("{\"seen\": " + seen + "}").getBytes(StandardCharsets.UTF_8));
                default -> new Ruling.Refuse(new Problem("seen_" + seen, "seen"));
            };
        }

        @Override
        public boolean allowsAll() {
            return false;
        }
    };

    /** One of each for all bodies, so that whatever a body leaves behind would show in the next. */
    private final Sources sources = key -> switch (key) {
        case "key" -> Optional.of(source(EventPolicy.ALLOW_ALL));
        case "planned" -> Optional.of(source(LOOKS_AT_ALL));
        default -> Optional.empty();
    };

    private final SimpleIntake simple = new SimpleIntake(sources, LIMITS, CLOCK, "10.0.0.7", () -> "fresh");
    private final Intake fast = new Intake(sources, LIMITS, CLOCK, "10.0.0.7", () -> "fresh");

    private int kept;
    private int refused;
    private int unreadable;

    @Test
    void generatedBodiesAreJudgedAlike() {
        var random = new SplittableRandom(SEED);
        var bodies = new GeneratedBodies(random);
        for (int i = 0; i < BODIES; i++) {
            boolean single = random.nextBoolean();
            Optional<String> key = Optional.of(random.nextInt(4) == 0 ? "planned" : "key");
            boolean keyInBody = random.nextInt(8) == 0;
            agree(single, keyInBody ? Optional.empty() : key, bodies.body(single));
        }
        assertThat(List.of(kept, refused, unreadable)).allMatch(count -> count > BODIES / 10);
    }

    @ParameterizedTest
    @MethodSource
    void nastyBodiesAreJudgedAlike(String body) {
        byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
        agree(true, Optional.of("key"), utf8);
        agree(false, Optional.of("key"), ("{\"batch\":[" + body + "]}").getBytes(StandardCharsets.UTF_8));
        agree(false, Optional.of("key"), utf8);
    }

    static Stream<String> nastyBodiesAreJudgedAlike() {
        Stream<String> values = Stream.of(
                "",
                " ",
                "nul",
                "nulll",
                "tru",
                "True",
                "NaN",
                "-Infinity",
                "0x1",
                "1_000",
                "--1",
                "-01",
                "1.0.0",
                "1ee1",
                "'a'",
                "\"",
                "\"\\",
                "\"\\u",
                "\"\\u12",
                "\"\\u123g\"",
                "\"\\x\"",
                "\"\\U0041\"",
                "\"\t\"",
                "\"\u0001\"",
                "\"\u2028\"",
                "[",
                "]",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1}",
                "{",
                "}",
                "{]",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{1:1}",
                "{\"a\":1 \"b\":2}",
                "{null:1}",
                "/* c */1",
                "1 // c",
                "\u00a01",
                "\ufeff1",
                "{\"\\ud800\":1}",
                "{\"\\ud83c\\udccf\":1}",
                "{\"\\udc00\\ud800\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"\":1,\"\":2}",
                "\"\\ud83c\\udccf\"",
                "\"\\uD83C\\uDCCF\\uD83C\"",
                "[".repeat(500) + "]".repeat(500),
                "[".repeat(490) + "]".repeat(490),
                "[".repeat(100_000),
                "{\"a\":".repeat(600),
                "{\"p\":" + "[".repeat(12) + "]".repeat(12) + "}",
                "\"" + "x".repeat(70_000) + "\"",
                "9".repeat(5000),
                "1e" + "9".repeat(200),
                "-" + "0".repeat(200),
                "[" + "1,".repeat(30_000) + "1]",
                "{" + names(5000) + "\"p0\":1}",
                "{" + names(300) + "\"z\":1}");
        return values.flatMap(value ->
                Stream.of(value, "{\"event\":\"A\",\"userId\":\"u\",\"p\":" + value + "}", value + " ", " " + value));
    }

    private static String names(int count) {
        var names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            names.append("\"p").append(i).append("\":1,");
        }
        return names.toString();
    }

    @Test
    void badUtf8IsFoundAlikeWhereverItStands() {
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < 5_000; i++) {
            byte[] body = "{\"event\":\"A\",\"userId\":\"üñ日本🃏-\",\"n\":12345678901}".getBytes(StandardCharsets.UTF_8);
            for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
                body[random.nextInt(body.length)] = (byte) (random.nextInt(192) + 64);
            }
            agree(true, Optional.of("key"), body);
        }
    }

    private void agree(boolean single, Optional<String> key, byte[] body) {
        Optional<EventType> type = single ? Optional.of(EventType.values()[body.length % 6]) : Optional.empty();
        var envelope = new Envelope(type, key, RECEIVED, "00-0af7651916cd43dd-b7ad6b71-01");

        assertThat(shown(fast.judge(envelope, body)))
                .as(() -> "of " + new String(body, StandardCharsets.UTF_8))
                .isEqualTo(shown(simple.judge(envelope, body)));
    }

    private static Source source(EventPolicy policy) {
        return new Source("demo", "app", LIMITS, policy, Admission.UNLIMITED);
    }

    /** All of a judgement but the words of its messages. */
    private List<Object> shown(Judgement judgement) {
        return switch (judgement) {
            case Judgement.UnknownWriteKey unknown -> List.of("unknown");
            case Judgement.TooMany many -> List.of("too many");
            case Judgement.SourcesUnread unread -> List.of("sources unread");
            case Judgement.Unreadable(String account, Problem problem) -> {
                unreadable++;
                yield List.of(account, problem.code());
            }
            case Judgement.Judged(String account, List<Verdict> verdicts) -> {
                var shown = new ArrayList<Object>(List.of(account));
                verdicts.forEach(verdict -> shown.add(shown(verdict)));
                yield shown;
            }
        };
    }

    private Object shown(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Kept(StoredEvent event) -> {
                kept++;
                String line = new String(event.line(), StandardCharsets.UTF_8);
                assertThat(line).doesNotContain("\n", "\r");
                assertThat(Ring.slot(EventJson.read(event.line()).key())).isEqualTo(event.slot());
                yield JsonText.read(event.line());
            }
            case Verdict.Refused one -> {
                refused++;
                yield List.of(
                        one.index(),
                        one.messageId(),
                        one.problem().code(),
                        new String(one.bytes(), StandardCharsets.ISO_8859_1));
            }
        };
    }
}
