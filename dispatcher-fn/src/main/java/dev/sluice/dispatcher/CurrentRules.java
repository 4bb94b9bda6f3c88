package dev.sluice.dispatcher;

import dev.sluice.model.EventType;
import dev.sluice.model.rules.RuleNeeds;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each account's rules need, never older than {@link Limits#REFRESH} while the store answers. Not thread-safe:
 * Lambda gives an environment one invocation at a time.
 *
 * <p>A store that is down or a bundle that is bad leaves what is known. When rules are replaced, the needs of both are
 * met for {@link Limits#OVERLAP}, because the classifier changes over at its own moment.
 */
final class CurrentRules {
    private final RuleSets ruleSets;
    private final Clock clock;
    private final Map<String, Known> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > Limits.MAX_ACCOUNTS;
        }
    };

    /** A store that is down costs a timeout at each call: after one it is left alone, for every account. */
    private Instant quietUntil = Instant.MIN;

    CurrentRules(RuleSets ruleSets, Clock clock) {
        this.ruleSets = ruleSets;
        this.clock = clock;
    }

    /** Whether the classifier is to see an event. */
    enum Need {
        NEEDED,
        NOT_NEEDED,
        /** The account's rules were never read and cannot be read now. */
        UNKNOWN
    }

    /** Whether some rule of the account needs an event of this type and name. */
    Need of(String account, EventType type, Optional<String> name) {
        Instant now = clock.instant();
        Known known = accounts.getOrDefault(account, new Known.Nothing(Instant.MIN));
        if (!known.askedAt().plus(Limits.REFRESH).isAfter(now) && !now.isBefore(quietUntil)) {
            known = refreshed(account, known);
            accounts.put(account, known);
        }
        return known.need(type, name, now);
    }

    private Known refreshed(String account, Known known) {
        RuleSets.Newest newest = ruleSets.newest(account, known.number());
        Instant now = clock.instant();
        return switch (newest) {
            case RuleSets.Found(var rules) -> known.replacedBy(rules.number(), new RuleNeeds(rules), now);
            case RuleSets.NothingNewer() ->
                known instanceof Known.Rules rules ? rules.askedAgain(now) : new Known.Rules(now, 0, List.of());
            // A filter that knows nothing lets everything through; the classifier decides.
            case RuleSets.Unreadable(var reason) ->
                known instanceof Known.Rules rules ? rules.askedAgain(now) : new Known.Everything(now);
            case RuleSets.Unreachable(var reason) -> {
                quietUntil = now.plus(Limits.QUIET);
                yield known.askedAgain(now);
            }
        };
    }

    /** What is known of an account's rules. */
    private sealed interface Known {
        Instant askedAt();

        Known askedAgain(Instant now);

        Need need(EventType type, Optional<String> name, Instant now);

        default int number() {
            return 0;
        }

        default Known replacedBy(int number, RuleNeeds needs, Instant now) {
            return new Rules(now, number, List.of(new Held(needs, Instant.MAX)));
        }

        record Nothing(Instant askedAt) implements Known {
            @Override
            public Known askedAgain(Instant now) {
                return new Nothing(now);
            }

            @Override
            public Need need(EventType type, Optional<String> name, Instant now) {
                return Need.UNKNOWN;
            }
        }

        record Everything(Instant askedAt) implements Known {
            @Override
            public Known askedAgain(Instant now) {
                return new Everything(now);
            }

            @Override
            public Need need(EventType type, Optional<String> name, Instant now) {
                return Need.NEEDED;
            }
        }

        /** @param held the newest, and those it replaced a short while ago; none before anything was published */
        record Rules(Instant askedAt, int number, List<Held> held) implements Known {
            @Override
            public Rules askedAgain(Instant now) {
                return new Rules(now, number, held);
            }

            @Override
            public Need need(EventType type, Optional<String> name, Instant now) {
                boolean needed = held.stream()
                        .anyMatch(
                                one -> now.isBefore(one.until()) && one.needs().needs(type, name));
                return needed ? Need.NEEDED : Need.NOT_NEEDED;
            }

            @Override
            public Known replacedBy(int newer, RuleNeeds needs, Instant now) {
                List<Held> both = new ArrayList<>();
                for (Held one : held) {
                    Instant until = one.until().equals(Instant.MAX) ? now.plus(Limits.OVERLAP) : one.until();
                    if (now.isBefore(until)) {
                        both.add(new Held(one.needs(), until));
                    }
                }
                both.add(new Held(needs, Instant.MAX));
                return new Rules(now, newer, List.copyOf(both));
            }
        }

        record Held(RuleNeeds needs, Instant until) {}
    }
}
