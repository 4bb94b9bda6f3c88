package dev.sluice.dispatcher;

import dev.sluice.model.EventType;
import dev.sluice.model.rules.RuleNeeds;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetTiming;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one account's rule sets: the newest, and those by which the classifier judged lately. Times are those
 * of {@link Ticks}. Not thread-safe.
 */
final class KnownRules {
    /** Rule set 0, before anything was published, needs nothing. */
    private static final int NONE = 0;

    private final Map<Integer, RuleNeeds> needs = new HashMap<>();
    /** When the classifier's answers last carried a number. */
    private final Map<Integer, Long> answered = new HashMap<>();

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

    /** The classifier judged by this rule set just now. */
    void answered(int number, long now) {
        forget(now);
        answered.put(number, now);
        if (answered.size() > Limits.MAX_RUNNING + 1) {
            // One more than is met is kept, so that it is seen that there are too many.
            answered.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .ifPresent(oldest -> answered.remove(oldest.getKey()));
        }
        if (number > newest) {
            askedAt = Optional.empty();
        }
    }

    /** Rule sets that run and are not known. */
    List<Integer> missing() {
        return areTooMany()
                ? List.of()
                : answered.keySet().stream()
                        .filter(number -> !needs.containsKey(number))
                        .toList();
    }

    /** Whether the classifier is to see an event: yes, unless everything that might need it is known and does not. */
    boolean need(EventType type, Optional<String> name, long now) {
        forget(now);
        boolean fresh = knownAt.isPresent() && now - knownAt.get() < RuleSetTiming.REFRESH.toNanos();
        if (!fresh || answered.isEmpty() || areTooMany() || !needs.keySet().containsAll(answered.keySet())) {
            return true;
        }
        return needs.entrySet().stream()
                .anyMatch(each -> isMet(each.getKey()) && each.getValue().needs(type, name));
    }

    private boolean isMet(int number) {
        return number == newest || answered.containsKey(number);
    }

    private boolean areTooMany() {
        return answered.size() > Limits.MAX_RUNNING;
    }

    private void forget(long now) {
        answered.values().removeIf(at -> now - at >= Limits.REMEMBERED.toNanos());
        needs.keySet().removeIf(number -> number != NONE && !isMet(number));
    }
}
