package dev.sluice.model.bundle;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;

/**
 * Whose a key is, whichever bundles name its hash: an object of its own beside the bundles, put once and never changed. JSON
 * of version {@value #VERSION}. Stateless.
 *
 * <p>Golden file: {@code golden/v1/key-claim.json}.
 */
public final class KeyClaim {
    public static final int VERSION = 1;

    /** Bytes: more is not a claim. */
    public static final int MAX_BYTES = 1_024;

    /** Where the claims of write keys are. */
    public static final String WRITE_KEYS = "write-keys/";

    /** Where the claims of read keys are. */
    public static final String READ_KEYS = "read-keys/";

    private KeyClaim() {}

    /** The name of the object that says whose a key is. */
    public static String name(String folder, String sha256) {
        return folder + sha256 + ".json";
    }

    public static byte[] write(String account) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", VERSION);
            json.writeStringProperty("account", account);
        });
    }

    /**
     * Whose the key is.
     *
     * @throws MalformedException if it is not a claim of this version
     */
    public static String read(byte[] object) {
        if (object.length > MAX_BYTES) {
            throw new MalformedException("a claim of over " + MAX_BYTES + " bytes");
        }
        Value.Fields json = JsonText.readObject(object).ofVersion(VERSION);
        // The model's own check of an account's form.
        return new PersonKey(json.text("account"), "x").account();
    }
}
