package dev.sluice.local.eventsource;

import dev.sluice.local.lambda.Invocable;
import dev.sluice.local.lambda.InvocationResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A function inside this JVM that remembers the events it got and answers as told. */
final class ScriptedFunction implements Invocable {
    static final InvocationResult SUCCESS = new InvocationResult.Success(bytes("{\"batchItemFailures\":[]}"));
    static final InvocationResult ERROR = new InvocationResult.FunctionError("Boom", "told to", bytes("{}"));

    private final JsonMapper json = new JsonMapper();
    private final Function<JsonNode, InvocationResult> script;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    ScriptedFunction(Function<JsonNode, InvocationResult> script) {
        this.script = script;
    }

    static ScriptedFunction succeeding() {
        return new ScriptedFunction(event -> SUCCESS);
    }

    @Override
    public InvocationResult invoke(byte[] event) {
        JsonNode parsed = json.readTree(event);
        events.add(parsed);
        return script.apply(parsed);
    }

    List<JsonNode> events() {
        return List.copyOf(events);
    }

    /** Every record of every invocation, in order. */
    List<JsonNode> records() {
        return events.stream().flatMap(event -> records(event).stream()).toList();
    }

    static List<JsonNode> records(JsonNode event) {
        return StreamSupport.stream(event.path("Records").spliterator(), false).toList();
    }

    /** The data of a Kinesis record as text. */
    static String data(JsonNode record) {
        return new String(
                Base64.getDecoder().decode(record.path("kinesis").path("data").asString()), StandardCharsets.UTF_8);
    }

    static InvocationResult failingFrom(String sequenceNumber) {
        return new InvocationResult.Success(
                bytes("{\"batchItemFailures\":[{\"itemIdentifier\":\"" + sequenceNumber + "\"}]}"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
