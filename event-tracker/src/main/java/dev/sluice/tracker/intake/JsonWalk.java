package dev.sluice.tracker.intake;

import dev.sluice.model.JsonText;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Problem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A strict walk over JSON text in UTF-8 that keeps nothing: it tells where a value ends and what is wrong with it.
 * Used by one thread, again and again.
 *
 * <p>There are two kinds of wrong. Text that is no JSON throws {@link RefusedInput}: where one value ends is then
 * unknown, and so is everything after it. What only spoils the event in which it stands (a name twice, too deep, half a
 * surrogate pair, a number that no later reader could take) is a fault: the first one is kept and the walk goes on.
 *
 * <p>Every method takes the index at which it begins and returns the one after what it has walked over; so the index
 * lives in a register. Strings, which are most of any event, are walked eight bytes at a time.
 */
final class JsonWalk {
    /** Beyond this a body is refused whole: no honest event is near it, and each level is a frame of the stack. */
    private static final int MAX_LEVEL = 500;
    /** Of a name, in bytes of UTF-8. */
    private static final int MAX_NAME_LENGTH = 1024;

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final Limits limits;
    private final JsonTokens tokens = new JsonTokens();
    private final SeenNames names = new SeenNames();
    private byte[] text = {};

    private int level;
    private int deepest;
    private Rules rules = Rules.GRAMMAR;
    private @Nullable Problem fault;

    /** What is asked of a value besides being JSON. */
    enum Rules {
        /** Nothing: it is passed over or judged elsewhere. */
        GRAMMAR,
        /** What any JSON reader may ask: names once, depth, length of numbers and names. */
        FORM,
        /** Also that later readers can hold each number and each text. */
        CONTENT
    }

    JsonWalk(Limits limits) {
        this.limits = limits;
    }

    /** Begins with another text, of which the first {@code length} bytes count and are UTF-8. */
    void over(byte[] body, int length) {
        text = body;
        tokens.over(body, length);
        level = 0;
        names.clear();
        rules = Rules.GRAMMAR;
        fault = null;
    }

    /** From here on faults are looked for; the next object to be opened is the first level. */
    void beginJudging() {
        rules = Rules.CONTENT;
        deepest = level + limits.depth();
        fault = null;
    }

    /** Faults are no longer looked for; the first one found, if any. */
    @Nullable
    Problem endJudging() {
        Problem found = fault;
        rules = Rules.GRAMMAR;
        fault = null;
        return found;
    }

    /** Sets what is asked of what comes next, and tells what was asked until now. */
    Rules ask(Rules next) {
        Rules before = rules;
        rules = next;
        return before;
    }

    /** Notes a fault, unless there is one already or none is looked for. */
    void fault(Problem problem) {
        if (fault == null && rules != Rules.GRAMMAR) {
            fault = problem;
        }
    }

    /** Whether nothing wrong was found since judging began. */
    boolean isGood() {
        return fault == null;
    }

    /** What the pieces were like. */
    JsonTokens tokens() {
        return tokens;
    }

    /** Walks over any value. */
    int value(int at) {
        return switch (text[at]) {
            case '"' -> text(at);
            case '{' -> object(at);
            case '[' -> array(at);
            case 't' -> tokens.word(at, TRUE);
            case 'f' -> tokens.word(at, FALSE);
            case 'n' -> tokens.word(at, NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(at);
            default -> throw JsonTokens.notJson(at);
        };
    }

    /** Requires that a value begins here: what is no JSON is told before what is the wrong JSON. */
    void requireValue(int at) {
        byte b = text[at];
        if (b != '"' && b != '{' && b != '[') {
            var unused = value(at);
        }
    }

    private int object(int from) {
        int outer = openObject();
        int at = tokens.skip(from + 1);
        boolean more = text[at] != '}';
        while (more) {
            at = value(colon(name(at)));
            at = tokens.skip(at);
            more = hasNext(at, '}');
            at = more ? tokens.skip(at + 1) : at;
        }
        closeObject(outer);
        return at + 1;
    }

    private int array(int from) {
        openLevel();
        int at = tokens.skip(from + 1);
        boolean more = text[at] != ']';
        while (more) {
            at = tokens.skip(value(at));
            more = hasNext(at, ']');
            at = more ? tokens.skip(at + 1) : at;
        }
        closeLevel();
        return at + 1;
    }

    /** Of an object or an array: true at a comma, false at its end. */
    boolean hasNext(int at, char close) {
        byte b = text[at];
        if (b != ',' && b != close) {
            throw JsonTokens.notJson(at);
        }
        return b == ',';
    }

    /** To be given to {@link #closeObject}. */
    int openObject() {
        openLevel();
        return names.open();
    }

    void closeObject(int outer) {
        names.close(outer);
        closeLevel();
    }

    void openLevel() {
        level++;
        if (level > MAX_LEVEL) {
            throw new RefusedInput(tooDeep());
        }
        if (level > deepest) {
            fault(tooDeep());
        }
    }

    void closeLevel() {
        level--;
    }

    /** Walks over a name, which must be new in its object. */
    int name(int at) {
        if (text[at] != '"') {
            throw JsonTokens.notJson(at);
        }
        int after = tokens.string(at);
        if (tokens.lastHasHalfPair()) {
            throw JsonTokens.notJson(at);
        }
        if (rules != Rules.GRAMMAR) {
            if (after - at - 2 > MAX_NAME_LENGTH && isTooLong(at + 1, after - 1)) {
                fault(new Problem("too_long", "a name is longer than " + MAX_NAME_LENGTH + " bytes"));
            }
            if (isRepeated(at, after)) {
                fault(new Problem("duplicate_key", "a key occurs twice in one object"));
            }
        }
        return after;
    }

    /** Whether the innermost object has had the name, which was walked over last, before. */
    boolean isRepeated(int at, int after) {
        return !names.add(text, at + 1, after - 1, tokens.lastIsEscaped());
    }

    private boolean isTooLong(int from, int to) {
        return !tokens.lastIsEscaped()
                || StringBytes.text(text, from, to, true).getBytes(StandardCharsets.UTF_8).length > MAX_NAME_LENGTH;
    }

    /** From the end of a name to the beginning of its value. */
    int colon(int from) {
        int at = tokens.skip(from);
        if (text[at] != ':') {
            throw JsonTokens.notJson(at);
        }
        return tokens.skip(at + 1);
    }

    private int text(int at) {
        int after = tokens.string(at);
        faultHalfPair();
        return after;
    }

    private void faultHalfPair() {
        if (tokens.lastHasHalfPair() && rules == Rules.CONTENT) {
            fault(new Problem("bad_text", "a string holds half of a surrogate pair"));
        }
    }

    private int number(int from) {
        int after = tokens.number(from);
        boolean tooLong = tokens.lastDigits() > JsonText.MAX_NUMBER_LENGTH;
        if (tooLong || rules == Rules.CONTENT && !tokens.lastIsShort() && !isReadable(from, after)) {
            fault(new Problem(
                    "bad_number",
                    "a number has more than " + JsonText.MAX_DIGITS + " digits or an exponent beyond ±"
                            + JsonText.MAX_EXPONENT));
        }
        return after;
    }

    /** Whether the reader of stored events can take a number: the same test, of the number as it keeps it. */
    private boolean isReadable(int from, int to) {
        try {
            String digits = new String(text, from, to - from, StandardCharsets.US_ASCII);
            var number = new BigDecimal(digits).stripTrailingZeros();
            return number.precision() <= JsonText.MAX_DIGITS
                    && Math.abs((long) number.scale()) <= JsonText.MAX_EXPONENT;
        } catch (ArithmeticException | NumberFormatException e) {
            // An exponent beyond what a BigDecimal can hold, as written or once stripped.
            return false;
        }
    }

    private Problem tooDeep() {
        return new Problem("too_deep", "nested deeper than " + limits.depth() + " levels");
    }
}
