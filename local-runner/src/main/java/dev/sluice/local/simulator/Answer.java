package dev.sluice.local.simulator;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What the tracker said to one request. */
sealed interface Answer {
    JsonFactory JSON = new JsonFactory();

    /** Kept, but for the events whose index has a reason code. */
    record Kept(Instant receivedAt, Map<Integer, String> refused) implements Answer {
        public Kept {
            refused = Map.copyOf(refused);
        }
    }

    /** Nothing kept, for good: a reason code for each index that has its own, and one for the rest. */
    record Refused(String code, Map<Integer, String> refused) implements Answer {
        public Refused {
            refused = Map.copyOf(refused);
        }
    }

    /** No definite word; the same ids may be tried again after the pause. */
    record Unclear(String why, Duration pause) implements Answer {}

    /** Reads an HTTP answer; whatever is not understood is unclear. */
    static Answer read(int status, @Nullable String retryAfter, byte[] body) {
        boolean temporary = status >= 500 || status == 408 || status == 425 || status == 429;
        if (temporary) {
            return new Unclear("status " + status, pause(retryAfter));
        }
        if (status != 200 && status < 400) {
            return new Unclear("status " + status, Duration.ofSeconds(1));
        }
        try {
            return parse(status, body);
        } catch (JacksonException | DateTimeException e) {
            return status == 200
                    ? new Unclear("an answer that is not understood", Duration.ofSeconds(1))
                    : new Refused("status_" + status, Map.of());
        }
    }

    private static Answer parse(int status, byte[] body) {
        Instant receivedAt = null;
        String code = "status_" + status;
        Map<Integer, String> refused = new HashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            json.nextToken();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                JsonToken value = json.nextToken();
                if (name.equals("receivedAt")) {
                    receivedAt = Instant.parse(json.getString());
                } else if (name.equals("code") && value == JsonToken.VALUE_STRING) {
                    code = json.getString();
                } else if (name.equals("rejected") && value == JsonToken.START_ARRAY) {
                    refused(json, refused);
                } else {
                    json.skipChildren();
                }
            }
        }
        if (status != 200) {
            return new Refused(code, refused);
        }
        return receivedAt != null
                ? new Kept(receivedAt, refused)
                : new Unclear("an answer without receivedAt", Duration.ofSeconds(1));
    }

    private static void refused(JsonParser json, Map<Integer, String> refused) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            int index = -1;
            String code = "";
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                JsonToken value = json.nextToken();
                if (name.equals("index") && value == JsonToken.VALUE_NUMBER_INT) {
                    index = json.getIntValue();
                } else if (name.equals("code") && value == JsonToken.VALUE_STRING) {
                    code = json.getString();
                } else {
                    json.skipChildren();
                }
            }
            refused.put(index, code);
        }
    }

    private static Duration pause(@Nullable String retryAfter) {
        boolean seconds = retryAfter != null && retryAfter.matches("[0-9]{1,3}");
        return seconds ? Duration.ofSeconds(Math.min(30, Long.parseLong(retryAfter))) : Duration.ofMillis(250);
    }
}
