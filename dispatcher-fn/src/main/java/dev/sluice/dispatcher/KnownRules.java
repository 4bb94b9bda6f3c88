package dev.sluice.dispatcher;

import dev.sluice.model.EventType;
import dev.sluice.model.rules.RuleNeeds;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetTiming;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What is known of one account's rule sets: from the lowest by which a classifier judged lately to the newest. Those in
 * between count too: one may be about to run that has been replaced as the newest already. Times are those of
 * {@link Ticks}. Not thread-safe.
 */
final class KnownRules {
    /** Rule set 0, before anything was published, needs nothing. */
    private static final int NONE = 0;

    private final Map<Integer, RuleNeeds> needs = new HashMap<>();
    /** When the classifier's answers last carried a number. */
    private final Map<Integer, Long> answered = new HashMap<>();

    /** The highest number that was said to be unreadable. */
    private int unreadable = NONE;

    private int newest = NONE;
    private Optional<Long> askedAt = Optional.empty();
    private Optional<Long> knownAt = Optional.empty();

    KnownRules() {
        needs.put(NONE, new RuleNeeds(RuleSet.none("")));
    }

    int newest() {
        return newest;
    }

    /** Whether it is time to ask the store again, successful as the last time was or not. */
    boolean isDue(long now) {
        return askedAt.isEmpty() || now - askedAt.get() >= RuleSetTiming.REFRESH.toNanos();
    }

    /** The store is being asked. */
    void asking(long now) {
        askedAt = Optional.of(now);
    }

    /** The store was asked at that time and said which is the newest: either this one, or the one known before. */
    void newestKnown(long asked) {
        knownAt = Optional.of(asked);
    }

    void learn(RuleSet rules) {
        needs.put(rules.number(), new RuleNeeds(rules));
    }

    void newest(RuleSet rules) {
        learn(rules);
        newest = rules.number();
    }

    /** This one cannot be read; whether that is said for the first time. One below another goes unsaid. */
    boolean isFirstSaid(int number) {
        boolean first = number > unreadable;
        unreadable = Math.max(unreadable, number);
        return first;
    }

    /** The classifier judged by this rule set just now. */
    void answered(int number, long now) {
        forget(now);
        answered.put(number, now);
        if (answered.size() > Limits.MAX_MET + 1) {
            // One more than is met is kept, so that it is seen that there are too many.
            answered.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .ifPresent(oldest -> answered.remove(oldest.getKey()));
        }
        if (number > newest) {
            askedAt = Optional.empty();
        }
    }

    /** Rule sets whose needs are to be met and are not known. */
    List<Integer> missing() {
        return areTooMany()
                ? List.of()
                : IntStream.rangeClosed(lowest(), highest())
                        .filter(number -> !needs.containsKey(number))
                        .boxed()
                        .toList();
    }

    /** Whether the classifier is to see an event: yes, unless everything that might need it is known and does not, and it joins no ids. */
    boolean need(EventType type, Optional<String> name, long now) {
        forget(now);
        boolean fresh = knownAt.isPresent() && now - knownAt.get() < RuleSetTiming.REFRESH.toNanos();
        if (!fresh || answered.isEmpty() || areTooMany() || type.joinsIds()) {
            return true;
        }
        for (int number = lowest(); number <= highest(); number++) {
            RuleNeeds each = needs.get(number);
            if (each == null || each.needs(type, name)) {
                return true;
            }
        }
        return false;
    }

    /** Nothing below what some classifier runs is run again: a set never gives way to an older one. */
    private int lowest() {
        return answered.keySet().stream().reduce(newest, Math::min);
    }

    private int highest() {
        return answered.keySet().stream().reduce(newest, Math::max);
    }

    private boolean areTooMany() {
        return answered.size() > Limits.MAX_MET || highest() - lowest() >= Limits.MAX_MET;
    }

    private void forget(long now) {
        answered.values().removeIf(at -> now - at >= Limits.REMEMBERED.toNanos());
        int lowest = lowest();
        needs.keySet().removeIf(number -> number != NONE && number < lowest);
    }
}
