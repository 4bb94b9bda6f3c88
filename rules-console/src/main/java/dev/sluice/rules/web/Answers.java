package dev.sluice.rules.web;

import dev.sluice.model.JsonText;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.rules.BundleInfo;
import dev.sluice.rules.History;
import dev.sluice.rules.Inspection;
import dev.sluice.rules.Problem;
import dev.sluice.rules.Publication;
import dev.sluice.rules.RuleSetDiff;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The JSON that the console answers with. Stateless. */
final class Answers {
    private Answers() {}

    /** @param parts what the bundle mainly consists of: segments, sources */
    static byte[] published(Publication.Published publication, String parts, List<String> notes) {
        BundleInfo info = publication.info();
        return JsonText.writeObject(json -> {
            json.writeStringProperty("account", info.account());
            json.writeNumberProperty("number", info.number());
            json.writeNumberProperty(parts, info.parts());
            json.writeStringProperty("contentHash", info.contentHash());
            if (!notes.isEmpty()) {
                json.writeArrayPropertyStart("notes");
                notes.forEach(json::writeString);
                json.writeEndArray();
            }
        });
    }

    /** All numbers ascending, and what is known of one page of them, newest first. */
    static byte[] history(String account, History.Page page) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty("account", account);
            json.writeArrayPropertyStart("numbers");
            page.numbers().forEach(json::writeNumber);
            json.writeEndArray();
            json.writeArrayPropertyStart("ruleSets");
            for (History.Entry entry : page.entries()) {
                json.writeStartObject();
                json.writeNumberProperty("number", entry.number());
                entry.info()
                        .ifPresentOrElse(
                                info -> info(json, info, "segments"),
                                () -> json.writeBooleanProperty("unreadable", true));
                json.writeEndObject();
            }
            json.writeEndArray();
            if (page.more()) {
                json.writeNumberProperty("before", page.entries().getLast().number());
            }
        });
    }

    static byte[] info(BundleInfo info, List<RuleSetReport> reports) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty("account", info.account());
            json.writeNumberProperty("number", info.number());
            info(json, info, "segments");
            json.writeArrayPropertyStart("reports");
            for (RuleSetReport report : reports) {
                json.writeStartObject();
                json.writeStringProperty("program", report.program());
                json.writeStringProperty("instance", report.instance());
                json.writeStringProperty("state", report.state().word());
                report.reason().ifPresent(reason -> json.writeStringProperty("reason", reason));
                json.writeStringProperty("at", report.at().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** @param parts what the bundle mainly consists of: segments, sources */
    static void info(JsonGenerator json, BundleInfo info, String parts) {
        json.writeStringProperty("contentHash", info.contentHash());
        json.writeNumberProperty(parts, info.parts());
        json.writeStringProperty("publishedAt", info.authorship().at().toString());
        info.authorship().author().ifPresent(author -> json.writeStringProperty("author", author));
        info.authorship().reason().ifPresent(reason -> json.writeStringProperty("reason", reason));
        info.authorship().rolledBackFrom().ifPresent(number -> json.writeNumberProperty("rolledBackFrom", number));
    }

    static byte[] diff(RuleSet from, RuleSet to, RuleSetDiff diff) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty("account", to.account());
            json.writeNumberProperty("from", from.number());
            json.writeNumberProperty("to", to.number());
            json.writeArrayPropertyStart("added");
            diff.added().forEach(segment -> JsonText.write(json, segment));
            json.writeEndArray();
            json.writeArrayPropertyStart("removed");
            diff.removed().forEach(segment -> JsonText.write(json, segment));
            json.writeEndArray();
            json.writeArrayPropertyStart("changed");
            diff.changed().forEach(change -> change(json, change));
            json.writeEndArray();
            json.writeNumberProperty("same", diff.same());
            diff.share().ifPresent(share -> {
                json.writeName("share");
                change(json, share);
            });
        });
    }

    private static void change(JsonGenerator json, RuleSetDiff.Change change) {
        json.writeStartObject();
        json.writeStringProperty("id", change.id());
        json.writeArrayPropertyStart("what");
        change.what().forEach(json::writeString);
        json.writeEndArray();
        json.writeName("before");
        JsonText.write(json, change.before());
        json.writeName("after");
        JsonText.write(json, change.after());
        json.writeEndObject();
    }

    static byte[] inspection(Inspection inspection) {
        return JsonText.writeObject(json -> {
            json.writeBooleanProperty("valid", inspection.problems().isEmpty());
            problems(json, "problems", inspection.problems());
            problems(json, "warnings", inspection.warnings());
        });
    }

    static byte[] problems(List<Problem> problems) {
        return JsonText.writeObject(json -> {
            problems(json, "problems", problems);
            json.writeStringProperty("code", "invalid_rule_set");
            json.writeStringProperty("message", "nothing was published; each problem names its place");
        });
    }

    static byte[] refusal(String code, String message) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty("code", code);
            json.writeStringProperty("message", message);
        });
    }

    static byte[] health(String name, boolean healthy) {
        return JsonText.writeObject(json -> json.writeBooleanProperty(name, healthy));
    }

    static void problems(JsonGenerator json, String name, List<Problem> problems) {
        json.writeArrayPropertyStart(name);
        for (Problem problem : problems) {
            json.writeStartObject();
            json.writeStringProperty("path", problem.path());
            json.writeStringProperty("message", problem.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
