package dev.sluice.activators.aws;

import dev.sluice.activators.delivery.FlowState;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A {@link FlowState} as JSON, version 1. Stateless. */
final class FlowStateJson {
    private static final int VERSION = 1;

    private FlowStateJson() {}

    static byte[] write(FlowState state) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", VERSION);
            json.writeStringProperty("arrival", state.arrival().toString());
            // As text: its digits are more than the model's numbers have.
            json.writeStringProperty("rate", Double.toString(state.rate()));
            json.writeStringProperty("slowedAt", state.slowedAt().toString());
            json.writeStringProperty("aloneUntil", state.aloneUntil().toString());
            json.writeNumberProperty("failures", state.failures());
            json.writeNumberProperty("openings", state.openings());
            json.writeStringProperty("openUntil", state.openUntil().toString());
            json.writeStringProperty("probeUntil", state.probeUntil().toString());
            json.writeObjectPropertyStart("parked");
            state.parked().forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeNumberProperty("tookMillis", state.took().toMillis());
        });
    }

    /** @throws MalformedException if it is none */
    static FlowState read(byte[] utf8) {
        Value.Fields json = JsonText.readObject(utf8).ofVersion(VERSION);
        Map<String, String> parked = new TreeMap<>();
        Value.Fields audiences = json.inner("parked");
        audiences.fields().keySet().forEach(audience -> parked.put(audience, audiences.text(audience)));
        return new FlowState(
                instant(json, "arrival"),
                Double.parseDouble(json.text("rate")),
                instant(json, "slowedAt"),
                instant(json, "aloneUntil"),
                (int) json.whole("failures"),
                (int) json.whole("openings"),
                instant(json, "openUntil"),
                instant(json, "probeUntil"),
                parked,
                // Items of before do not say it.
                Duration.ofMillis(json.find("tookMillis").isPresent() ? json.whole("tookMillis") : 0));
    }

    private static Instant instant(Value.Fields json, String name) {
        // To the nanosecond, which the model's instants are not.
        try {
            return Instant.parse(json.text(name));
        } catch (DateTimeException e) {
            throw new MalformedException(name + " must be an instant", e);
        }
    }
}
