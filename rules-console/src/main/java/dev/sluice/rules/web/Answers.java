package dev.sluice.rules.web;

import dev.sluice.model.JsonText;
import dev.sluice.model.rules.RuleSet;
import java.util.List;

/** The JSON that the console answers with. Stateless. */
final class Answers {
    private Answers() {}

    static byte[] published(RuleSet rules) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty("account", rules.account());
            json.writeNumberProperty("number", rules.number());
            json.writeNumberProperty("segments", rules.segments().size());
        });
    }

    static byte[] numbers(String account, List<Integer> numbers) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty("account", account);
            json.writeArrayPropertyStart("numbers");
            numbers.forEach(json::writeNumber);
            json.writeEndArray();
        });
    }

    static byte[] problems(List<Problem> problems) {
        return JsonText.writeObject(json -> {
            json.writeArrayPropertyStart("problems");
            for (Problem problem : problems) {
                json.writeStartObject();
                json.writeStringProperty("path", problem.path());
                json.writeStringProperty("message", problem.message());
                json.writeEndObject();
            }
            json.writeEndArray();
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
}
