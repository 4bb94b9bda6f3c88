package dev.sluice.local.chaos;

import dev.sluice.local.lambda.InvocationResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The order of an event's {@code Records}, and whether all of them are done. Stateless. */
final class RecordOrder {
    private static final JsonMapper JSON = new JsonMapper();

    private RecordOrder() {}

    /** The same records in another order; empty if there are fewer than two. */
    static Optional<byte[]> another(byte[] event, SplittableRandom random) {
        JsonNode read = JSON.readTree(event);
        if (!(read instanceof ObjectNode object)
                || !(object.path("Records") instanceof ArrayNode array)
                || array.size() < 2) {
            return Optional.empty();
        }
        List<JsonNode> records = new ArrayList<>(array.values());
        List<JsonNode> before = List.copyOf(records);
        Collections.shuffle(records, Random.from(random));
        if (records.equals(before)) {
            Collections.reverse(records);
        }
        array.removeAll();
        array.addAll(records);
        return Optional.of(JSON.writeValueAsBytes(object));
    }

    /** Whether a function with partial answers did every record. */
    static boolean isWholly(InvocationResult result) {
        return switch (result) {
            case InvocationResult.Success(byte[] payload) -> namesNoFailure(payload);
            case InvocationResult.FunctionError error -> false;
            case InvocationResult.Crash crash -> false;
            case InvocationResult.Timeout timeout -> false;
        };
    }

    private static boolean namesNoFailure(byte[] payload) {
        try {
            return payload.length == 0
                    || JSON.readTree(payload).path("batchItemFailures").isEmpty();
        } catch (JacksonException notJson) {
            return false;
        }
    }
}
