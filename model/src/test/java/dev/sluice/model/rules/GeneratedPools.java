package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What {@link GeneratedRules} draws from, for rules and observations alike: so few of each that the two often meet, and
 * those at whose edges engines differ. Stateless but for the random numbers.
 */
final class GeneratedPools {
    /** What a trait, statistic or property of a name mostly is. */
    enum Kind {
        TEXT,
        EMAIL,
        NUMBER,
        TIME,
        FLAG,
        LIST
    }

    record Name(String name, Kind kind) {}

    static final List<Name> TRAITS = names("country", "o'dd \"name\" é", "email", "level", "birthday", "vip", "tags");
    static final List<Name> STATISTICS = names("tier", "top\\Brand", "mail", "spent", "nextOrder", "regular", "liked");
    static final List<Name> PROPERTIES = names("brand", "x; --", "from", "amount", "delivery", "gift", "items");

    static final List<String> EVENTS = List.of("Order Completed", "Ad Clicked", "Card Played", "It's \"odd\" ${1}");
    static final List<String> CHANNELS = List.of("sms", "email", "push ü");

    static final List<ZoneId> ZONES = Stream.of(
                    "UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
            .map(ZoneId::of)
            .toList();

    /** Changes of clocks, starts of days, leap days, ends of years. */
    static final List<Instant> MOMENTS = Stream.of(
                    "2026-11-21T12:00:00Z",
                    "2026-03-29T01:00:00Z",
                    "2026-10-25T01:00:00Z",
                    "2026-03-08T07:00:00Z",
                    "2026-11-01T06:00:00Z",
                    "2026-04-04T15:00:00Z",
                    "2026-10-03T15:30:00Z",
                    "2026-07-01T18:15:00Z",
                    "2026-06-30T22:00:00Z",
                    "2027-02-28T00:00:00Z",
                    "2028-02-29T00:00:00Z",
                    "2028-02-28T23:00:00Z",
                    "2026-12-31T23:59:59.999Z",
                    "2027-01-01T00:00:00Z")
            .map(Instant::parse)
            .toList();

    /** Lengths of windows; the first few are drawn more often. */
    static final List<Duration> LENGTHS = List.of(
            Duration.ofDays(7),
            Duration.ofDays(30),
            Duration.ofDays(1),
            Duration.ofHours(1),
            Duration.ofDays(400),
            Duration.ofHours(36),
            Duration.ofMinutes(90),
            Duration.ofMinutes(1),
            Duration.ofMillis(1));

    static final List<String> TEXTS = List.of(
            "US",
            "us",
            "Acme Cola",
            "ACME COLA",
            "",
            "straße",
            "STRASSE",
            "\u00e9",
            "e\u0301",
            "E\u0301",
            "\ud83d\ude00",
            "a\ud83d\ude00b",
            "\ud83d\udc69\u200d\ud83d\udc69",
            "\uff35\uff33",
            "\u0130stanbul",
            "\u0131",
            "\u212a",
            "k",
            "\u03a3\u03c2",
            "\u03c3\u03c3",
            "true",
            "7",
            "7.0",
            " us ",
            "a\nb",
            "a%b_c",
            "it's \\ \"q\"",
            "null",
            "xaaaaaaaaaaaaaaaaaaaaaaaaaaaa!");

    /** Texts to look for in those. */
    static final List<String> PIECES = List.of(
            "a",
            "us",
            "A",
            "US",
            "cola",
            "\u00e9",
            "e\u0301",
            "ss",
            "\ud83d\ude00",
            "ß",
            "%",
            "_",
            "'",
            "\\",
            "\n",
            "k",
            "\u03c3",
            "7");

    static final List<String> EMAILS =
            List.of("a@b.com", "A@B.COM", "ann@straße.de", "a@b@c", "nobody", "@", "b@", "\ud83d\ude00@b.com");

    static final List<String> DOMAINS = List.of("b.com", "B.COM", "", "stra", "b", "straße.de");

    static final List<String> EMAIL_PIECES = List.of("b", "a", "@", "B.C", "stra", "STRASSE");

    static final List<String> PATTERNS = List.of(
            "^(?i:us)$",
            "[a-c]",
            "^.{2}$",
            "(?i)cola",
            "^$",
            "\\d",
            "\\p{L}+",
            "(a+)+$",
            "a.b",
            "(?s)a.b",
            "(?i)stra(ss|ß)e",
            "\\bCola\\b",
            "[^\\x00-\\x7F]",
            "\ud83d\ude00",
            "^\\d{4}-\\d{2}-\\d{2}$",
            "@b\\.",
            "\\s",
            "x{0,20}a");

    static final List<BigDecimal> NUMBERS = Stream.of(
                    "7",
                    "1",
                    "2",
                    "0",
                    "5",
                    "7.000",
                    "3",
                    "0.1",
                    "0.2",
                    "0.3",
                    "-1",
                    "10",
                    "100.00",
                    "0.000000001",
                    "-0.000000001",
                    "7.000000001",
                    "1E+2",
                    "9007199254740993",
                    "999999999999999999.999999999",
                    "-999999999999999999.999999999")
            .map(BigDecimal::new)
            .toList();

    /** Beyond what rules know. */
    static final List<BigDecimal> BEYOND = Stream.of("1E+18", "-1E+30", "1E-10", "7.0000000001", "1E+60", "1E-64")
            .map(BigDecimal::new)
            .toList();

    /** Texts that look like times and are none, or only just. */
    static final List<String> NEARLY_TIMES = List.of(
            "2026-02-30",
            "2026-13-01",
            "2026-11-21T25:00:00Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21T10:00:00",
            "2026-11-21 10:00:00Z",
            "20261121",
            "2026-W47-6",
            "+10000-01-01",
            "0000-01-01",
            "0001-01-01",
            "9999-12-31",
            "9999-12-31T23:59:59.999999999Z",
            "0001-01-01T00:00:00Z",
            "0001-01-01T00:00:00+01:00",
            "2026-11-21T10:00:00+19:00",
            "2026-11-21T10:00:00+18:00",
            "2026-06-30T23:59:60Z",
            "2026-11-21T10:00Z",
            "2026-11-21t10:00:00.5z",
            "2026-11-21T12:00:00+00:00:30",
            "2026-11-21T12:00:00+01",
            "2026-11-21T12:00:00.1234567891Z",
            " 2026-11-21",
            "2026-11-21Z");

    private final SplittableRandom random;

    GeneratedPools(SplittableRandom random) {
        this.random = random;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** 0 to {@code bound} − 1. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T one(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }

    /** One of the first few more often than not. */
    <T> T skewed(List<T> pool) {
        return pool.get(random.nextInt(chance(60) ? Math.min(4, pool.size()) : pool.size()));
    }

    /** A text, number or flag that rules know. */
    Value scalar(Kind kind) {
        if (chance(10)) {
            return chance(50) ? Value.of(skewed(TEXTS)) : new Value.Decimal(skewed(NUMBERS));
        }
        return switch (kind) {
            case TEXT -> Value.of(skewed(TEXTS));
            case EMAIL -> Value.of(skewed(chance(50) ? EMAILS : DOMAINS));
            case NUMBER -> new Value.Decimal(skewed(NUMBERS));
            case TIME -> Value.of(one(NEARLY_TIMES));
            case FLAG -> Value.of(chance(50));
            case LIST -> chance(60) ? Value.of(skewed(TEXTS)) : scalar(one(List.of(Kind.TEXT, Kind.NUMBER, Kind.FLAG)));
        };
    }

    private static List<Name> names(String text, String odd, String email, String number, String time, String... more) {
        return List.of(
                new Name(text, Kind.TEXT),
                new Name(odd, Kind.TEXT),
                new Name(email, Kind.EMAIL),
                new Name(number, Kind.NUMBER),
                new Name(time, Kind.TIME),
                new Name(more[0], Kind.FLAG),
                new Name(more[1], Kind.LIST));
    }
}
