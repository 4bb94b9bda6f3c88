package dev.sluice.dispatcher;

import dev.sluice.model.EventType;
import dev.sluice.model.rules.RuleSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Which events of an account the classifier is to see. A filter in doubt lets everything through: the classifier decides.
 * Not thread-safe: Lambda gives an environment one invocation at a time.
 *
 * <p><b>Why no event is missed when rules change.</b> An event is passed over only if all of this holds: the newest rule
 * set was asked for less than {@code RuleSetTiming.REFRESH} ago, counted from before the request; there was an answer
 * of the classifier in the last {@link Limits#REMEMBERED}; and no rule set from the lowest that those answers name up to
 * the newest needs the event. A classifier swaps {@code RuleSetTiming.SWAP_DELAY}, which is longer, after it saw a set;
 * so at that moment every filter meets the set's needs, even if it is not the newest any more. A filter stops meeting
 * the old set's needs when answers no longer carry its number: a set that the classifier refuses keeps the old one
 * running, and its needs met, for as long as that lasts.
 */
final class CurrentRules {
    private final RuleSets ruleSets;
    private final LongSupplier ticks;
    private final Map<String, KnownRules> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, KnownRules> eldest) {
            return size() > Limits.MAX_ACCOUNTS;
        }
    };
    private final Map<String, Integer> learnt = new TreeMap<>();
    private final List<Unread> unread = new ArrayList<>();

    /** What refreshing has taken of this invocation, in nanoseconds. */
    private long refreshing;

    /** A store that is down or slow costs its timeouts at each call: after one it is left alone, for every account. */
    private Optional<Long> quietSince = Optional.empty();

    CurrentRules(RuleSets ruleSets, LongSupplier ticks) {
        this.ruleSets = ruleSets;
        this.ticks = ticks;
    }

    /** A rule set that this environment cannot read, and why. */
    record Unread(String account, int number, String reason) {}

    /** An invocation begins. */
    void begin() {
        refreshing = 0;
    }

    /** Whether the classifier is to see an event of this account, type and name. */
    boolean need(String account, EventType type, Optional<String> name) {
        long now = ticks.getAsLong();
        KnownRules known = accounts.computeIfAbsent(account, unknown -> new KnownRules());
        if (known.isDue(now) && !isQuiet(now) && refreshing < Limits.REFRESHING.toNanos()) {
            long asked = now;
            refresh(account, known, asked);
            now = ticks.getAsLong();
            refreshing += now - asked;
        }
        return known.need(type, name, now);
    }

    /** By which rule sets the classifier has just judged, by account. */
    void answered(Map<String, Integer> numbers) {
        long now = ticks.getAsLong();
        numbers.forEach((account, number) -> {
            KnownRules known = accounts.get(account);
            if (known != null) {
                known.answered(number, now);
            }
        });
    }

    /** The newest rule sets met since this was last asked, by account. */
    Map<String, Integer> learnt() {
        Map<String, Integer> since = Map.copyOf(learnt);
        learnt.clear();
        return since;
    }

    /** Rule sets that turned out to be unreadable since this was last asked; each is named once. */
    List<Unread> unread() {
        List<Unread> since = List.copyOf(unread);
        unread.clear();
        return since;
    }

    private boolean isQuiet(long now) {
        return quietSince.isPresent() && now - quietSince.get() < Limits.QUIET.toNanos();
    }

    private void refresh(String account, KnownRules known, long asked) {
        known.asking(asked);
        switch (ruleSets.newest(account, known.newest())) {
            case RuleSets.Found(var rules) -> {
                meet(account, rules, known);
                known.newestKnown(asked);
            }
            case RuleSets.NothingNewer() -> known.newestKnown(asked);
            case RuleSets.Unreadable(var number, var reason) -> unreadable(account, known, number, reason);
            case RuleSets.Unreachable(var reason) -> leaveAlone();
        }
        leaveAloneIfSlow(asked);
        Iterator<Integer> missing = known.missing().iterator();
        while (missing.hasNext() && mayGoOn(asked)) {
            switch (ruleSets.read(account, missing.next())) {
                case RuleSets.Found(var rules) -> known.learn(rules);
                case RuleSets.NothingNewer() -> {}
                case RuleSets.Unreadable(var number, var reason) -> unreadable(account, known, number, reason);
                case RuleSets.Unreachable(var reason) -> leaveAlone();
            }
            leaveAloneIfSlow(asked);
        }
    }

    private boolean mayGoOn(long asked) {
        long now = ticks.getAsLong();
        return !isQuiet(now) && refreshing + now - asked < Limits.REFRESHING.toNanos();
    }

    private void unreadable(String account, KnownRules known, int number, String reason) {
        if (known.isFirstSaid(number) && unread.size() < Limits.MAX_REPORTS) {
            unread.add(new Unread(account, number, reason));
        }
    }

    private void leaveAloneIfSlow(long asked) {
        if (ticks.getAsLong() - asked >= Limits.SLOW.toNanos()) {
            leaveAlone();
        }
    }

    private void leaveAlone() {
        quietSince = Optional.of(ticks.getAsLong());
    }

    private void meet(String account, RuleSet rules, KnownRules known) {
        known.newest(rules);
        if (learnt.size() < Limits.MAX_REPORTS) {
            learnt.put(account, rules.number());
        }
    }
}
