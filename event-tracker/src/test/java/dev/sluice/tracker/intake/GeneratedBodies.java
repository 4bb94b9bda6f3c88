package dev.sluice.tracker.intake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Bodies as clients send them and as they should not: random events with every kind of field, text and number, spelt
 * in many ways, some of them spoilt; then bytes changed, cut out, put in or cut off. What comes out depends on the random
 * numbers alone.
 */
final class GeneratedBodies {
    private static final List<String> NAMES = List.of(
            "type",
            "messageId",
            "event",
            "userId",
            "anonymousId",
            "timestamp",
            "originalTimestamp",
            "sentAt",
            "properties",
            "traits",
            "context",
            "name",
            "v",
            "account",
            "slot",
            "node",
            "receivedAt",
            "traceparent",
            "writeKey",
            "batch",
            "integrations",
            "version",
            "",
            "a",
            "b",
            "user\\u0049d",
            "contex\\u0074",
            "ключ");
    private static final List<String> TYPES =
            List.of("track", "identify", "page", "screen", "group", "alias", "statistics", "Track", "tr\\u0061ck", "");
    private static final List<String> TIMES = List.of(
            "2026-11-21T12:00:00.000Z",
            "2026-11-21T11:59:59Z",
            "2026-11-21T13:00:00.25+01:00",
            "2026-11-20T12:00Z",
            "2026-02-30T12:00:00Z",
            "1969-12-31T23:59:59.999Z",
            "9999-12-31T23:59:59.999Z",
            "0000-01-01T00:00:00Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21",
            "x",
            "",
            "2026-11-21T12:00:00.000z",
            "2028-02-29T01:02:03.004Z",
            "2026-11-21T12:00:00.00\\u0030Z",
            "+999999999-12-31T23:59:59Z");
    private static final List<String> LIBRARIES =
            List.of("analytics-kotlin", "analytics\\u002dswift", "analytics-react-native", "");
    private static final List<String> TEXTS = List.of(
            "",
            "Card Played",
            "u-1",
            "anonymous:x",
            "identifier:x",
            "a:b",
            "ü",
            "日本",
            "🃏",
            "\\ud83c\\udccf",
            "\\ud800",
            "\\udc00x",
            "\\ud800\\u0041",
            "\\u0000",
            "\\n",
            "\\\\",
            "\\\"",
            "\\/",
            "\\b\\f\\r\\t",
            "\\u00e9",
            "\\u007f",
            "\u007f",
            "x".repeat(100),
            "é".repeat(101),
            "y".repeat(246),
            "y".repeat(247),
            "z".repeat(257),
            "{\\\"a\\\": 1}",
            "a b  c",
            "12345678",
            "1234567\\\"",
            "[1, 2]");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "-1",
            "12.50",
            "1e3",
            "1E+3",
            "1e-2",
            "1e65",
            "1e-65",
            "9".repeat(18),
            "9".repeat(38),
            "9".repeat(39),
            "1" + "0".repeat(109),
            "1" + "0".repeat(110),
            "0." + "0".repeat(50) + "1",
            "01",
            "1.",
            ".5",
            "-",
            "+1",
            "1e",
            "1e99999999999",
            "0e2147483647",
            "-1.5E+60",
            "1x");
    private static final byte[] BYTES =
            "{}[]:,\"\\ \n\t\r0129.eE+-truefalsn/ub\u0000\u001f\u007f".getBytes(StandardCharsets.ISO_8859_1);

    private final RandomGenerator random;

    GeneratedBodies(RandomGenerator random) {
        this.random = random;
    }

    /** One event alone, or a batch. */
    byte[] body(boolean single) {
        String text = single ? event() : batch();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int changes = random.nextInt(6) - 3; changes > 0; changes--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private String batch() {
        var members = new ArrayList<String>();
        var events = new ArrayList<String>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            events.add(rarely(20) ? value(0) : event());
        }
        members.add("\"batch\":" + space() + "[" + String.join("," + space(), events) + "]");
        if (rarely(2)) {
            members.add("\"sentAt\":" + (rarely(8) ? value(1) : quoted(pick(TIMES.subList(0, 5)))));
        }
        if (rarely(3)) {
            members.add("\"context\":" + (rarely(8) ? value(1) : context()));
        }
        if (rarely(4)) {
            members.add("\"writeKey\":" + (rarely(4) ? value(1) : "\"key\""));
        }
        if (rarely(10)) {
            members.add(name() + ":" + value(1));
        }
        return shuffled(members);
    }

    private String event() {
        var members = new ArrayList<String>();
        if (!rarely(20)) {
            members.add("\"type\":" + quoted(rarely(6) ? pick(TYPES) : TYPES.get(random.nextInt(6))));
        }
        if (!rarely(20)) {
            members.add("\"event\":" + quoted(rarely(6) ? pick(TEXTS) : "Card Played"));
        }
        if (!rarely(10)) {
            members.add("\"userId\":" + quoted(rarely(6) ? pick(TEXTS) : "u" + random.nextInt(100)));
        }
        if (rarely(3)) {
            members.add("\"anonymousId\":" + quoted(rarely(3) ? pick(TEXTS) : "a" + random.nextInt(100)));
        }
        if (rarely(2)) {
            members.add("\"messageId\":" + quoted(rarely(5) ? pick(TEXTS) : "m" + random.nextInt(100)));
        }
        for (String time : List.of("timestamp", "originalTimestamp", "sentAt")) {
            if (rarely(3)) {
                members.add("\"" + time + "\":" + quoted(rarely(8) ? pick(TIMES) : pick(TIMES.subList(0, 4))));
            }
        }
        for (String object : List.of("properties", "traits")) {
            if (rarely(2)) {
                members.add("\"" + object + "\":" + (rarely(12) ? value(1) : object(1)));
            }
        }
        if (rarely(2)) {
            members.add("\"context\":" + (rarely(12) ? value(1) : context()));
        }
        for (int i = rarely(40) ? 70 : random.nextInt(3); i > 0; i--) {
            members.add((i > 3 ? quoted("p" + random.nextInt(3000)) : name()) + ":" + value(1));
        }
        return shuffled(members);
    }

    private String shuffled(List<String> members) {
        var shuffled = new ArrayList<String>();
        while (!members.isEmpty()) {
            shuffled.add(members.remove(random.nextInt(members.size())));
        }
        return "{" + space() + String.join(space() + "," + space(), shuffled) + "}" + space();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 8 ? 6 : 8)) {
            case 0 -> "true";
            case 1 -> "null";
            case 2, 3 -> rarely(6) ? pick(NUMBERS) : pick(NUMBERS.subList(0, 8));
            case 4, 5 -> quoted(pick(TEXTS));
            case 6 -> rarely(40) ? "[".repeat(12) + "]".repeat(12) : array(depth);
            default -> object(depth);
        };
    }

    private String array(int depth) {
        var values = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(value(depth + 1));
        }
        return "[" + space() + String.join("," + space(), values) + "]";
    }

    private String object(int depth) {
        var members = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = rarely(4) ? name() : quoted("k" + random.nextInt(30));
            members.add(name + space() + ":" + space() + value(depth + 1));
        }
        return shuffled(members);
    }

    /** With the client's library, or what might be taken for it. */
    private String context() {
        var members = new ArrayList<String>();
        for (int i = random.nextInt(3); i > 0; i--) {
            members.add(quoted("k" + i) + space() + ":" + space() + value(2));
        }
        if (rarely(2)) {
            var library = new ArrayList<String>();
            library.add("\"version\":" + space() + value(3));
            library.add("\"name\"" + space() + ":" + space() + (rarely(6) ? value(3) : quoted(pick(LIBRARIES))));
            members.add((rarely(6) ? "\"librar\\u0079\"" : "\"library\"") + space() + ":" + space()
                    + (rarely(6) ? value(2) : shuffled(library)));
        }
        return shuffled(members);
    }

    private String name() {
        return rarely(50)
                ? quoted("n".repeat(1020 + random.nextInt(8)))
                : quoted(rarely(8) ? pick(TEXTS) : pick(NAMES));
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        var out = new ByteArrayOutputStream(bytes.length + 8);
        out.write(bytes, 0, at);
        int rest = at;
        switch (random.nextInt(6)) {
            case 0 -> rest = bytes.length;
            case 1 -> rest = Math.min(bytes.length, at + 1 + random.nextInt(3));
            case 2, 3 -> out.write(BYTES[random.nextInt(BYTES.length)]);
            case 4 -> {
                out.write(random.nextInt(256));
                rest = Math.min(bytes.length, at + 1);
            }
            default -> {
                int copied = Math.min(bytes.length - at, random.nextInt(20));
                out.write(bytes, at, copied);
            }
        }
        out.write(bytes, rest, bytes.length - rest);
        return out.toByteArray();
    }

    private String space() {
        return rarely(3) ? pick(List.of(" ", "\n", "\t ", "\r\n  ")) : "";
    }

    private boolean rarely(int in) {
        return random.nextInt(in) == 0;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
