package dev.sluice.model.rules;

/** A rule that cannot be published. The message says what is wrong and what the limit is, for the person who wrote it. */
public final class InvalidRuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 40;

    /** Longer than any that is written here, with the few words of the rule that it shows. */
    private static final int MAX_MESSAGE = 2_000;

    public InvalidRuleException(String message) {
        super(bounded(message));
    }

    public InvalidRuleException(String message, Throwable cause) {
        super(bounded(message), cause);
    }

    /**
     * What a message shows of a text that a rule's author wrote: its first 40 characters, without those that could lead a
     * terminal, a log or a reader astray.
     */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(MAX_SHOWN).map(InvalidRuleException::harmless).forEach(shown::appendCodePoint);
        return text.codePointCount(0, Math.min(text.length(), 2 * MAX_SHOWN + 2)) > MAX_SHOWN
                ? shown.append('…').toString()
                : shown.toString();
    }

    private static int harmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> '\ufffd';
            default -> codePoint;
        };
    }

    private static String bounded(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
    }
}
