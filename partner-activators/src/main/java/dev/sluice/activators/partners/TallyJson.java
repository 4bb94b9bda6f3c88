package dev.sluice.activators.partners;

import dev.sluice.activators.delivery.Flow;
import dev.sluice.activators.delivery.Tally;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.model.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * What became of a connection as one line of log that CloudWatch takes for metrics (embedded metric format), by account and
 * connection. Stateless.
 */
final class TallyJson {
    private static final String BACKLOG = "backlog";
    private static final String OLDEST = "oldestSeconds";

    private TallyJson() {}

    /** @param backlog if it was looked at */
    static String line(String function, Flow.Id id, Tally tally, Optional<Ledger.Backlog> backlog, Instant now) {
        byte[] json = JsonText.writeObject(out -> {
            out.writeObjectPropertyStart("_aws");
            out.writeNumberProperty("Timestamp", now.toEpochMilli());
            out.writeArrayPropertyStart("CloudWatchMetrics");
            out.writeStartObject();
            out.writeStringProperty("Namespace", "Sluice/Activations");
            out.writeArrayPropertyStart("Dimensions");
            out.writeStartArray();
            out.writeString("account");
            out.writeString("connection");
            out.writeEndArray();
            out.writeEndArray();
            out.writeArrayPropertyStart("Metrics");
            for (Tally.Count count : Tally.Count.values()) {
                metric(out, name(count), "Count");
            }
            if (backlog.isPresent()) {
                metric(out, BACKLOG, "Count");
                metric(out, OLDEST, "Seconds");
            }
            out.writeEndArray();
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
            out.writeStringProperty("function", function);
            out.writeStringProperty("account", id.account());
            out.writeStringProperty("connection", id.connection());
            for (Tally.Count count : Tally.Count.values()) {
                out.writeNumberProperty(name(count), tally.of(count));
            }
            backlog.ifPresent(waiting -> {
                out.writeNumberProperty(BACKLOG, waiting.entries());
                out.writeNumberProperty(
                        OLDEST,
                        waiting.oldest()
                                .map(since -> Duration.between(since, now).toSeconds())
                                .orElse(0L));
            });
        });
        return new String(json, StandardCharsets.UTF_8) + "\n";
    }

    private static void metric(JsonGenerator out, String name, String unit) {
        out.writeStartObject();
        out.writeStringProperty("Name", name);
        out.writeStringProperty("Unit", unit);
        out.writeEndObject();
    }

    private static String name(Tally.Count count) {
        String[] words = count.name().toLowerCase(Locale.ROOT).split("_", -1);
        return words.length == 1
                ? words[0]
                : words[0] + Character.toUpperCase(words[1].charAt(0)) + words[1].substring(1);
    }
}
