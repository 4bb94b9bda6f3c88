package dev.sluice.model.rules;

/** Names of traits that have a meaning of their own in rules. */
public final class Traits {
    /** An object of channel to flag: {@code {"sms": true, "email": false}}. */
    public static final String CONSENTS = "consents";
    /** Degrees north, −90 to 90. */
    public static final String LATITUDE = "latitude";
    /** Degrees east, −180 to 180. */
    public static final String LONGITUDE = "longitude";
    /** Text. */
    public static final String POSTAL_CODE = "postalCode";

    private Traits() {}
}
