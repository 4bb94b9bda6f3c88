package dev.sluice.classifier.aws;

import dev.sluice.classifier.Identity;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;

/** The JSON form of {@link Identity}, version {@value #VERSION}. Stateless. */
final class IdentityJson {
    static final int VERSION = 1;

    private IdentityJson() {}

    /** Writes it. */
    static byte[] write(Identity identity) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", VERSION);
            json.writeStringProperty("name", identity.name().qualified());
            json.writeNumberProperty("version", identity.version());
            identity.goesBy().ifPresent(person -> json.writeStringProperty("person", person.qualified()));
            write(json, "names", identity.names());
            write(json, "parted", identity.parted());
            json.writeNumberProperty("below", identity.below());
            json.writeStringProperty("cause", identity.cause());
            json.writeStringProperty("at", identity.at().toString());
            json.writeStringProperty("writer", identity.writer());
        });
    }

    /** @throws MalformedException if the bytes are not of this version */
    static Identity read(byte[] bytes) {
        Value.Fields json = JsonText.readObject(bytes).ofVersion(VERSION);
        return new Identity(
                PersonKey.parse(json.text("name")),
                json.whole("version"),
                json.findText("person").map(PersonKey::parse),
                people(json, "names"),
                people(json, "parted"),
                (int) Math.min(Integer.MAX_VALUE, json.whole("below")),
                json.text("cause"),
                JsonText.instant("at", json.text("at")),
                json.text("writer"));
    }

    private static void write(JsonGenerator json, String field, SortedSet<PersonKey> people) {
        json.writeArrayPropertyStart(field);
        people.forEach(person -> json.writeString(person.qualified()));
        json.writeEndArray();
    }

    private static SortedSet<PersonKey> people(Value.Fields json, String field) {
        SortedSet<PersonKey> people = new TreeSet<>();
        for (Value each : json.list(field)) {
            if (!(each instanceof Value.Text(var text))) {
                throw new MalformedException(field + " must hold texts");
            }
            people.add(PersonKey.parse(text));
        }
        return people;
    }
}
