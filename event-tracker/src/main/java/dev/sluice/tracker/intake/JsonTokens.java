package dev.sluice.tracker.intake;

/**
 * The smallest pieces of JSON text in UTF-8: strings, numbers, words and the white space between them. Used by one
 * thread, again and again.
 *
 * <p>Every method takes the index at which it begins and returns the one after what it has walked over; so the index
 * lives in a register. Text that is no JSON throws {@link RefusedInput}. Strings, which are most of any event, are walked
 * eight bytes at a time.
 */
final class JsonTokens {
    /** A number as long as this or shorter, without an exponent, is within all limits. */
    private static final int SHORT_NUMBER = 18;

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private byte[] text = {};
    private int end;

    private boolean escaped;
    private boolean halfPair;
    private boolean spaces;
    private int digits;
    private boolean shortNumber;

    /** Begins with another text, of which the first {@code length} bytes count and are UTF-8. */
    void over(byte[] body, int length) {
        text = body;
        end = length;
        spaces = false;
    }

    /** Whether there is an escape in the last string. */
    boolean lastIsEscaped() {
        return escaped;
    }

    /** Whether there is half of a surrogate pair in the last string, which JSON can escape but no store can hold. */
    boolean lastHasHalfPair() {
        return halfPair;
    }

    /** How many digits the last number has, those of its exponent among them. */
    int lastDigits() {
        return digits;
    }

    /** Whether the last number is so short that it is within any limit. */
    boolean lastIsShort() {
        return shortNumber;
    }

    /** Whether there was white space between tokens since this was last asked. */
    boolean hadSpaces() {
        boolean had = spaces;
        spaces = false;
        return had;
    }

    /** Walks over white space to the next byte, which there must be. */
    int skip(int from) {
        int at = from;
        while (at < end) {
            byte b = text[at];
            if (b > ' ' || b < 0) {
                return at;
            }
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                throw notJson(at);
            }
            spaces = true;
            at++;
        }
        throw cutShort();
    }

    /** Walks over white space to the end of the text. */
    void requireEnd(int from) {
        for (int at = from; at < end; at++) {
            byte b = text[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                throw new RefusedInput("invalid_json", "there is text after the JSON object");
            }
        }
    }

    /** From the opening quote to after the closing one. */
    int string(int from) {
        escaped = false;
        halfPair = false;
        int at = from + 1;
        while (true) {
            while (at + Long.BYTES <= end) {
                long marks = marks((long) Utf8.LONGS.get(text, at));
                if (marks != 0) {
                    at += Long.numberOfTrailingZeros(marks) >>> 3;
                    break;
                }
                at += Long.BYTES;
            }
            if (at >= end) {
                throw cutShort();
            }
            byte b = text[at];
            if (b == '"') {
                return at + 1;
            }
            if (b == '\\') {
                at = escape(at);
            } else if (b >= 0 && b < ' ') {
                throw notJson(at);
            } else {
                at++;
            }
        }
    }

    /**
     * The high bit of each byte that is a quote, a backslash or a control character, up to and including the first such
     * byte; bits above it may be wrong, since a subtraction borrows from the next byte. A byte minus one has its high
     * bit set only if it was zero, or beyond 0x80 already, which the last line takes out.
     */
    private static long marks(long word) {
        long quote = (word ^ '"' * ONES) - ONES;
        long backslash = (word ^ '\\' * ONES) - ONES;
        long control = word - ' ' * ONES;
        return (quote | backslash | control) & ~word & HIGH_BITS;
    }

    private int escape(int at) {
        escaped = true;
        if (at + 1 >= end) {
            throw cutShort();
        }
        return switch (text[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
            case 'u' -> unicode(at);
            default -> throw notJson(at + 1);
        };
    }

    /** Halves of a surrogate pair come as two escapes, one after the other, or they are none. */
    private int unicode(int at) {
        int after = hex(at);
        char unit = StringBytes.unit(text, at);
        if (!Character.isSurrogate(unit)) {
            return after;
        }
        boolean another = after + 1 < end && text[after] == '\\' && text[after + 1] == 'u';
        if (Character.isHighSurrogate(unit) && another) {
            int afterPair = hex(after);
            if (Character.isLowSurrogate(StringBytes.unit(text, after))) {
                return afterPair;
            }
        }
        halfPair = true;
        return after;
    }

    private int hex(int at) {
        for (int i = at + 2; i < at + 6; i++) {
            if (i >= end) {
                throw cutShort();
            }
            if (Character.digit(text[i], 16) < 0) {
                throw notJson(i);
            }
        }
        return at + 6;
    }

    /** A number, as exactly as JSON writes them. */
    int number(int from) {
        int at = text[from] == '-' ? from + 1 : from;
        int whole = at;
        at = digits(at);
        if (text[whole] == '0' && at > whole + 1) {
            throw notJson(whole + 1);
        }
        int count = at - whole;
        if (at < end && text[at] == '.') {
            int fraction = at + 1;
            at = digits(fraction);
            count += at - fraction;
        }
        boolean exponent = at < end && (text[at] == 'e' || text[at] == 'E');
        if (exponent) {
            at++;
            if (at < end && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            int power = at;
            at = digits(power);
            count += at - power;
        }
        digits = count;
        shortNumber = !exponent && at - from <= SHORT_NUMBER;
        return at;
    }

    /** At least one. */
    private int digits(int from) {
        int at = from;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw at < end ? notJson(at) : cutShort();
        }
        return at;
    }

    /** One of the three words of JSON. */
    int word(int at, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (at + i >= end) {
                throw cutShort();
            }
            if (text[at + i] != word[i]) {
                throw notJson(at + i);
            }
        }
        return at + word.length;
    }

    static RefusedInput notJson(int at) {
        return new RefusedInput("invalid_json", "this is not JSON at byte " + at);
    }

    private RefusedInput cutShort() {
        return new RefusedInput("invalid_json", "the JSON is cut short at byte " + end);
    }
}
