package dev.sluice.tracker.intake;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of the objects that are open while JSON text is walked, to find one that occurs twice. Used by one thread,
 * again and again.
 *
 * <p>A name is where it stands in the text and a cheap hash, both on one stack for all open objects; it is compared with
 * those of its own object one by one, which for few names is faster than any table and makes no garbage. An object with
 * many names, or with one that is spelt with escapes, goes over to a set of strings: that is rare, and Java's set holds
 * its speed against names that were chosen to collide.
 */
final class SeenNames {
    /** Up to here one by one. */
    private static final int FEW = 64;
    /** Odd and without a pattern, so that a product's upper bits depend on all lower ones. */
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private int[] hashes = new int[4 * FEW];
    private int[] starts = new int[4 * FEW];
    private int[] ends = new int[4 * FEW];
    private int size;
    /** Where the innermost open object's names begin. */
    private int base;

    @SuppressWarnings("unchecked")
    private @Nullable Set<String>[] spelt = (Set<String>[]) new Set<?>[16];

    private int depth = -1;

    /** Forgets all. */
    void clear() {
        size = 0;
        base = 0;
        depth = -1;
        Arrays.fill(spelt, null);
    }

    /** Begins an object; what is returned is to be given back at its end. */
    int open() {
        int outer = base;
        base = size;
        depth++;
        if (depth == spelt.length) {
            spelt = Arrays.copyOf(spelt, 2 * depth);
        }
        spelt[depth] = null;
        return outer;
    }

    /** Ends the innermost object. */
    void close(int outer) {
        spelt[depth] = null;
        depth--;
        size = base;
        base = outer;
    }

    /** Whether the innermost object has not had this name yet. */
    boolean add(byte[] text, int from, int to, boolean escaped) {
        Set<String> names = spelt[depth];
        if (names == null && (escaped || size - base == FEW)) {
            names = spellOut(text);
            spelt[depth] = names;
        }
        if (names != null) {
            return names.add(StringBytes.text(text, from, to, escaped));
        }
        int hash = hash(text, from, to);
        for (int i = base; i < size; i++) {
            if (hashes[i] == hash && Arrays.equals(text, starts[i], ends[i], text, from, to)) {
                return false;
            }
        }
        push(hash, from, to);
        return true;
    }

    private Set<String> spellOut(byte[] text) {
        Set<String> names = new HashSet<>();
        for (int i = base; i < size; i++) {
            names.add(StringBytes.text(text, starts[i], ends[i], false));
        }
        return names;
    }

    private void push(int hash, int from, int to) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        hashes[size] = hash;
        starts[size] = from;
        ends[size++] = to;
    }

    /** Of the first eight bytes, the last eight and the length. */
    private static int hash(byte[] text, int from, int to) {
        int length = to - from;
        long word = 0;
        if (length >= Long.BYTES) {
            word = (long) Utf8.LONGS.get(text, from) * MIX ^ (long) Utf8.LONGS.get(text, to - Long.BYTES);
        } else {
            for (int i = from; i < to; i++) {
                word = word << Byte.SIZE | text[i] & 0xff;
            }
        }
        long mixed = (word + length) * MIX;
        return (int) (mixed >>> Integer.SIZE);
    }
}
