package dev.sluice.model.rules.sentence;

/**
 * A piece of a sentence.
 *
 * @param text of a {@link Kind#TEXT} what it stands for, of any other as it is written
 * @param start offset of its first {@code char}
 * @param end offset behind its last
 */
record Token(Kind kind, String text, int start, int end) {
    enum Kind {
        /** A letter and what may follow it in a word, a function's name or a time zone's. */
        WORD,
        /** Text in quotes. */
        TEXT,
        /** A number, date or time, or what begins like one. */
        FIGURE,
        /** A parenthesis, a comma, or whatever else. */
        SIGN,
        /** The end of the sentence. */
        END,
        /** Text that goes wrong within its quotes; nothing follows it. */
        BROKEN
    }

    /** Whether this is the word or sign that stands in a phrase from one index to another. */
    boolean is(String phrase, int from, int to) {
        return (kind == Kind.WORD || kind == Kind.SIGN)
                && text.length() == to - from
                && text.regionMatches(true, 0, phrase, from, to - from);
    }

    boolean is(String word) {
        return is(word, 0, word.length());
    }
}
