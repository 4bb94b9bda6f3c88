package dev.sluice.local.report;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a report as JSON, for {@code --report FILE}. */
public final class ReportJson {
    private static final JsonFactory JSON = new JsonFactory();

    private ReportJson() {}

    /** Replaces the file. */
    public static void write(Report report, Path file) throws IOException {
        Files.writeString(file, text(report) + "\n");
    }

    /** One JSON object on one line. */
    public static String text(Report report) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("v", 1);
            json.writeBooleanProperty("passed", report.passed());
            json.writeNumberProperty("tookMillis", report.tookMillis());
            intake(json, report);
            outcome(json, report);
            latency(json, "latencyMillis", report.latencyMillis());
            latency(json, "interceptionToPartnerMillis", report.interceptionToPartnerMillis());
            latency(json, "dueToPartnerMillis", report.dueToPartnerMillis());
            comparison(json, report);
            if (report.faults().asked()) {
                chaos(json, report.faults());
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void intake(JsonGenerator json, Report report) {
        json.writeNumberProperty("accepted", report.accepted());
        json.writeNumberProperty("rejected", report.rejected());
        json.writeNumberProperty("wronglyAccepted", report.wronglyAccepted());
        json.writeNumberProperty("wronglyRejected", report.wronglyRejected());
        json.writeNumberProperty("unclearAnswers", report.unclearAnswers());
        json.writeNumberProperty("uncertain", report.uncertain());
    }

    private static void outcome(JsonGenerator json, Report report) {
        json.writeNumberProperty("classified", report.classified());
        json.writeNumberProperty("profileWrites", report.profileWrites());
        json.writeNumberProperty("changes", report.changes());
        json.writeNumberProperty("setAside", report.setAside());
        json.writeNumberProperty("delivered", report.delivered());
        json.writeNumberProperty("superseded", report.superseded());
        json.writeNumberProperty("redelivered", report.redelivered());
        json.writeNumberProperty("lost", report.lost());
        json.writeNumberProperty("duplicatesDelivered", report.duplicatesDelivered());
    }

    private static void latency(JsonGenerator json, String name, Percentiles percentiles) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("p50", percentiles.p50());
        json.writeNumberProperty("p99", percentiles.p99());
        json.writeNumberProperty("count", percentiles.count());
        json.writeEndObject();
    }

    private static void comparison(JsonGenerator json, Report report) {
        json.writeNumberProperty("peopleCompared", report.peopleCompared());
        json.writeNumberProperty("uncertainPeople", report.uncertainPeople());
        json.writeNumberProperty("membershipMismatches", report.membershipMismatches());
        json.writeNumberProperty("pushMismatches", report.pushMismatches());
        list(json, "failures", report.failures());
        list(json, "mismatches", report.mismatches());
    }

    private static void chaos(JsonGenerator json, Faults faults) {
        json.writeObjectPropertyStart("chaos");
        json.writeNumberProperty("seed", faults.seed());
        json.writeNumberProperty("faults", faults.total());
        json.writeObjectPropertyStart("byKind");
        faults.byKind().forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void list(JsonGenerator json, String name, List<String> words) {
        json.writeArrayPropertyStart(name);
        words.forEach(json::writeString);
        json.writeEndArray();
    }
}
