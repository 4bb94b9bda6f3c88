package dev.sluice.tracker.intake;

import dev.sluice.model.JsonText;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Problem;
import dev.sluice.tracker.Slice;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Strict streaming JSON in two strengths. The outer parser only finds where a batch's events begin and end, so it lets
 * pass what may be wrong with a single event; the inner one reads one event and refuses duplicate keys, deep nesting
 * and numbers or text that a later reader could not take. Thread-safe.
 */
final class SimpleJson {
    /** Beyond this a body is refused whole: no honest event is near it. */
    private static final int OUTER_DEPTH = 500;

    private static final int MAX_NAME_LENGTH = 1024;
    private static final int UTF8_CHUNK = 4096;

    private final Limits limits;
    private final JsonFactory outer;
    private final JsonFactory inner;

    SimpleJson(Limits limits) {
        this.limits = limits;
        this.outer = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(OUTER_DEPTH)
                        .maxNumberLength(limits.bodyBytes())
                        .maxStringLength(limits.bodyBytes())
                        .maxNameLength(limits.bodyBytes())
                        .build())
                .build();
        this.inner = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxNumberLength(JsonText.MAX_NUMBER_LENGTH)
                        .maxStringLength(limits.bodyBytes())
                        .maxNameLength(MAX_NAME_LENGTH)
                        .build())
                .build();
    }

    JsonParser outerParser(byte[] body) {
        return outer.createParser(ObjectReadContext.empty(), body, 0, body.length);
    }

    JsonParser innerParser(Slice slice) {
        return inner.createParser(ObjectReadContext.empty(), slice.body(), slice.start(), slice.length());
    }

    JsonGenerator generator(ByteArrayOutputStream out) {
        return inner.createGenerator(ObjectWriteContext.empty(), out);
    }

    /**
     * Refuses a body that is not UTF-8 to the letter. Jackson is lenient here, and it would take UTF-16 or a byte order
     * mark as well, whose offsets would then be wrong.
     */
    static void requireUtf8(byte[] body) {
        if (body.length > 2 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF) {
            throw new RefusedInput("bad_utf8", "the body begins with a byte order mark");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(body);
        CharBuffer chunk = CharBuffer.allocate(UTF8_CHUNK);
        CoderResult result;
        do {
            chunk.clear();
            result = decoder.decode(in, chunk, true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw new RefusedInput("bad_utf8", "the body is not UTF-8 at byte " + in.position());
        }
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0) {
                throw new RefusedInput("bad_utf8", "the body is not UTF-8: it has a NUL at byte " + i);
            }
        }
    }

    /** Copies the value at which the parser stands, token by token; the parser ends on its last token. */
    void copyValue(JsonParser from, JsonGenerator to) {
        int open = 0;
        for (JsonToken token = from.currentToken(); token != null; token = from.nextToken()) {
            switch (token) {
                case START_OBJECT -> {
                    to.writeStartObject();
                    open++;
                }
                case START_ARRAY -> {
                    to.writeStartArray();
                    open++;
                }
                case END_OBJECT -> {
                    to.writeEndObject();
                    open--;
                }
                case END_ARRAY -> {
                    to.writeEndArray();
                    open--;
                }
                case PROPERTY_NAME -> to.writeName(wholeText(from.currentName()));
                case VALUE_STRING -> to.writeString(wholeText(from.getString()));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> to.writeNumber(readableNumber(from.getString()));
                case VALUE_TRUE -> to.writeBoolean(true);
                case VALUE_FALSE -> to.writeBoolean(false);
                case VALUE_NULL -> to.writeNull();
                case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> throw new IllegalStateException("not in JSON text");
            }
            if (open == 0) {
                return;
            }
        }
    }

    /** Refuses half a surrogate pair, which JSON can escape but no store can hold as text. */
    static String wholeText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new RefusedInput("bad_text", "a string holds half of a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }

    /** Refuses a number that the reader of stored events would refuse: the same test, of the number as it keeps it. */
    private static String readableNumber(String text) {
        // The usual case, decided without parsing: too short to break either limit.
        if (text.length() <= 18 && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
            return text;
        }
        try {
            var number = new BigDecimal(text).stripTrailingZeros();
            if (number.precision() > JsonText.MAX_DIGITS || Math.abs((long) number.scale()) > JsonText.MAX_EXPONENT) {
                throw badNumber();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // An exponent beyond what a BigDecimal can hold, as written or once stripped.
            throw badNumber();
        }
        return text;
    }

    private static RefusedInput badNumber() {
        return new RefusedInput(
                "bad_number",
                "a number has more than " + JsonText.MAX_DIGITS + " digits or an exponent beyond ±"
                        + JsonText.MAX_EXPONENT);
    }

    /** What a parser's exception says of the input, in our words and without the offending text. */
    Problem problemOf(JacksonException e) {
        String message = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
        if (message.contains("Duplicate")) {
            return new Problem("duplicate_key", "a key occurs twice in one object");
        }
        if (message.contains("nesting depth")) {
            return new Problem("too_deep", "nested deeper than " + limits.depth() + " levels");
        }
        if (message.contains("Number value length")) {
            return badNumber().problem();
        }
        if (e instanceof StreamConstraintsException) {
            return new Problem("too_long", "a name is longer than " + MAX_NAME_LENGTH + " characters");
        }
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        String where = at < 0 ? "" : " at byte " + at;
        return message.contains("end-of-input")
                ? new Problem("invalid_json", "the JSON is cut short" + where)
                : new Problem("invalid_json", "this is not JSON" + where);
    }
}
