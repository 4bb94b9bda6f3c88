package dev.sluice.tracker.intake;

import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Slice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * A batch's context, merged under each event's own: of two fields of the same name at the top of the context the
 * event's wins whole.
 *
 * @param fields name to compact JSON
 */
record SimpleCommonContext(Map<String, String> fields) {
    static final SimpleCommonContext NONE = new SimpleCommonContext(Map.of());

    /** @throws RefusedInput if the context breaks a rule that an event's own context must keep */
    static SimpleCommonContext read(Slice slice, SimpleJson json, Limits limits) {
        if (slice.length() > limits.eventBytes()) {
            throw new RefusedInput(
                    "context_too_large", "the batch's context is larger than " + limits.eventBytes() + " bytes");
        }
        var fields = new LinkedHashMap<String, String>();
        try (JsonParser parser = json.innerParser(slice)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                var value = new ByteArrayOutputStream(64);
                try (JsonGenerator out = json.generator(value)) {
                    json.copyValue(parser, out);
                }
                fields.put(SimpleJson.wholeText(name), value.toString(StandardCharsets.UTF_8));
            }
        } catch (JacksonException e) {
            throw new RefusedInput(json.problemOf(e));
        }
        return new SimpleCommonContext(fields);
    }
}
