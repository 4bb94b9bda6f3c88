package dev.sluice.classifier.drools;

import dev.sluice.model.Value;
import dev.sluice.model.rules.Occurrence;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person's kept events while one observation is evaluated. What was looked up is not looked up again before the next
 * observation; it stands at the number that the {@link Numbering} gave it. Used by one thread.
 *
 * <p><b>Stamps.</b> Each observation has a number, and an entry counts only if it bears it: so that many thousand entries
 * need no wiping between two observations.
 */
final class Events {
    /** No place in history. */
    static final int NONE = -1;

    private final Numbering numbering;
    private final Now now;
    private List<Occurrence> history = List.of();
    private int stamp;

    private int indexedAt;
    private long[] times = {};
    /** The newest event of each kind, and of each event the one of its kind before it. */
    private final int[] newest;

    /** How many events there are of each kind. */
    private final int[] counts;

    private int[] previous = {};

    private final int[] selectedAt;
    private final int[] selectedCount;
    private final int[][] selected;
    private final int[] slicedAt;
    private final int[] sliceFrom;
    private final int[] sliceTo;

    Events(Numbering numbering, Now now) {
        this.numbering = numbering;
        this.now = now;
        this.newest = new int[numbering.kinds()];
        this.counts = new int[numbering.kinds()];
        this.selectedAt = new int[numbering.selections()];
        this.selectedCount = new int[numbering.selections()];
        this.selected = new int[numbering.selections()][0];
        this.slicedAt = new int[numbering.slices()];
        this.sliceFrom = new int[numbering.slices()];
        this.sliceTo = new int[numbering.slices()];
    }

    /**
     * Looks at another history.
     *
     * @param number of the observation, over 0
     */
    void look(List<Occurrence> other, int number) {
        history = other;
        stamp = number;
    }

    /** Lets go of what was looked at. */
    void forget() {
        history = List.of();
    }

    boolean isEmpty() {
        return history.isEmpty();
    }

    /** Forgets all numbers, when they begin anew. */
    void wipe() {
        indexedAt = 0;
        Arrays.fill(selectedAt, 0);
        Arrays.fill(slicedAt, 0);
    }

    /** How many events are in a slice. */
    int count(Numbering.Slice slice) {
        int number = slice.number();
        if (slicedAt[number] != stamp) {
            slicedAt[number] = stamp;
            cut(slice);
        }
        return sliceTo[number] - sliceFrom[number];
    }

    /** The place in history of one of a slice's events, 0 being the oldest; after {@link #count}. */
    int place(Numbering.Slice slice, int index) {
        return selected[slice.selection().number()][sliceFrom[slice.number()] + index];
    }

    /** One of a slice's events, as of {@link #place}. */
    Occurrence event(Numbering.Slice slice, int index) {
        return history.get(place(slice, index));
    }

    /** When one of a slice's events happened, in epoch milliseconds. */
    long time(Numbering.Slice slice, int index) {
        return times[place(slice, index)];
    }

    private void cut(Numbering.Slice slice) {
        Numbering.Selection selection = slice.selection();
        if (selectedAt[selection.number()] != stamp) {
            selectedAt[selection.number()] = stamp;
            select(selection);
        }
        Numbering.Span span = slice.span();
        int count = selectedCount[selection.number()];
        int[] places = selected[selection.number()];
        long opens = span.moves() ? now.millis() - span.length() + 1 : span.opens();
        int from = firstFrom(opens, places, count);
        sliceFrom[slice.number()] = from;
        sliceTo[slice.number()] =
                span.closes() == Long.MAX_VALUE ? count : Math.max(from, firstFrom(span.closes(), places, count));
    }

    /** The first place at or after a time: history is in order of time. */
    private int firstFrom(long time, int[] places, int count) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[places[middle]] >= time) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Finds the places of all events that pass a filter, in order. */
    private void select(Numbering.Selection selection) {
        index();
        int most = selection.kind() == Numbering.UNKNOWN ? history.size() : counts[selection.kind()];
        int[] places = selected[selection.number()];
        if (places.length < most) {
            places = new int[most];
            selected[selection.number()] = places;
        }
        int at = most;
        if (most == 0) {
            selectedCount[selection.number()] = 0;
            return;
        }
        if (selection.kind() == Numbering.UNKNOWN) {
            for (int i = most - 1; i >= 0; i--) {
                if (history.get(i).type() == selection.type() && passes(selection, i)) {
                    places[--at] = i;
                }
            }
        } else {
            for (int i = newest[selection.kind()]; i != NONE; i = previous[i]) {
                if (passes(selection, i)) {
                    places[--at] = i;
                }
            }
        }
        System.arraycopy(places, at, places, 0, most - at);
        selectedCount[selection.number()] = most - at;
    }

    private boolean passes(Numbering.Selection selection, int place) {
        List<Numbering.Where> where = selection.where();
        for (int i = 0; i < where.size(); i++) {
            if (!where.get(i).passes(history.get(place), now)) {
                return false;
            }
        }
        return true;
    }

    /** Whether so many events of a kind have one of these values. */
    boolean has(int kind, String property, Set<Value> oneOf, int times) {
        int found = 0;
        for (int i = newest(kind); i != NONE && found < times; i = previous[i]) {
            @Nullable Value value = history.get(i).details().fields().get(property);
            if (value != null && oneOf.contains(value)) {
                found++;
            }
        }
        return found >= times;
    }

    /** The place of the newest event of a kind. */
    int newest(int kind) {
        index();
        return newest[kind];
    }

    /** The place of the event of the same kind before this one; after {@link #newest}. */
    int before(int place) {
        return previous[place];
    }

    /** The event at a place. */
    Occurrence at(int place) {
        return history.get(place);
    }

    private void index() {
        if (indexedAt == stamp) {
            return;
        }
        indexedAt = stamp;
        int size = history.size();
        if (times.length < size) {
            times = new long[size + size / 2];
            previous = new int[size + size / 2];
        }
        Arrays.fill(newest, NONE);
        Arrays.fill(counts, 0);
        for (int i = 0; i < size; i++) {
            Occurrence event = history.get(i);
            times[i] = event.time().toEpochMilli();
            int kind = numbering.kindOf(event.type(), event.name());
            if (kind != Numbering.UNKNOWN) {
                previous[i] = newest[kind];
                newest[kind] = i;
                counts[kind]++;
            }
        }
    }
}
