package dev.sluice.model.rules.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a sentence into {@link Token}s, the last of which is its end or text that goes wrong. Used for one sentence. */
final class Lexer {
    private static final List<String> ESCAPES = List.of("\\\"", "\\\\", "\\n", "\\t", "\\u{…}");

    private static final List<String> ENDED = List.of("text that ends with \"");
    private static final int MAX_ESCAPE = 10;

    private final String sentence;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    Lexer(String sentence) {
        this.sentence = sentence;
    }

    List<Token> tokens() {
        while (skipSpace()) {
            int c = sentence.codePointAt(at);
            if (Quotes.opens(sentence.charAt(at))) {
                if (!text()) {
                    return tokens;
                }
            } else if (Character.isLetter(c)) {
                run(Token.Kind.WORD, Lexer::isInWord);
            } else if (startsFigure()) {
                run(Token.Kind.FIGURE, Lexer::isInFigure);
            } else if (isSymbol(c)) {
                run(Token.Kind.SIGN, Lexer::isSymbol);
            } else {
                add(Token.Kind.SIGN, at + Character.charCount(c));
            }
        }
        add(Token.Kind.END, at);
        return tokens;
    }

    /** What is wrong with the text in quotes that begins at {@code start}; there must be something. */
    static Mistake mistake(String sentence, int start) {
        int i = start + 1;
        while (i < sentence.length()) {
            if (sentence.charAt(i) == '\\') {
                int after = afterEscape(sentence, i, new StringBuilder());
                if (after < 0) {
                    return wrongEscape(sentence, i);
                }
                i = after;
            } else {
                i++;
            }
        }
        return Mistake.at(sentence, start, ENDED, ENDED, sentence.substring(start), Optional.empty());
    }

    private static Mistake wrongEscape(String sentence, int backslash) {
        int end = Math.min(sentence.length(), backslash + 2);
        if (end < sentence.length() && Character.isLowSurrogate(sentence.charAt(end))) {
            end++;
        }
        boolean number = sentence.startsWith("\\u", backslash);
        if (number) {
            int close = sentence.indexOf('}', backslash);
            end = close < 0 || close > backslash + MAX_ESCAPE ? end : close + 1;
        }
        String found = sentence.substring(backslash, end);
        Optional<String> meant = number || found.length() == 1 ? Optional.empty() : Optional.of("\\" + found);
        return Mistake.at(sentence, backslash, ESCAPES, ESCAPES, found, meant);
    }

    private boolean text() {
        int start = at;
        var text = new StringBuilder();
        int i = at + 1;
        while (i < sentence.length() && !Quotes.closes(sentence.charAt(start), sentence.charAt(i))) {
            if (sentence.charAt(i) == '\\') {
                i = afterEscape(sentence, i, text);
                if (i < 0) {
                    break;
                }
            } else {
                text.append(sentence.charAt(i++));
            }
        }
        boolean ended = i >= 0 && i < sentence.length();
        at = ended ? i + 1 : sentence.length();
        tokens.add(new Token(ended ? Token.Kind.TEXT : Token.Kind.BROKEN, text.toString(), start, at));
        return ended;
    }

    /** Appends what the escape at {@code i} stands for; where it ends, or −1 if it stands for nothing. */
    private static int afterEscape(String sentence, int i, StringBuilder text) {
        if (i + 1 >= sentence.length()) {
            return -1;
        }
        char c = sentence.charAt(i + 1);
        if (c == 'u') {
            return afterNumber(sentence, i + 2, text);
        }
        if (c == '\\' || Quotes.opens(c)) {
            text.append(c);
            return i + 2;
        }
        if (c == 'n' || c == 't') {
            text.append(c == 'n' ? '\n' : '\t');
            return i + 2;
        }
        return -1;
    }

    private static int afterNumber(String sentence, int open, StringBuilder text) {
        int close = sentence.indexOf('}', open);
        if (!sentence.startsWith("{", open) || close < open + 2 || close > open + 7) {
            return -1;
        }
        int number = 0;
        for (int i = open + 1; i < close; i++) {
            int digit = Character.digit(sentence.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            number = number * 16 + digit;
        }
        boolean half = number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE;
        if (half || !Character.isValidCodePoint(number)) {
            return -1;
        }
        text.appendCodePoint(number);
        return close + 1;
    }

    private boolean skipSpace() {
        while (at < sentence.length() && isSpace(sentence.charAt(at))) {
            at++;
        }
        return at < sentence.length();
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private boolean startsFigure() {
        char c = sentence.charAt(at);
        boolean signed = (c == '-' || c == '+') && at + 1 < sentence.length() && isDigit(sentence.charAt(at + 1));
        return signed || isDigit(c);
    }

    private interface Test {
        boolean of(int codePoint);
    }

    private void run(Token.Kind kind, Test test) {
        int end = at + Character.charCount(sentence.codePointAt(at));
        while (end < sentence.length() && test.of(sentence.codePointAt(end))) {
            end += Character.charCount(sentence.codePointAt(end));
        }
        // A full stop ends the sentence, not the number before it.
        while (kind == Token.Kind.FIGURE && sentence.charAt(end - 1) == '.') {
            end--;
        }
        add(kind, end);
    }

    private void add(Token.Kind kind, int end) {
        tokens.add(new Token(kind, sentence.substring(at, end).replace('’', '\''), at, end));
        at = end;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isInWord(int c) {
        return Character.isLetterOrDigit(c) || "_/+-'’".indexOf(c) >= 0;
    }

    private static boolean isInFigure(int c) {
        return Character.isLetterOrDigit(c) || "_/+-.:".indexOf(c) >= 0;
    }

    private static boolean isSymbol(int c) {
        return "=<>!&|".indexOf(c) >= 0;
    }
}
