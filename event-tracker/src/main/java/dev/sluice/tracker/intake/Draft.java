package dev.sluice.tracker.intake;

import dev.sluice.tracker.Problem;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was found in one event, as places in the body: the text fields that decide who, what and when, and the members
 * that are copied. Used by one thread, again and again; it says nothing once the body is gone.
 */
final class Draft {
    private static final int FEW = 16;
    /** Room for more members than this is not kept. */
    private static final int KEPT = 128;

    private static final byte[] NOTHING = {};

    private byte[] body = NOTHING;
    private int start;
    private int end;
    private @Nullable Problem fault;
    private boolean nameIsText;

    /** By {@link Field#ordinal()}; empty text is not held, so 0 to 0 is a field that is not there. */
    private final int[] heldFrom = new int[Field.HELD];

    private final int[] heldTo = new int[Field.HELD];
    private int escapes;
    private int writeKeyFrom;
    private int writeKeyTo;
    private boolean writeKeyEscaped;

    private Field[] fields = new Field[FEW];
    private int[] memberFrom = new int[FEW];
    private int[] valueFrom = new int[FEW];
    private int[] memberTo = new int[FEW];
    private boolean[] spaced = new boolean[FEW];
    private int members;

    void begin(byte[] of, int at) {
        body = of;
        start = at;
        end = at;
        fault = null;
        nameIsText = true;
        Arrays.fill(heldFrom, 0);
        Arrays.fill(heldTo, 0);
        escapes = 0;
        writeKeyFrom = 0;
        writeKeyTo = 0;
        members = 0;
    }

    void end(int at, @Nullable Problem found) {
        end = at;
        fault = found;
    }

    /** Lets go of the body, and of room that only an unusual event needed. */
    void forget() {
        body = NOTHING;
        if (fields.length > KEPT) {
            room(FEW);
        }
    }

    private void room(int size) {
        fields = Arrays.copyOf(fields, size);
        memberFrom = Arrays.copyOf(memberFrom, size);
        valueFrom = Arrays.copyOf(valueFrom, size);
        memberTo = Arrays.copyOf(memberTo, size);
        spaced = Arrays.copyOf(spaced, size);
    }

    /** Keeps the place of a text that is not empty. */
    void hold(Field field, int from, int to, boolean escaped) {
        heldFrom[field.ordinal()] = from;
        heldTo[field.ordinal()] = to;
        escapes |= escaped ? 1 << field.ordinal() : 0;
    }

    void writeKey(int from, int to, boolean escaped) {
        writeKeyFrom = from;
        writeKeyTo = to;
        writeKeyEscaped = escaped;
    }

    void nameIsNoText() {
        nameIsText = false;
    }

    /** Keeps the place of a name with its value, which is copied; {@code spaces} tells of white space inside. */
    void member(Field field, int from, int value, int to, boolean spaces) {
        if (members == fields.length) {
            room(2 * members);
        }
        fields[members] = field;
        memberFrom[members] = from;
        valueFrom[members] = value;
        memberTo[members] = to;
        spaced[members++] = spaces;
    }

    byte[] body() {
        return body;
    }

    int length() {
        return end - start;
    }

    /** The event as it came. */
    byte[] original() {
        return Arrays.copyOfRange(body, start, end);
    }

    /** What was found wrong while it was read. */
    @Nullable
    Problem fault() {
        return fault;
    }

    /** Whether {@code name} can be the name of a page or a screen. */
    boolean nameIsText() {
        return nameIsText;
    }

    boolean has(Field field) {
        return heldTo[field.ordinal()] > 0;
    }

    int from(Field field) {
        return heldFrom[field.ordinal()];
    }

    int to(Field field) {
        return heldTo[field.ordinal()];
    }

    boolean isEscaped(Field field) {
        return (escapes & 1 << field.ordinal()) != 0;
    }

    /** A held field, unless it is missing, null or empty. */
    Optional<String> text(Field field) {
        return has(field)
                ? Optional.of(StringBytes.text(body, from(field), to(field), isEscaped(field)))
                : Optional.empty();
    }

    /** The write key in the event, if it is text. */
    Optional<String> writeKey() {
        return writeKeyFrom == 0
                ? Optional.empty()
                : Optional.of(StringBytes.text(body, writeKeyFrom, writeKeyTo, writeKeyEscaped));
    }

    int members() {
        return members;
    }

    Field field(int member) {
        return fields[member];
    }

    int memberFrom(int member) {
        return memberFrom[member];
    }

    int valueFrom(int member) {
        return valueFrom[member];
    }

    int memberTo(int member) {
        return memberTo[member];
    }

    boolean isSpaced(int member) {
        return spaced[member];
    }

    /** The member of this field, or -1. */
    int find(Field field) {
        for (int i = 0; i < members; i++) {
            if (fields[i] == field) {
                return i;
            }
        }
        return -1;
    }
}
