package dev.sluice.model;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON text to {@link Value} and back, strictly: duplicate keys, trailing text, bad UTF-8 and anything beyond the stated
 * limits are refused. Thread-safe.
 */
public final class JsonText {
    /** How deep objects and arrays may nest: no SDK nests deeper, and a rule reads one level. */
    public static final int MAX_DEPTH = 32;
    /** Digits of a number: what a DECIMAL column of Spark and DuckDB holds. */
    public static final int MAX_DIGITS = 38;
    /** Bound of a number's exponent, so that {@code 1e999999999} does not become a gigabyte of digits. */
    public static final int MAX_EXPONENT = 64;
    /** Characters of a number's text: those of {@link #MAX_DIGITS} digits at {@link #MAX_EXPONENT}, written out. */
    public static final int MAX_NUMBER_LENGTH = 110;
    /** Characters of one string: more than the largest event. */
    public static final int MAX_STRING_LENGTH = 1 << 20;

    private static final int FIELDS_AT_FIRST = 4;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNameLength(1024)
                    .build())
            .build();

    private JsonText() {}

    /**
     * A strict streaming parser over bytes, for those who copy rather than keep.
     *
     * @throws JacksonException from its methods, on anything but one well-formed JSON text
     */
    public static JsonParser parser(byte[] utf8, int offset, int length) {
        return FACTORY.createParser(ObjectReadContext.empty(), utf8, offset, length);
    }

    /** A generator of compact UTF-8 JSON; the caller closes it. */
    public static JsonGenerator generator(ByteArrayOutputStream out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    /**
     * Reads one JSON object.
     *
     * @throws MalformedException if the bytes are anything else; the message has no part of the text
     */
    public static Value.Fields readObject(byte[] utf8) {
        if (read(utf8) instanceof Value.Fields fields) {
            return fields;
        }
        throw new MalformedException("expected a JSON object");
    }

    /**
     * Reads one JSON value.
     *
     * @throws MalformedException if the bytes are anything else; the message has no part of the text
     */
    public static Value read(byte[] utf8) {
        try (JsonParser parser = parser(utf8, 0, utf8.length)) {
            if (parser.nextToken() == null) {
                throw new MalformedException("expected JSON, found nothing");
            }
            Value value = value(parser);
            if (parser.nextToken() != null) {
                throw new MalformedException("text after the JSON value");
            }
            return value;
        } catch (JacksonException e) {
            throw new MalformedException(where(e), e);
        }
    }

    /**
     * Reads one JSON object of which another reader takes one field, which is therefore not in the result.
     *
     * @param reader is called, if the field is there, with the parser at the first token of its value, and leaves it at the
     *     last
     * @throws MalformedException if the bytes are anything else; the message has no part of the text
     */
    public static Value.Fields readObject(byte[] utf8, String field, Consumer<JsonParser> reader) {
        try (JsonParser parser = parser(utf8, 0, utf8.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedException("expected a JSON object");
            }
            Map<String, Value> others = new LinkedHashMap<>();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (name.equals(field)) {
                    reader.accept(parser);
                } else {
                    others.put(name, value(parser));
                }
            }
            if (parser.nextToken() != null) {
                throw new MalformedException("text after the JSON value");
            }
            return new Value.Fields(others);
        } catch (JacksonException e) {
            throw new MalformedException(where(e), e);
        }
    }

    /** Writes one JSON object by what {@code body} writes into it. */
    public static byte[] writeObject(Consumer<JsonGenerator> body) {
        var out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = generator(out)) {
            json.writeStartObject();
            body.accept(json);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** Writes one JSON object. */
    public static byte[] write(Value.Fields object) {
        return writeObject(json -> writeFields(json, object));
    }

    private static void writeFields(JsonGenerator json, Value.Fields object) {
        object.fields().forEach((name, field) -> {
            json.writeName(name);
            write(json, field);
        });
    }

    /** Writes a value where the generator stands. */
    public static void write(JsonGenerator json, Value value) {
        if (value instanceof Value.Text text) {
            json.writeString(text.text());
        } else if (value instanceof Value.Decimal decimal) {
            json.writeNumber(decimal.number().toPlainString());
        } else if (value instanceof Value.Flag flag) {
            json.writeBoolean(flag.flag());
        } else if (value instanceof Value.Many many) {
            json.writeStartArray();
            many.values().forEach(element -> write(json, element));
            json.writeEndArray();
        } else if (value instanceof Value.Fields fields) {
            json.writeStartObject();
            writeFields(json, fields);
            json.writeEndObject();
        } else {
            json.writeNull();
        }
    }

    /**
     * Reads an instant with any offset, as clients send it, to the millisecond.
     *
     * @throws MalformedException naming {@code field} if the text is not an ISO 8601 date and time with an offset
     */
    public static Instant instant(String field, String text) {
        try {
            return UtcInstant.read(text)
                    .orElseGet(() -> DateTimeFormatter.ISO_OFFSET_DATE_TIME
                            .parse(text, OffsetDateTime::from)
                            .toInstant()
                            .truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeException e) {
            throw new MalformedException(field + " must be an ISO 8601 date and time with an offset", e);
        }
    }

    /** What is wrong and where, without the offending text. */
    public static String where(JacksonException e) {
        String problem = e.getOriginalMessage() == null ? "not JSON" : kind(e.getOriginalMessage());
        return e.getLocation() == null
                ? problem
                : problem + " at byte " + e.getLocation().getByteOffset();
    }

    private static String kind(String message) {
        if (message.contains("Duplicate")) {
            return "duplicate key";
        }
        if (message.contains("nesting depth")) {
            return "nested deeper than " + MAX_DEPTH;
        }
        if (message.contains("Number value length")) {
            return "number longer than " + MAX_NUMBER_LENGTH + " characters";
        }
        if (message.contains("UTF-8")) {
            return "bad UTF-8";
        }
        return message.contains("end-of-input") ? "JSON cut short" : "not JSON";
    }

    /**
     * Reads the value at which a parser stands; it then stands at the value's last token.
     *
     * @throws JacksonException if the text is malformed
     * @throws MalformedException if a number is beyond the limits
     */
    public static Value value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> fields(parser);
            case START_ARRAY -> many(parser);
            case VALUE_STRING -> Value.of(parser.getString());
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> Value.of(true);
            case VALUE_FALSE -> Value.of(false);
            case VALUE_NULL -> Value.NOTHING;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new MalformedException("not JSON");
        };
    }

    private static Value.Fields fields(JsonParser parser) {
        String name = parser.nextName();
        if (name == null) {
            return Value.Fields.NONE;
        }
        String[] names = new String[FIELDS_AT_FIRST];
        Value[] values = new Value[FIELDS_AT_FIRST];
        int size = 0;
        while (name != null && size < FewFields.MAX) {
            if (size == names.length) {
                names = Arrays.copyOf(names, FewFields.MAX);
                values = Arrays.copyOf(values, FewFields.MAX);
            }
            parser.nextToken();
            names[size] = name;
            values[size++] = value(parser);
            name = parser.nextName();
        }
        var few = new FewFields(names, values, size);
        return new Value.Fields(name == null ? few : more(parser, name, few));
    }

    private static Map<String, Value> more(JsonParser parser, String next, FewFields few) {
        Map<String, Value> fields = new LinkedHashMap<>(few);
        for (String name = next; name != null; name = parser.nextName()) {
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static Value.Many many(JsonParser parser) {
        List<Value> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return new Value.Many(values);
    }

    private static Value.Decimal whole(JsonParser parser) {
        // Most numbers are times and counts: no text, no digits one by one.
        JsonParser.NumberType type = parser.getNumberType();
        return type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG
                ? Value.of(parser.getLongValue())
                : decimal(parser);
    }

    private static Value.Decimal decimal(JsonParser parser) {
        try {
            // Stripped first: 1e50 is written as 51 digits and must come back.
            BigDecimal number = new BigDecimal(parser.getString()).stripTrailingZeros();
            if (number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_EXPONENT) {
                return new Value.Decimal(number);
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // An exponent beyond what an int holds is beyond the limits too.
        }
        throw new MalformedException("number beyond " + MAX_DIGITS + " digits or exponent ±" + MAX_EXPONENT);
    }
}
