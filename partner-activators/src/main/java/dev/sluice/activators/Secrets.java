package dev.sluice.activators;

/** What partners gave us to show who we are. Thread-safe; answers from memory for some minutes. */
public interface Secrets {
    /**
     * A secret.
     *
     * @param name as a connection names it
     * @throws UnreachableException if it cannot be read now
     * @throws IllegalArgumentException if there is none that may be read: names the secret (not what is in it) and what to do
     */
    Secret byName(String account, String name);

    /** A secret's text; it never shows itself. */
    final class Secret {
        private final String text;

        public Secret(String text) {
            this.text = text;
        }

        /** The secret itself, for whoever signs with it or sends it to its owner. */
        public String reveal() {
            return text;
        }

        @Override
        public String toString() {
            return "Secret[hidden]";
        }
    }
}
