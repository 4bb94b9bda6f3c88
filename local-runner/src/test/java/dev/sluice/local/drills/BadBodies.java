package dev.sluice.local.drills;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Bodies that are no events, of many kinds, repeatable by a seed. One thread. */
final class BadBodies {
    private static final String GOOD = "{\"userId\":\"u-%d\",\"event\":\"Level Won\",\"messageId\":\"bad-%d\","
            + "\"timestamp\":\"2026-11-21T12:00:00Z\",\"properties\":{\"level\":%d,\"name\":\"caf\u00e9 %d\"}}";
    private static final int KINDS = 14;

    private final Random random;
    private final byte[] bomb = gzip(new byte[24 << 20]);

    BadBodies(long seed) {
        random = new Random(seed);
    }

    /** One of them. */
    record Bad(String kind, byte[] bytes, boolean gzip) {}

    Bad next() {
        return switch (random.nextInt(KINDS)) {
            case 0 -> plain("nested", good().replace("{\"level\"", "{\"deep\":" + nested() + ",\"level\""));
            case 1 -> plain("nested without end", "[{\"a\":".repeat(1 + random.nextInt(2_000)));
            case 2 -> truncated();
            case 3 -> badUtf8();
            case 4 -> new Bad("gzip bomb", bomb, true);
            case 5 -> brokenGzip();
            case 6 ->
                plain(
                        "huge exponent",
                        good().replace("\"level\":", "\"level\":1e99999999" + random.nextInt(100) + ",\"l\":"));
            case 7 ->
                plain(
                        "huge number",
                        good().replace(
                                        "\"level\":",
                                        "\"level\":" + "9".repeat(200 + random.nextInt(2000)) + ",\"l\":"));
            case 8 -> plain("duplicate key", good().replace("\"event\"", "\"userId\":\"x\",\"event\""));
            case 9 -> plain("duplicate property", good().replace("\"level\"", "\"name\":\"y\",\"level\""));
            case 10 -> plain("no event", pick("", " ", "null", "true", "17", "\"text\"", "[]", "{}", "[{}]"));
            case 11 -> plain("nobody", good().replace("userId", "user"));
            case 12 -> plain("text after it", good() + pick("x", "{}", "]", ",", "\u0000"));
            default -> plain("wrong type", good().replaceFirst("\"Level Won\"", pick("7", "{}", "[]", "true", "null")));
        };
    }

    private String good() {
        return GOOD.formatted(random.nextInt(1000), random.nextInt(), random.nextInt(100), random.nextInt(100));
    }

    private String nested() {
        int depth = 40 + random.nextInt(2_000);
        return random.nextBoolean()
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    private Bad truncated() {
        byte[] good = utf8(good());
        return new Bad("truncated", Arrays.copyOf(good, 1 + random.nextInt(good.length - 1)), false);
    }

    private Bad badUtf8() {
        byte[] good = utf8(good());
        // The two bytes of the accented letter, in a string.
        int at = 0;
        while ((good[at] & 0xff) != 0xc3) {
            at++;
        }
        good[at + (random.nextBoolean() ? 0 : 1)] = (byte) pickByte();
        return new Bad("bad UTF-8", good, false);
    }

    /** None of them can stand before or after half of the letter. */
    private int pickByte() {
        return new int[] {0xc0, 0xc1, 0xf5, 0xff, 0xfe}[random.nextInt(5)];
    }

    private Bad brokenGzip() {
        byte[] packed = gzip(utf8(good()));
        return random.nextBoolean()
                ? new Bad("truncated gzip", Arrays.copyOf(packed, 1 + random.nextInt(packed.length - 9)), true)
                : new Bad("no gzip", utf8(good()), true);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static Bad plain(String kind, String body) {
        return new Bad(kind, utf8(body), false);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return packed.toByteArray();
    }
}
