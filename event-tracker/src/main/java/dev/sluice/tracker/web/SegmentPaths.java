package dev.sluice.tracker.web;

import dev.sluice.model.EventType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The paths of Segment's HTTP Tracking API, by which its SDKs send: {@code /v1/track} and its like, and the short ones of
 * browsers and phones, which are the first letter of the long ({@code /v1/t}, {@code /v1/b}).
 */
final class SegmentPaths {
    private static final String ROOT = "/v1/";

    /** What each path takes: an event of one type, or a batch if it is empty. */
    static final Map<String, Optional<EventType>> ALL = all();

    private SegmentPaths() {}

    private static Map<String, Optional<EventType>> all() {
        var paths = new HashMap<String, Optional<EventType>>();
        paths.put(ROOT + "batch", Optional.empty());
        paths.put(ROOT + "b", Optional.empty());
        paths.put(ROOT + "import", Optional.empty());
        Arrays.stream(EventType.values()).filter(EventType::isMessage).forEach(type -> {
            paths.put(ROOT + type.word(), Optional.of(type));
            paths.put(ROOT + type.word().charAt(0), Optional.of(type));
        });
        return Map.copyOf(paths);
    }
}
