package dev.sluice.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an author sends to be published or looked at: {@code {"segments": […], "share": {…}}} and {@link Remarks}. Without
 * {@code share} nothing is shared. Immutable. */
public record Submission(Inspection inspection, Remarks remarks) {
    private static final Set<String> KEYS = Stream.concat(Stream.of("segments", "share"), Remarks.KEYS.stream())
            .collect(Collectors.toUnmodifiableSet());

    /**
     * Reads it; what is wrong with the segments is in the inspection.
     *
     * @throws MalformedException if it is not one JSON object, or a remark is not what it must be
     */
    public static Submission read(byte[] body) {
        Value.Fields json = JsonText.readObject(body);
        Remarks remarks = Remarks.read(json);
        Inspection inspection = inspect(json, remarks).sharing(json);
        List<String> unknown = json.fields().keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .toList();
        return new Submission(unknown.isEmpty() ? inspection : inspection.with(unknownKey(unknown)), remarks);
    }

    /** What an account's draft comes to, published with these remarks. */
    public static Submission of(Draft draft, Remarks remarks) {
        Value segments = JsonText.read(draft.segments().getBytes(StandardCharsets.UTF_8));
        Value share = JsonText.read(draft.share().getBytes(StandardCharsets.UTF_8));
        Value.Fields json = Value.Fields.NONE.with("segments", segments).with("share", share);
        return new Submission(inspect(json, remarks).sharing(json), remarks);
    }

    private static Inspection inspect(Value.Fields json, Remarks remarks) {
        if (json.find("segments").isEmpty()) {
            // A missing list, or null, must not pass for an empty one.
            return refused("is missing; say \"segments\": […]");
        }
        if (!(json.find("segments").get() instanceof Value.Many elements)) {
            return refused("must be an array");
        }
        return empty(elements.values(), remarks);
    }

    private static Inspection empty(List<Value> elements, Remarks remarks) {
        return elements.isEmpty() && !remarks.allowEmpty()
                ? refused("is empty: publishing that takes everyone out of every segment; if it is meant, add"
                        + " \"allowEmpty\": true")
                : Inspection.of(elements);
    }

    private static Inspection refused(String message) {
        return new Inspection(List.of(), List.of(new Problem("segments", message)));
    }

    private static Problem unknownKey(List<String> unknown) {
        return new Problem(
                "",
                "unknown key " + Problem.shown(unknown.getFirst()) + "; expected one of "
                        + KEYS.stream().sorted().toList());
    }
}
