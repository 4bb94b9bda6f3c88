package dev.sluice.dispatcher;

import dev.sluice.model.EventJson;
import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What the dispatcher reads of a stored event line: enough to ask whether a rule needs it. The rest of the line is only
 * checked to be JSON.
 */
record LineHead(String account, EventType type, Optional<String> name) {
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /** @throws MalformedException if the line is not JSON, not of the version that we read, or has no account or type */
    static LineHead read(byte[] line) {
        Map<String, String> texts = texts(line);
        if (!String.valueOf(EventJson.VERSION).equals(texts.get("v"))) {
            throw new MalformedException("v is not " + EventJson.VERSION);
        }
        String account = texts.getOrDefault("account", "");
        if (!ACCOUNT.matcher(account).matches()) {
            throw new MalformedException("account must match " + ACCOUNT.pattern());
        }
        EventType type = EventType.ofWord(texts.getOrDefault("type", ""))
                .orElseThrow(() -> new MalformedException("type must be a message type of the tracking API"));
        return new LineHead(account, type, Optional.ofNullable(texts.get(type == EventType.TRACK ? "event" : "name")));
    }

    private static Map<String, String> texts(byte[] line) {
        Map<String, String> texts = new HashMap<>();
        try (JsonParser parser = JsonText.parser(line, 0, line.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedException("expected a JSON object");
            }
            for (String field = parser.nextName(); field != null; field = parser.nextName()) {
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "v", "account", "type", "event", "name" -> {
                        if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
                            texts.put(field, parser.getString());
                        }
                    }
                    default -> {}
                }
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw new MalformedException("text after the JSON value");
            }
            return texts;
        } catch (JacksonException e) {
            throw new MalformedException(JsonText.where(e), e);
        }
    }
}
