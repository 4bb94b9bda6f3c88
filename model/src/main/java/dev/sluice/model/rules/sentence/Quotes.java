package dev.sluice.model.rules.sentence;

/** Text in quotes: which characters stand for themselves, and how the others are written. Stateless. */
final class Quotes {
    private Quotes() {}

    /** The text in quotes. What cannot be seen, or would change how the rest is seen, is written as its number. */
    static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (isHidden(c)) {
                        quoted.append("\\u{").append(Integer.toHexString(c)).append('}');
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    static boolean opens(char c) {
        return c == '"' || c == '“' || c == '”' || c == '„';
    }

    /** Straight quotes end with a straight one only; others, which word processors make, with any that may end. */
    static boolean closes(char opened, char c) {
        return c == '"' || (opened != '"' && (c == '”' || c == '“'));
    }

    /** Those that cannot be seen or turn the direction of writing, but for the two joiners, which letters and faces need. */
    private static boolean isHidden(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || (type == Character.FORMAT && c != 0x200c && c != 0x200d);
    }
}
