package dev.sluice.classifier.drools;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.Point;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one fact that a session holds: an observation, what was already found out about it, and the segments that matched.
 * Everything known of the person is inside it, so no rule joins facts. Used by one thread, for one observation after the
 * other; between two it holds nothing of either.
 */
public final class Seen {
    private static final Occurrence NOTHING_YET =
            new Occurrence("", EventType.ALIAS, Optional.empty(), Instant.EPOCH, Instant.EPOCH, Value.Fields.NONE);
    private static final Observation NOBODY =
            new Observation(NOTHING_YET, Value.Fields.NONE, Value.Fields.NONE, List.of());

    private final Numbering numbering;
    private final Now now = new Now();
    private final Events events;
    private Observation observation = NOBODY;
    private int number;
    private int kind;
    private int guard;

    /** Of each numbered question, twice the number of the observation it was last asked about, and one more for yes. */
    private final int[] answers;

    private final int[] measuredAt;
    private final @Nullable Object[] measured;
    private final int[] measuredNow;
    private int measuredCount;
    private @Nullable Optional<Point> home;
    private final int[] matched;
    private int matchedCount;
    private int constraints;

    /**
     * @param questions how many are numbered
     * @param segments how many can match
     */
    Seen(Numbering numbering, int questions, int segments) {
        this.numbering = numbering;
        this.events = new Events(numbering, now);
        this.answers = new int[questions];
        this.measuredAt = new int[numbering.measures()];
        this.measured = new Object[numbering.measures()];
        this.measuredNow = new int[numbering.measures()];
        this.matched = new int[segments];
    }

    /** Takes an observation in. */
    void look(Observation other) {
        if (number == Integer.MAX_VALUE / 2) {
            number = 0;
            Arrays.fill(answers, 0);
            Arrays.fill(measuredAt, 0);
            events.wipe();
        }
        number++;
        observation = other;
        now.set(other.at().toEpochMilli());
        kind = numbering.kindOf(other.current().type(), other.current().name());
        events.look(other.history(), number);
        matchedCount = 0;
        constraints = 0;
    }

    /** Lets go of it: nothing of a person stays. */
    void forget() {
        observation = NOBODY;
        events.forget();
        for (int i = 0; i < measuredCount; i++) {
            measured[measuredNow[i]] = null;
        }
        measuredCount = 0;
        home = null;
    }

    /** Whether nothing of a person is here. */
    boolean isEmpty() {
        return observation.equals(NOBODY)
                && home == null
                && events.isEmpty()
                && Arrays.stream(measured).allMatch(Objects::isNull);
    }

    /** The number of the guard whose rules are to be asked. */
    public int guard() {
        return guard;
    }

    void turnTo(int other) {
        guard = other;
    }

    /** Notes that a rule's constraint is looked at. */
    void constraint() {
        constraints++;
    }

    /** How many constraints the network has looked at for this observation. */
    int constraints() {
        return constraints;
    }

    /** Notes the numbers of segments that match. */
    void matched(int[] segments) {
        System.arraycopy(segments, 0, matched, matchedCount, segments.length);
        matchedCount += segments.length;
    }

    /** The numbers of the segments that matched, in order. */
    int[] matched() {
        int[] found = Arrays.copyOf(matched, matchedCount);
        Arrays.sort(found);
        return found;
    }

    /** The ordinal of the current event's type. */
    int type() {
        return observation.current().type().ordinal();
    }

    /** The number of the current event's type and name; {@link Numbering#UNKNOWN} if no rule names it. */
    int kind() {
        return kind;
    }

    Now now() {
        return now;
    }

    Events events() {
        return events;
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

    boolean was(String segment) {
        return observation.before().contains(segment);
    }

    /** Where the person lives, if that is known. */
    Optional<Point> home() {
        Optional<Point> known = home;
        if (known == null) {
            known = Point.of(observation.traits());
            home = known;
        }
        return known;
    }

    /** The answer to a question, asked once an observation. */
    boolean answer(int question, Question asked) {
        int answer = answers[question];
        if (answer >>> 1 != number) {
            answer = number << 1 | (asked.holds(this) ? 1 : 0);
            answers[question] = answer;
        }
        return (answer & 1) == 1;
    }

    /** What is measured, once an observation. */
    Object measure(int measure, Supplier<Object> measuring) {
        @Nullable Object value = measured[measure];
        if (measuredAt[measure] != number || value == null) {
            measuredAt[measure] = number;
            measuredNow[measuredCount++] = measure;
            value = measuring.get();
            measured[measure] = value;
        }
        return value;
    }
}
