package dev.sluice.activators.propagator;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How far a table of profiles has been gone through. Immutable.
 *
 * @param places of each segment
 * @param profiles put onto the stream so far
 * @param unreadable items that are no profile
 */
public record ReconcileProgress(List<Place> places, long profiles, long unreadable) {
    /** Name of its mark. */
    public static final String NAME = "reconcile";

    /** Name of the mark of those whose profile is gone. */
    public static final String GONE = "reconcile-gone";

    /** More beside each other would only wait for the pace. */
    public static final int MAX_SEGMENTS = 64;

    private static final int VERSION = 1;

    /**
     * Of one segment.
     *
     * @param after the last page's end; empty before the first
     */
    public record Place(Optional<String> after, boolean done) {}

    /** @throws IllegalArgumentException if there are too few or too many segments */
    public ReconcileProgress {
        places = List.copyOf(places);
        if (places.isEmpty() || places.size() > MAX_SEGMENTS) {
            throw new IllegalArgumentException("segments must be 1 to " + MAX_SEGMENTS);
        }
    }

    /** At the beginning. */
    public static ReconcileProgress of(int segments) {
        if (segments < 1 || segments > MAX_SEGMENTS) {
            throw new IllegalArgumentException("segments must be 1 to " + MAX_SEGMENTS);
        }
        return new ReconcileProgress(Collections.nCopies(segments, new Place(Optional.empty(), false)), 0, 0);
    }

    /** Whether all segments are done. */
    public boolean isDone() {
        return places.stream().allMatch(Place::done);
    }

    ReconcileProgress after(int segment, ProfilePages.Page page, long put, long notRead) {
        List<Place> moved = new ArrayList<>(places);
        moved.set(segment, new Place(page.next(), page.next().isEmpty()));
        return new ReconcileProgress(moved, profiles + put, unreadable + notRead);
    }

    /** As it is noted. */
    public byte[] toJson() {
        List<Value> written = new ArrayList<>();
        for (Place place : places) {
            written.add(Value.Fields.NONE
                    .with("after", place.after().<Value>map(Value::of).orElse(Value.NOTHING))
                    .with("done", Value.of(place.done())));
        }
        return JsonText.write(Value.Fields.NONE
                .with("v", Value.of(VERSION))
                .with("places", new Value.Many(written))
                .with("profiles", Value.of(profiles))
                .with("unreadable", Value.of(unreadable)));
    }

    /** @throws MalformedException if it is none */
    public static ReconcileProgress fromJson(byte[] bytes) {
        Value.Fields json = JsonText.readObject(bytes).ofVersion(VERSION);
        List<Place> places = json.innerList("places").stream()
                .map(place -> new Place(place.findText("after"), place.flag("done")))
                .toList();
        try {
            return new ReconcileProgress(places, json.whole("profiles"), json.whole("unreadable"));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(String.valueOf(e.getMessage()), e);
        }
    }
}
