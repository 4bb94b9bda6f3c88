package dev.sluice.activators.oauth;

/** What came of asking for an access token. Reasons hold nothing of the secret. Immutable. */
public sealed interface Token {
    /** A token that is good for some minutes yet; it never shows itself. */
    record Granted(String bearer) implements Token {
        @Override
        public String toString() {
            return "Granted[hidden]";
        }
    }

    /** The service account is not taken, or what should describe it does not: somebody must put it right. */
    record Refused(String reason) implements Token {}

    /** There is none for now. */
    record Unavailable(String reason) implements Token {}
}
