package dev.sluice.model.rules.check;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.Point;
import dev.sluice.model.rules.TimeTest;
import dev.sluice.model.rules.ValueTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves that are taken to be true together, for {@link RuleCheck}, and whether that can be. Not thread-safe.
 *
 * <p>Values of one trait go to {@link ValueDomain}, numbers of events to {@link AmountFacts}; what else there is stands
 * here. Each conclusion is proved from the words of {@code docs/RULES.md}; that none is found proves nothing.
 */
final class Facts {
    /** What a test is asked of. */
    private record Subject(String kind, Object of) {}

    private record Tests(List<ValueTest> passed, List<ValueTest> failed) {}

    private final Map<Condition, Boolean> leaves = new HashMap<>();
    private final Map<Subject, Tests> tests = new LinkedHashMap<>();
    private final Map<Subject, NumberRange> totals = new HashMap<>();
    private final List<EventFilter> current = new ArrayList<>();
    private final List<EventFilter> notCurrent = new ArrayList<>();
    private final List<Condition.Near> near = new ArrayList<>();
    private final List<Condition.Near> notNear = new ArrayList<>();
    private final List<History.Sequence> sequences = new ArrayList<>();
    private final List<History.Sequence> notSequences = new ArrayList<>();
    private final AmountFacts amounts = new AmountFacts();
    private boolean impossible;

    Facts(Iterable<Formula.Leaf> all) {
        all.forEach(leaf -> add(leaf.atom(), leaf.holds()));
    }

    /** Whether they are proved to contradict each other. */
    boolean contradict() {
        return impossible
                || tests.values().stream().anyMatch(asked -> ValueDomain.isEmpty(asked.passed(), asked.failed()))
                || totals.values().stream().anyMatch(NumberRange::isEmpty)
                || events()
                || places()
                || sequences();
    }

    private void add(Condition atom, boolean holds) {
        Boolean known = leaves.put(atom, holds);
        impossible |= known != null && known != holds;
        if (atom instanceof Condition.Trait trait) {
            test(new Subject("trait", trait.name()), trait.test(), holds);
        } else if (atom instanceof Condition.Statistic statistic) {
            test(new Subject("statistic", statistic.name()), statistic.test(), holds);
        } else if (atom instanceof Condition.Call call) {
            test(new Subject("call " + call.function(), call.arguments()), call.test(), holds);
        } else if (atom instanceof Condition.Consent consent && holds) {
            var opposite = new Condition.Consent(consent.channel(), !consent.granted());
            impossible |= Boolean.TRUE.equals(leaves.get(opposite));
        } else if (atom instanceof Condition.CurrentEvent event) {
            (holds ? current : notCurrent).add(event.filter());
        } else if (atom instanceof Condition.Near place) {
            (holds ? near : notNear).add(place);
        } else if (atom instanceof History history) {
            add(history, holds);
        }
    }

    private void add(History history, boolean holds) {
        if (history instanceof History.EventCount count) {
            amounts.count(count, holds);
        } else if (history instanceof History.Days days) {
            amounts.days(days, holds);
        } else if (history instanceof History.Distinct distinct) {
            amounts.distinct(distinct, holds);
        } else if (history instanceof History.Total total) {
            add(total, holds);
        } else if (history instanceof History.Moment moment) {
            test(new Subject(moment.which().name(), List.of(moment.filter(), moment.window())), moment.test(), holds);
            if (holds) {
                amounts.atLeastOne(moment.filter(), moment.window());
                // What has happened is not ahead.
                impossible |= moment.test() instanceof TimeTest.Relative relative
                        && relative.direction() == TimeTest.Direction.FURTHER_AHEAD;
            }
        } else if (history instanceof History.Sequence sequence) {
            (holds ? sequences : notSequences).add(sequence);
            if (holds) {
                amounts.atLeastOne(sequence.first(), sequence.window());
                if (sequence.followed()) {
                    amounts.atLeastOne(sequence.then(), sequence.window());
                }
            }
        }
    }

    private void add(History.Total total, boolean holds) {
        boolean isSum = total.aggregate() == History.Aggregate.SUM;
        var subject = new Subject(total.aggregate().name(), List.of(total.property(), total.filter(), total.window()));
        if (holds) {
            totals.merge(subject, NumberRange.of(total.operator(), total.than()), NumberRange::and);
            if (!isSum) {
                amounts.atLeastOne(total.filter(), total.window());
            }
        } else if (isSum && total.operator() != Operator.EXACTLY) {
            // There is always a sum: that of nothing is 0.
            totals.merge(subject, NumberRange.of(Formula.opposite(total.operator()), total.than()), NumberRange::and);
        }
    }

    private void test(Subject subject, ValueTest test, boolean holds) {
        Tests asked = tests.computeIfAbsent(subject, any -> new Tests(new ArrayList<>(), new ArrayList<>()));
        (holds ? asked.passed() : asked.failed()).add(test);
    }

    private boolean events() {
        if (!current.isEmpty()) {
            Optional<EventFilter> all = Optional.of(current.get(0));
            for (EventFilter filter : current.subList(1, current.size())) {
                all = all.flatMap(one -> FilterDomain.both(one, filter));
            }
            if (all.isEmpty()) {
                return true;
            }
            EventFilter one = all.get();
            if (FilterDomain.isEmpty(one) || notCurrent.stream().anyMatch(other -> FilterDomain.implies(one, other))) {
                return true;
            }
            amounts.current(one);
        }
        return amounts.contradict();
    }

    private boolean places() {
        for (Condition.Near one : near) {
            double here = reach(one);
            for (Condition.Near other : near) {
                if (distance(one, other) > (here + reach(other)) * 1.000_001 + 10) {
                    return true;
                }
            }
            for (Condition.Near other : notNear) {
                boolean samePlace = one.place().point().equals(other.place().point());
                boolean inside = samePlace
                        ? one.within().meters().compareTo(other.within().meters()) <= 0
                        : (distance(one, other) + here) * 1.000_001 + 10 < reach(other);
                if (inside) {
                    return true;
                }
            }
        }
        return false;
    }

    /** In the units of {@link Point}, along the chord: there the shortest way over a third point is no shorter. */
    private static double reach(Condition.Near near) {
        return Math.sqrt(Point.chordSquared(near.within().meters()));
    }

    private static double distance(Condition.Near one, Condition.Near other) {
        return Math.sqrt(one.place().point().chordSquaredTo(other.place().point()));
    }

    /** A longer time within which, wider filters or a wider window have every pair of the narrower. */
    private boolean sequences() {
        return sequences.stream()
                .filter(History.Sequence::followed)
                .anyMatch(one -> notSequences.stream()
                        .filter(History.Sequence::followed)
                        .anyMatch(other -> one.within().compareTo(other.within()) <= 0
                                && FilterDomain.isIn(one.window(), other.window())
                                && FilterDomain.implies(one.first(), other.first())
                                && FilterDomain.implies(one.then(), other.then())));
    }
}
