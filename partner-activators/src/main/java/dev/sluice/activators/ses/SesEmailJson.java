package dev.sluice.activators.ses;

import dev.sluice.activators.messages.Message;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * A message as SES takes it.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html">SendEmail, read in November
 *     2026</a>
 */
final class SesEmailJson {
    private SesEmailJson() {}

    static byte[] write(Message message, String unsubscribe) {
        Value.Fields settings = message.target().connection().settings();
        return JsonText.writeObject(json -> {
            json.writeStringProperty("FromEmailAddress", settings.text("from"));
            json.writeObjectPropertyStart("Destination");
            list(json, "ToAddresses", message.target().address());
            json.writeEndObject();
            settings.findText("replyTo").ifPresent(address -> list(json, "ReplyToAddresses", address));
            settings.findText("configurationSet")
                    .ifPresent(name -> json.writeStringProperty("ConfigurationSetName", name));
            json.writeObjectPropertyStart("Content");
            json.writeObjectPropertyStart("Simple");
            text(json, "Subject", oneLine(message.parts().getOrDefault("subject", "")));
            body(json, message.parts());
            headers(json, unsubscribe);
            json.writeEndObject();
            json.writeEndObject();
            tags(json, message);
        });
    }

    private static void body(JsonGenerator json, Map<String, String> parts) {
        json.writeObjectPropertyStart("Body");
        Optional.ofNullable(parts.get("text")).ifPresent(text -> text(json, "Text", text));
        Optional.ofNullable(parts.get("html")).ifPresent(html -> text(json, "Html", html));
        json.writeEndObject();
    }

    /** One click unsubscribes, as RFC 8058 has it. */
    private static void headers(JsonGenerator json, String unsubscribe) {
        json.writeArrayPropertyStart("Headers");
        header(json, "List-Unsubscribe", "<" + unsubscribe + ">");
        header(json, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        json.writeEndArray();
    }

    /** They come back with bounces and complaints, which thereby find their account. */
    private static void tags(JsonGenerator json, Message message) {
        json.writeArrayPropertyStart("EmailTags");
        header(json, "account", message.target().person().account());
        header(json, "campaign", message.target().connection().name());
        header(json, "delivery", message.id());
        json.writeEndArray();
    }

    private static void header(JsonGenerator json, String name, String value) {
        json.writeStartObject();
        json.writeStringProperty("Name", name);
        json.writeStringProperty("Value", value);
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, String data) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("Data", data);
        json.writeStringProperty("Charset", "UTF-8");
        json.writeEndObject();
    }

    private static void list(JsonGenerator json, String name, String element) {
        json.writeArrayPropertyStart(name);
        json.writeString(element);
        json.writeEndArray();
    }

    /** A value with a line break must not end the subject. */
    private static String oneLine(String subject) {
        return subject.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
