package dev.sluice.activators.propagator;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/**
 * That versions of profiles may have been lost between the table and the activations stream. Immutable; noted as {@link
 * #NAME} until the table has been gone through.
 *
 * @param noticedAt when
 * @param reason by what it was noticed
 */
public record Gap(Instant noticedAt, Reason reason) {
    /** Name of the mark. */
    public static final String NAME = "gap";

    private static final int VERSION = 1;

    /** What says that something may be lost. */
    public enum Reason {
        /** Nothing was propagated for about as long as the stream keeps records. */
        WAS_OFF,
        /** Records came that are about as old as the oldest that the stream keeps: older ones may be gone. */
        OLD_RECORDS;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** As it is noted. */
    public byte[] toJson() {
        return JsonText.write(Value.Fields.NONE
                .with("v", Value.of(VERSION))
                .with("noticedAt", Value.of(noticedAt.toString()))
                .with("reason", Value.of(reason.word())));
    }

    /** @throws MalformedException if it is not one */
    public static Gap fromJson(byte[] bytes) {
        Value.Fields json = JsonText.readObject(bytes).ofVersion(VERSION);
        String word = json.text("reason");
        Reason reason = Arrays.stream(Reason.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new MalformedException("reason is not one that is known"));
        return new Gap(JsonText.instant("noticedAt", json.text("noticedAt")), reason);
    }
}
