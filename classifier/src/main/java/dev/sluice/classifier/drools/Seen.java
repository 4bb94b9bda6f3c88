package dev.sluice.classifier.drools;

import dev.sluice.model.Value;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one fact that a session holds: an observation, what was already counted of it, and the segments that matched.
 * Everything known of the person is inside it, so no rule joins facts. Used by one thread, for one evaluation.
 */
public final class Seen {
    private final Observation observation;
    private final String type;
    private final String occasion;
    private final long at;
    private final long[] @Nullable [] passing;
    private final Set<String> matched = new LinkedHashSet<>();

    /** @param filters how many filters the rule set counts by */
    Seen(Observation observation, int filters) {
        this.observation = observation;
        this.type = observation.current().type().word();
        this.occasion = occasion(type, observation.current().name());
        this.at = observation.at().toEpochMilli();
        this.passing = new long[filters][];
    }

    /** Type and name of an event as one text: no type holds a colon. */
    static String occasion(String type, Optional<String> name) {
        return name.map(text -> type + ":" + text).orElse(type);
    }

    /** The current event's type. */
    public String type() {
        return type;
    }

    /** The current event's type and name. */
    public String occasion() {
        return occasion;
    }

    Occurrence current() {
        return observation.current();
    }

    @Nullable
    Value trait(String name) {
        return observation.traits().fields().get(name);
    }

    @Nullable
    Value statistic(String name) {
        return observation.statistics().fields().get(name);
    }

    /**
     * How many kept events passed the filter within the window that ends now.
     *
     * <p>Whatever the window, the times of those that pass one filter are looked up once an observation; a window is then
     * one search among them, since history is in order of time.
     */
    int count(CountedFilter filter, Duration last) {
        long @Nullable [] times = passing[filter.number()];
        if (times == null) {
            times = times(filter);
            passing[filter.number()] = times;
        }
        return times.length - firstAfter(times, at - last.toMillis());
    }

    private long[] times(CountedFilter filter) {
        List<Occurrence> history = observation.history();
        long opens = at - filter.longest().toMillis();
        long[] times = new long[history.size()];
        int place = times.length;
        for (int i = history.size() - 1; i >= 0; i--) {
            Occurrence event = history.get(i);
            long time = event.time().toEpochMilli();
            if (time <= opens) {
                break;
            }
            if (filter.passes().test(event)) {
                place--;
                times[place] = time;
            }
        }
        return Arrays.copyOfRange(times, place, times.length);
    }

    private static int firstAfter(long[] times, long opens) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] > opens) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    void matched(String segment) {
        matched.add(segment);
    }

    Set<String> matched() {
        return matched;
    }
}
