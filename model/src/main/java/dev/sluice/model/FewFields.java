package dev.sluice.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that has few, in the order in which they were written: two arrays, gone through one by one,
 * which takes less room and less time than hashing. Immutable; equal to any map of the same entries.
 */
final class FewFields extends AbstractMap<String, Value> {
    /** Fields of the largest: an event's line, whose fields are asked for one by one, has some fifteen. */
    static final int MAX = 16;

    private final String[] names;
    private final Value[] values;
    private final int size;

    /**
     * Takes the arrays over: the caller keeps no hold of them.
     *
     * @param names different ones, as many as {@code size}; what is behind them counts for nothing
     */
    FewFields(String[] names, Value[] values, int size) {
        this.names = names;
        this.values = values;
        this.size = size;
    }

    /** @param fields at most {@link #MAX} */
    static FewFields copyOf(Map<String, Value> fields) {
        String[] names = new String[fields.size()];
        Value[] values = new Value[fields.size()];
        int size = 0;
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            names[size] = field.getKey();
            values[size++] = field.getValue();
        }
        return new FewFields(names, values, size);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable Value get(@Nullable Object name) {
        int place = place(name);
        return place < 0 ? null : values[place];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return place(name) >= 0;
    }

    private int place(@Nullable Object name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Value> action) {
        for (int i = 0; i < size; i++) {
            action.accept(names[i], values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, Value>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Value>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, Value>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public Map.Entry<String, Value> next() {
            if (next >= size) {
                throw new NoSuchElementException();
            }
            return Map.entry(names[next], values[next++]);
        }
    }
}
