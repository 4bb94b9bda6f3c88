package dev.sluice.classifier.redis;

import dev.sluice.classifier.Place;
import io.lettuce.core.cluster.SlotHash;
import java.util.BitSet;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slots of a cluster as the text that a {@link Place}'s share is, such as {@code 0-5460 7000}. Stateless. */
final class Slots {
    /** Longer ones, of very scattered slots, become everything. */
    private static final int MAX_TEXT = 4_000;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,5}(-\\d{1,5})?( |$))*");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

    private Slots() {}

    static String text(Collection<Integer> slots) {
        var set = new BitSet();
        slots.forEach(set::set);
        var text = new StringBuilder();
        for (int first = set.nextSetBit(0); first >= 0; ) {
            int end = set.nextClearBit(first);
            text.append(text.isEmpty() ? "" : " ").append(first).append(end - first > 1 ? "-" + (end - 1) : "");
            first = set.nextSetBit(end);
        }
        return text.length() > MAX_TEXT ? Place.EVERYTHING : text.toString();
    }

    /** Whether a key lies in one of them; every key does if the text is none of these. */
    static Predicate<byte[]> holding(String text) {
        if (!TEXT.matcher(text).matches()) {
            return any -> true;
        }
        var set = new BitSet();
        Matcher range = RANGE.matcher(text);
        while (range.find()) {
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            set.set(first, Math.max(first, last) + 1);
        }
        return key -> set.get(SlotHash.getSlot(key));
    }
}
