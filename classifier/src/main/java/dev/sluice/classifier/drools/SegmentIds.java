package dev.sluice.classifier.drools;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The ids of a rule set's segments, by their numbers. Immutable. */
final class SegmentIds {
    private final List<String> ids;
    private final Map<String, Integer> numbers = new HashMap<>();

    SegmentIds(List<String> ids) {
        this.ids = ids;
        for (int i = 0; i < ids.size(); i++) {
            numbers.put(ids.get(i), i);
        }
    }

    /** Those of these numbers, which are in order and not to be changed any more: no set of texts is built. */
    Set<String> of(int[] some) {
        return new Some(some);
    }

    /** The number of a segment, if it is one of these. */
    @Nullable
    Integer number(String id) {
        return numbers.get(id);
    }

    private final class Some extends AbstractSet<String> {
        private final int[] some;

        Some(int[] some) {
            this.some = some;
        }

        @Override
        public boolean contains(@Nullable Object id) {
            @Nullable Integer number = numbers.get(id);
            return number != null && Arrays.binarySearch(some, number) >= 0;
        }

        @Override
        public Iterator<String> iterator() {
            return IntStream.of(some).mapToObj(ids::get).iterator();
        }

        @Override
        public int size() {
            return some.length;
        }
    }
}
