package dev.sluice.model.profile;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Memberships by segment id, sorted, in two arrays: one is read, copied and gone through for every event. Immutable; equal
 * to any map of the same entries.
 */
final class Memberships extends AbstractMap<String, Membership> {
    private final String[] segments;
    private final Membership[] memberships;

    private Memberships(String[] segments, Membership[] memberships) {
        this.segments = segments;
        this.memberships = memberships;
    }

    /** The same if they are of this kind already. */
    static Memberships copyOf(Map<String, Membership> memberships) {
        if (memberships instanceof Memberships same) {
            return same;
        }
        var sorted = new TreeMap<>(memberships);
        return new Memberships(
                sorted.keySet().toArray(new String[0]), sorted.values().toArray(new Membership[0]));
    }

    /** Takes memberships one after the other. Used by one thread. */
    static final class Sorted {
        private static final int FEW = 16;

        private String[] segments = new String[FEW];
        private Membership[] memberships = new Membership[FEW];
        private int size;

        /** @return whether the segment comes after the one before; if not, this is of no use any more */
        boolean add(String segment, Membership membership) {
            if (size > 0 && segment.compareTo(segments[size - 1]) <= 0) {
                return false;
            }
            if (size == segments.length) {
                segments = Arrays.copyOf(segments, 2 * size);
                memberships = Arrays.copyOf(memberships, 2 * size);
            }
            segments[size] = segment;
            memberships[size++] = membership;
            return true;
        }

        Memberships done() {
            return new Memberships(Arrays.copyOf(segments, size), Arrays.copyOf(memberships, size));
        }
    }

    @Override
    public int size() {
        return segments.length;
    }

    /** The id at a place. */
    String segment(int place) {
        return segments[place];
    }

    /** The membership at a place. */
    Membership membership(int place) {
        return memberships[place];
    }

    @Override
    public @Nullable Membership get(@Nullable Object segment) {
        int place = place(segment);
        return place < 0 ? null : memberships[place];
    }

    @Override
    public boolean containsKey(@Nullable Object segment) {
        return place(segment) >= 0;
    }

    /** The segments that hold the person directly. Nothing is built: few rules ask, and every step of a fold has it ready. */
    Set<String> direct() {
        return new AbstractSet<>() {
            @Override
            public boolean contains(@Nullable Object segment) {
                int place = place(segment);
                return place >= 0 && memberships[place].direct();
            }

            @Override
            public Iterator<String> iterator() {
                return IntStream.range(0, segments.length)
                        .filter(place -> memberships[place].direct())
                        .mapToObj(place -> segments[place])
                        .iterator();
            }

            @Override
            public int size() {
                int direct = 0;
                for (Membership membership : memberships) {
                    direct += membership.direct() ? 1 : 0;
                }
                return direct;
            }
        };
    }

    private int place(@Nullable Object segment) {
        return segment instanceof String id ? Arrays.binarySearch(segments, id) : -1;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Membership> action) {
        for (int i = 0; i < segments.length; i++) {
            action.accept(segments[i], memberships[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, Membership>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Membership>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return segments.length;
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, Membership>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < segments.length;
        }

        @Override
        public Map.Entry<String, Membership> next() {
            if (next >= segments.length) {
                throw new NoSuchElementException();
            }
            return Map.entry(segments[next], memberships[next++]);
        }
    }
}
