package dev.sluice.rules.web;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.rules.Draft;
import dev.sluice.rules.DraftInfo;
import dev.sluice.rules.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;

/** Drafts as they are sent and answered. Stateless. */
final class DraftJson {
    private static final Set<String> KEYS = Set.of("segments", "share", "title", "author", "base");

    /** Far more than a valid one has. */
    private static final int MAX_SHARE = 32 * 1024;

    private DraftJson() {}

    /**
     * What somebody wrote.
     *
     * @param segments JSON text of an array
     * @param share JSON text of an object
     */
    record Written(Optional<String> title, Optional<String> author, OptionalInt base, String segments, String share) {
        Draft as(String account, String id, int revision, Instant at) {
            return new Draft(new DraftInfo(account, id, revision, title, author, base, at), segments, share);
        }
    }

    /**
     * Reads a body; the segments themselves may be anything.
     *
     * @param maxBytes of the segments' JSON
     * @throws MalformedException if it is not an object with an array of segments
     * @throws TooLargeException if the segments have more bytes
     */
    static Written read(byte[] body, int maxBytes) {
        Value.Fields json = JsonText.readObject(body);
        var unknown = new TreeSet<>(json.fields().keySet());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new MalformedException(
                    "unknown key " + Problem.shown(unknown.first()) + "; expected one of " + new TreeSet<>(KEYS));
        }
        if (json.find("segments").isEmpty()) {
            throw new MalformedException("segments is missing; a draft that has none yet says \"segments\": []");
        }
        byte[] wrapped = JsonText.writeObject(out -> {
            out.writeArrayPropertyStart("s");
            json.list("segments").forEach(segment -> JsonText.write(out, segment));
            out.writeEndArray();
        });
        // Without the {"s": and the } around the array.
        String segments = new String(wrapped, 5, wrapped.length - 6, StandardCharsets.UTF_8);
        if (wrapped.length - 6 > maxBytes) {
            throw new TooLargeException("the segments of a draft may have " + maxBytes
                    + " bytes without white space; publish in one go what is larger, or split it");
        }
        return new Written(json.findText("title"), json.findText("author"), base(json), segments, share(json));
    }

    private static String share(Value.Fields json) {
        byte[] share = JsonText.writeObject(out -> json.inner("share").fields().forEach((name, value) -> {
            out.writeName(name);
            JsonText.write(out, value);
        }));
        if (share.length > MAX_SHARE) {
            throw new TooLargeException("the share of a draft may have " + MAX_SHARE + " bytes without white space");
        }
        return new String(share, StandardCharsets.UTF_8);
    }

    private static OptionalInt base(Value.Fields json) {
        if (json.find("base").isEmpty()) {
            return OptionalInt.empty();
        }
        long base = json.whole("base");
        if (base < 0 || base > Requests.MAX_NUMBER) {
            throw new MalformedException("base must be the number of a rule set, or 0 for none");
        }
        return OptionalInt.of((int) base);
    }

    static byte[] one(Draft draft) {
        Value segments = JsonText.read(draft.segments().getBytes(StandardCharsets.UTF_8));
        return JsonText.writeObject(json -> {
            json.writeStringProperty("account", draft.info().account());
            info(json, draft.info());
            json.writeName("segments");
            JsonText.write(json, segments);
            if (!draft.share().equals(Draft.NO_SHARE)) {
                json.writeName("share");
                JsonText.write(json, JsonText.read(draft.share().getBytes(StandardCharsets.UTF_8)));
            }
        });
    }

    static byte[] list(String account, List<DraftInfo> drafts) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty("account", account);
            json.writeArrayPropertyStart("drafts");
            for (DraftInfo draft : drafts) {
                json.writeStartObject();
                info(json, draft);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void info(JsonGenerator json, DraftInfo draft) {
        json.writeStringProperty("id", draft.id());
        json.writeNumberProperty("revision", draft.revision());
        draft.title().ifPresent(title -> json.writeStringProperty("title", title));
        draft.author().ifPresent(author -> json.writeStringProperty("author", author));
        draft.base().ifPresent(base -> json.writeNumberProperty("base", base));
        json.writeStringProperty("updatedAt", draft.updatedAt().toString());
    }
}
