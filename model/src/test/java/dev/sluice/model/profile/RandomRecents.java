package dev.sluice.model.profile;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Occurrence;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** What may be kept of a person, with all that JSON makes difficult. Used by one thread. */
final class RandomRecents {
    private static final List<String> PIECES = List.of(
            "a",
            "id-",
            "0",
            " ",
            "\"",
            "\\",
            "/",
            "\b\f\n\r\t",
            "\u0001",
            "\u001f",
            "\u007f",
            "\u0080",
            "\u00e9",
            "\u07ff",
            "\u0800",
            "\u20ac",
            "\ufffd",
            "\uffff",
            "\ud83d\ude00",
            "{}[],:",
            "null");
    private static final List<Instant> EDGES = List.of(
            Instant.EPOCH,
            Instant.parse("0000-01-01T00:00:00Z"),
            Instant.parse("0001-01-01T00:00:00.001Z"),
            Instant.parse("2024-02-29T23:59:59.999Z"),
            Instant.parse("9999-12-31T23:59:59.999Z"),
            Instant.parse("1969-12-31T23:59:59.999Z"));

    private final SplittableRandom random;

    RandomRecents(long seed) {
        random = new SplittableRandom(seed);
    }

    Recent next() {
        return new Recent(
                random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt(50),
                state(),
                some(40, this::event),
                state(),
                maybe(() -> new Held(instant(), memberships(), random.nextBoolean())));
    }

    private FoldState state() {
        if (random.nextInt(8) == 0) {
            return FoldState.START;
        }
        return new FoldState(
                instant(),
                text(),
                fields(2),
                snapshot(),
                snapshot(),
                memberships(),
                random.nextInt(3) > 0
                        ? List.of()
                        : some(
                                4,
                                () -> new PastMembership(
                                        text(), instant(), instant(), random.nextInt(9), random.nextBoolean())),
                maybe(this::instant));
    }

    private Snapshot snapshot() {
        return random.nextInt(3) > 0 ? Snapshot.NONE : new Snapshot(random.nextInt(1_000), fields(2));
    }

    private Map<String, Membership> memberships() {
        Map<String, Membership> memberships = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            memberships.put(
                    text(), new Membership(instant(), random.nextInt(9), random.nextBoolean(), maybe(this::instant)));
        }
        return memberships;
    }

    private Occurrence event() {
        EventType type = EventType.values()[random.nextInt(EventType.values().length)];
        Optional<String> name = random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of("n" + random.nextInt(random.nextInt(4) == 0 ? 40 : 3));
        var event = new Occurrence(
                text(), type, name, instant(), instant(), random.nextBoolean() ? Value.Fields.NONE : fields(2));
        return random.nextInt(5) == 0 ? event.sentBy(text()) : event;
    }

    private Value.Fields fields(int depth) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int i = random.nextInt(random.nextInt(9) == 0 ? 25 : 4); i > 0; i--) {
            fields.put(text(), value(depth));
        }
        return new Value.Fields(fields);
    }

    private Value value(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> Value.NOTHING;
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(random.nextInt(-100, 100));
            case 3 -> Value.of(random.nextLong(-999_999_999_999_999_999L, 1_000_000_000_000_000_000L));
            case 4 -> new Value.Decimal(BigDecimal.valueOf(random.nextLong(1_000_000), random.nextInt(-3, 12)));
            case 5 -> Value.of(text());
            case 6 -> new Value.Many(some(4, () -> value(depth - 1)));
            default -> fields(depth - 1);
        };
    }

    private String text() {
        return random.nextInt(20) > 0
                ? "plain-" + random.nextInt(1_000)
                : String.join("", some(6, () -> PIECES.get(random.nextInt(PIECES.size()))));
    }

    private Instant instant() {
        return random.nextInt(9) == 0
                ? EDGES.get(random.nextInt(EDGES.size()))
                : Instant.ofEpochMilli(
                        random.nextBoolean()
                                ? random.nextLong(4_000_000_000_000L)
                                : 1_000 * random.nextLong(4_000_000_000L));
    }

    private <T> Optional<T> maybe(Supplier<T> made) {
        return random.nextInt(3) == 0 ? Optional.of(made.get()) : Optional.empty();
    }

    private <T> List<T> some(int most, Supplier<T> made) {
        List<T> some = new ArrayList<>();
        for (int i = random.nextInt(most); i > 0; i--) {
            some.add(made.get());
        }
        return some;
    }
}
