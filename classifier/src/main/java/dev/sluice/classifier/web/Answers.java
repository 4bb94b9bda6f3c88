package dev.sluice.classifier.web;

import dev.sluice.classifier.Classification;
import dev.sluice.classifier.RunningRules;
import dev.sluice.model.JsonText;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** The JSON that the classifier answers with, version 1. */
final class Answers {
    private Answers() {}

    static byte[] classification(Classification result) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", 1);
            json.writeNumberProperty("classified", result.classified());
            json.writeNumberProperty("ignored", result.ignored());
            json.writeArrayPropertyStart("retry");
            result.retry().forEach(json::writeNumber);
            json.writeEndArray();
            json.writeArrayPropertyStart("setAside");
            result.setAside().forEach(line -> write(json, line));
            json.writeEndArray();
            json.writeObjectPropertyStart("ruleSets");
            result.ruleSets().forEach(json::writeNumberProperty);
            json.writeEndObject();
        });
    }

    static byte[] live() {
        return JsonText.writeObject(json -> json.writeBooleanProperty("live", true));
    }

    static byte[] ready(RunningRules.Report report) {
        return JsonText.writeObject(json -> {
            json.writeBooleanProperty("ready", report.ready());
            json.writeObjectPropertyStart("ruleSets");
            report.numbers().forEach(json::writeNumberProperty);
            json.writeEndObject();
            json.writeObjectPropertyStart("problems");
            report.problems().forEach(json::writeStringProperty);
            json.writeEndObject();
        });
    }

    static byte[] metrics(Map<String, Long> counts) {
        return JsonText.writeObject(json -> counts.forEach(json::writeNumberProperty));
    }

    static byte[] problem(String code, String message) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty("code", code);
            json.writeStringProperty("message", message);
        });
    }

    private static void write(JsonGenerator json, Classification.SetAside line) {
        json.writeStartObject();
        json.writeNumberProperty("index", line.index());
        json.writeStringProperty("code", line.code());
        json.writeStringProperty("message", line.message());
        json.writeEndObject();
    }
}
