package dev.sluice.tracker.plan;

import dev.sluice.model.plan.Unplanned;
import dev.sluice.tracker.EventPolicy.Ruling;
import dev.sluice.tracker.Slice;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * One object read once from front to end, against its rule and bounds, without a tree: what is to be left out is noted
 * by its place in the bytes. Used by one thread.
 */
final class ObjectReading {
    /** The object was read before, by a stricter reader; the bounds here are those of the largest body. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(500)
                    .maxNumberLength(1 << 20)
                    .maxStringLength(16 << 20)
                    .maxNameLength(1 << 20)
                    .build())
            .build();

    private final Slice object;
    private final JsonParser parser;
    private final ObjectBounds bounds;
    private @Nullable Cuts cuts;
    private int names;
    private int topNames;

    private ObjectReading(Slice object, JsonParser parser, ObjectBounds bounds) {
        this.object = object;
        this.parser = parser;
        this.bounds = bounds;
    }

    /**
     * Judges an object.
     *
     * @param mostAtTop how many members it may have itself
     * @throws Broken if it is refused
     */
    static Ruling judge(Slice object, CompiledObject rule, ObjectBounds bounds, int mostAtTop) {
        try (JsonParser parser =
                JSON.createParser(ObjectReadContext.empty(), object.body(), object.start(), object.length())) {
            var reading = new ObjectReading(object, parser, bounds);
            parser.nextToken();
            reading.read(rule, rule.path(), true);
            if (reading.topNames > mostAtTop) {
                throw new Broken("too_many_traits", "an event may have " + mostAtTop + " " + rule.path());
            }
            Cuts cuts = reading.cuts;
            return cuts == null ? Ruling.KEEP : new Ruling.Replace(cuts.of(object));
        }
    }

    private void read(CompiledObject rule, String path, boolean top) {
        int required = 0;
        // No name comes twice, so counting them would do; the first 64 are known one by one, to say which is missing.
        long seen = 0;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            CompiledValue property = rule.property(name);
            if (property == null && rule.unplanned() != Unplanned.ALLOW) {
                unplanned(rule, name);
                continue;
            }
            count(name, path);
            topNames += top ? 1 : 0;
            parser.nextToken();
            if (property == null) {
                any(path);
                continue;
            }
            value(property);
            if (property.requiredIndex() >= 0) {
                required++;
                seen |= property.requiredIndex() < Long.SIZE ? 1L << property.requiredIndex() : 0;
            }
        }
        if (required < rule.required().size()) {
            String missing = rule.required().get(Math.min(Long.numberOfTrailingZeros(~seen), Long.SIZE - 1));
            throw new Broken("missing_property", path + "." + missing + " is required");
        }
    }

    private void unplanned(CompiledObject rule, String name) {
        if (rule.unplanned() == Unplanned.REJECT) {
            throw new Broken(
                    "unplanned_property", rule.path() + "." + Broken.shown(name) + " is not in the tracking plan");
        }
        int start = at(parser.currentTokenLocation().getByteOffset());
        parser.nextToken();
        cut(start);
    }

    private void value(CompiledValue rule) {
        JsonToken token = parser.currentToken();
        rule.check(parser);
        CompiledObject object = rule.object();
        if (token == JsonToken.START_OBJECT && object != null) {
            read(object, object.path(), false);
        } else if (token == JsonToken.START_ARRAY) {
            array(rule);
        } else {
            any(rule.path());
        }
    }

    private void array(CompiledValue rule) {
        int items = 0;
        CompiledValue each = rule.each();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (each == null) {
                any(rule.path());
            } else {
                value(each);
            }
            items++;
        }
        rule.checkItems(items);
    }

    /** A value of which the plan says nothing: only the bounds hold. */
    private void any(String path) {
        JsonToken token = parser.currentToken();
        if (bounds.areNone()) {
            parser.skipChildren();
        } else if (token == JsonToken.VALUE_STRING) {
            bounded(path);
        } else if (token == JsonToken.START_OBJECT) {
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                count(name, path);
                parser.nextToken();
                any(path);
            }
        } else if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                any(path);
            }
        }
    }

    private void bounded(String path) {
        if (bounds.textLength() < Integer.MAX_VALUE && parser.getStringLength() > bounds.textLength()) {
            throw new Broken("text_too_long", path + " holds a text of over " + bounds.textLength() + " characters");
        }
    }

    private void count(String name, String path) {
        names++;
        if (names > bounds.properties()) {
            throw new Broken(
                    "too_many_properties", "an event may have " + bounds.properties() + " properties or traits");
        }
        if (name.length() > bounds.nameLength()) {
            throw new Broken(
                    "name_too_long", "a name in " + path + " is longer than " + bounds.nameLength() + " characters");
        }
    }

    /** Leaves out the member whose value the parser stands at. */
    private void cut(int start) {
        parser.skipChildren();
        parser.finishToken();
        if (cuts == null) {
            cuts = new Cuts();
        }
        cuts.add(start, at(parser.currentLocation().getByteOffset()));
    }

    private int at(long offset) {
        return Math.toIntExact(Math.min(offset, object.length()));
    }
}
