package dev.sluice.model;

/**
 * One of the ids by which a client names a person. Immutable.
 *
 * @param kind {@link #USER}, {@link #ANONYMOUS}, {@link #PREVIOUS}, {@link #DEVICE}, or the {@code type} of one of
 *     Segment's {@code context.externalIds}
 * @param value as it was sent
 */
public record Identifier(String kind, String value) {
    /** The application's own id of a user. */
    public static final String USER = "userId";
    /** What a client makes up before anybody logs in. */
    public static final String ANONYMOUS = "anonymousId";
    /** Of an alias: the id by which the person went before. */
    public static final String PREVIOUS = "previousId";
    /** {@code context.device.id}. */
    public static final String DEVICE = "deviceId";
}
