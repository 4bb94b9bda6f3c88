package dev.sluice.rules.web;

import dev.sluice.model.JsonText;
import dev.sluice.rules.AuthoredKind;
import dev.sluice.rules.BundleDiff;
import dev.sluice.rules.BundleInfo;
import dev.sluice.rules.History;
import dev.sluice.rules.Problem;
import dev.sluice.rules.Publication;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The JSON that the console answers of bundles of one kind. Immutable. */
record BundleAnswers<B>(AuthoredKind<B> kind) {

    byte[] published(Publication.Published published, List<Problem> warnings) {
        BundleInfo info = published.info();
        return JsonText.writeObject(json -> {
            json.writeStringProperty("account", info.account());
            json.writeNumberProperty("number", info.number());
            json.writeNumberProperty(kind.parts(), info.parts());
            json.writeStringProperty("contentHash", info.contentHash());
            Answers.problems(json, "warnings", warnings);
            if (!published.catalogued()) {
                json.writeArrayPropertyStart("notes");
                json.writeString("it is published; the table of publications did not answer and will list it later");
                json.writeEndArray();
            }
        });
    }

    static byte[] inspection(List<Problem> problems, List<Problem> warnings) {
        return JsonText.writeObject(json -> {
            json.writeBooleanProperty("valid", problems.isEmpty());
            Answers.problems(json, "problems", problems);
            Answers.problems(json, "warnings", warnings);
        });
    }

    byte[] refused(List<Problem> problems) {
        return JsonText.writeObject(json -> {
            Answers.problems(json, "problems", problems);
            json.writeStringProperty("code", "invalid_" + kind.code());
            json.writeStringProperty("message", "nothing was published; each problem names its place");
        });
    }

    byte[] history(String account, History.Page page) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty("account", account);
            json.writeArrayPropertyStart("numbers");
            page.numbers().forEach(json::writeNumber);
            json.writeEndArray();
            json.writeArrayPropertyStart(kind.listed());
            page.entries().forEach(entry -> entry(json, entry));
            json.writeEndArray();
            if (page.more()) {
                json.writeNumberProperty("before", page.entries().getLast().number());
            }
        });
    }

    private void entry(JsonGenerator json, History.Entry entry) {
        json.writeStartObject();
        json.writeNumberProperty("number", entry.number());
        entry.info()
                .ifPresentOrElse(
                        info -> Answers.info(json, info, kind.parts()),
                        () -> json.writeBooleanProperty("unreadable", true));
        json.writeEndObject();
    }

    byte[] diff(B from, B to, BundleDiff diff) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty("account", kind.account(to));
            json.writeNumberProperty("from", kind.number(from));
            json.writeNumberProperty("to", kind.number(to));
            names(json, "added", diff.added());
            names(json, "removed", diff.removed());
            names(json, "changed", diff.changed());
            json.writeNumberProperty("same", diff.same());
            Answers.problems(json, "warnings", diff.warnings());
        });
    }

    private static void names(JsonGenerator json, String key, List<String> names) {
        json.writeArrayPropertyStart(key);
        names.forEach(json::writeString);
        json.writeEndArray();
    }
}
