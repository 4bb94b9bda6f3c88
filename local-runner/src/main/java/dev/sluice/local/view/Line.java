package dev.sluice.local.view;

/** One line of the box, built from left to right; knows its width without the colours. Not thread-safe. */
final class Line {
    /** How a piece of text looks, in colours that are readable on dark and on light. */
    enum Style {
        PLAIN(""),
        FRAME("\033[36m"),
        TITLE("\033[1;36m"),
        LABEL("\033[2m"),
        NUMBER("\033[1m"),
        WAVE("\033[32m"),
        GOOD("\033[32m"),
        BAD("\033[1;31m");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    static final int WIDTH = 80;
    private static final String RESET = "\033[0m";

    private final boolean colours;
    private final StringBuilder text = new StringBuilder();
    private int width;

    Line(boolean colours) {
        this.colours = colours;
    }

    /** Adds text; what would leave the line is cut off. */
    Line add(Style style, String piece) {
        String fitting = piece.substring(0, Math.min(piece.length(), WIDTH - width));
        width += fitting.length();
        boolean coloured = colours && style != Style.PLAIN && !fitting.isBlank();
        text.append(coloured ? style.code + fitting + RESET : fitting);
        return this;
    }

    /** Adds blanks up to a column. */
    Line to(int column) {
        return add(Style.PLAIN, " ".repeat(Math.max(0, column - width)));
    }

    /** Adds text that ends before a column. */
    Line endAt(int column, Style style, String piece) {
        return to(column - piece.length()).add(style, piece);
    }

    /** Adds a rule up to a column. */
    Line ruleTo(int column) {
        return add(Style.FRAME, "─".repeat(Math.max(0, column - width)));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
