package dev.sluice.classifier.drools;

import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Point;
import dev.sluice.model.rules.RuleFunction;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.Traits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A rule set's conditions as questions to {@link Seen}: the classifier's own reading of the tree. Equal conditions are
 * one question, wherever they stand, and its answer is looked for once an observation. Filled while a rule set is
 * compiled.
 */
final class Questions implements Condition.Cases<Question> {
    private final RuleFunctions functions;
    private final Numbering numbering;
    private final Map<Condition, Question> known = new HashMap<>();
    private final Map<EventFilter.PropertyTest, Question> ofProperties = new HashMap<>();
    private int numbered;

    Questions(RuleFunctions functions, Numbering numbering) {
        this.functions = functions;
        this.numbering = numbering;
    }

    /** Beyond the numbers of all questions. */
    int count() {
        return numbered;
    }

    Question of(Condition condition) {
        @Nullable Question question = known.get(condition);
        if (question == null) {
            question = condition.match(this);
            known.put(condition, question);
        }
        return question;
    }

    /** Whether the current event passes one test of a property. */
    Question of(EventFilter.PropertyTest test) {
        @Nullable Question question = ofProperties.get(test);
        if (question == null) {
            Numbering.Where where = Numbering.where(test);
            question = once(seen -> where.passes(seen.current(), seen.now()));
            ofProperties.put(test, question);
        }
        return question;
    }

    /** Answered once an observation. */
    private Question once(Question question) {
        int number = numbered++;
        return seen -> seen.answer(number, question);
    }

    @Override
    public Question allOf(Condition.AllOf all) {
        return all(of(all.conditions()));
    }

    private Question all(Question[] parts) {
        return once(seen -> {
            for (Question part : parts) {
                if (!part.holds(seen)) {
                    return false;
                }
            }
            return true;
        });
    }

    @Override
    public Question anyOf(Condition.AnyOf any) {
        Question[] parts = of(any.conditions());
        return once(seen -> {
            for (Question part : parts) {
                if (part.holds(seen)) {
                    return true;
                }
            }
            return false;
        });
    }

    private Question[] of(List<Condition> conditions) {
        return conditions.stream().map(this::of).toArray(Question[]::new);
    }

    @Override
    public Question not(Condition.Not not) {
        Question question = of(not.condition());
        return seen -> !question.holds(seen);
    }

    @Override
    public Question currentEvent(Condition.CurrentEvent event) {
        EventFilter filter = event.filter();
        List<Question> parts = new ArrayList<>(List.of(which(filter)));
        filter.where().forEach(where -> parts.add(of(where)));
        return parts.size() == 1 ? parts.get(0) : all(parts.toArray(Question[]::new));
    }

    /** Whether the current event is of the filter's type and name. */
    Question which(EventFilter filter) {
        if (filter.name().isEmpty()) {
            int type = filter.type().ordinal();
            return seen -> seen.type() == type;
        }
        int kind = numbering.kind(filter.type(), filter.name().get());
        return seen -> seen.kind() == kind;
    }

    @Override
    public Question trait(Condition.Trait trait) {
        Asked asked = ValuePredicates.of(trait.test());
        return once(seen -> asked.of(seen.trait(trait.name()), seen.now()));
    }

    @Override
    public Question statistic(Condition.Statistic statistic) {
        Asked asked = ValuePredicates.of(statistic.test());
        return once(seen -> asked.of(seen.statistic(statistic.name()), seen.now()));
    }

    @Override
    public Question consent(Condition.Consent consent) {
        Value said = Value.of(consent.granted());
        return once(seen -> seen.trait(Traits.CONSENTS) instanceof Value.Fields channels
                && said.equals(channels.fields().get(consent.channel())));
    }

    @Override
    public Question near(Condition.Near near) {
        Point place = near.place().point();
        long reach = Point.chordSquared(near.within().meters());
        return once(seen -> {
            Optional<Point> home = seen.home();
            return home.isPresent() && place.chordSquaredTo(home.get()) <= reach;
        });
    }

    @Override
    public Question inSegment(Condition.InSegment inSegment) {
        throw new IllegalArgumentException("segment " + inSegment.segment() + " is not resolved");
    }

    @Override
    public Question wasIn(Condition.WasIn wasIn) {
        return once(seen -> seen.was(wasIn.segment()));
    }

    @Override
    public Question call(Condition.Call call) {
        RuleFunction function = functions.of(call);
        Asked asked = ValuePredicates.of(call.test());
        return once(seen -> {
            Optional<Value> result = result(call, function, seen);
            return result.isPresent() && asked.of(result.get(), seen.now());
        });
    }

    /** What the function gives, if it is of its type. */
    Optional<Value> result(Condition.Call call, Seen seen) {
        return result(call, functions.of(call), seen);
    }

    private static Optional<Value> result(Condition.Call call, RuleFunction function, Seen seen) {
        List<Value> arguments = arguments(call, function, seen);
        return arguments.size() < function.parameters().size()
                ? Optional.empty()
                : function.apply(arguments).filter(function.result()::has);
    }

    /** As far as they are there and of their types. */
    private static List<Value> arguments(Condition.Call call, RuleFunction function, Seen seen) {
        List<Value> arguments = new ArrayList<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            @Nullable
            Value value = switch (call.arguments().get(i)) {
                case Condition.Constant(var constant) -> constant;
                case Condition.TraitOf(var name) -> seen.trait(name);
                case Condition.StatisticOf(var name) -> seen.statistic(name);
                case Condition.PropertyOf(var name) ->
                    seen.current().type().tellsWhoSomeoneIs()
                            ? null
                            : seen.current().details().fields().get(name);
            };
            if (value == null || !function.parameters().get(i).has(value)) {
                return arguments;
            }
            arguments.add(value);
        }
        return arguments;
    }

    @Override
    public Question eventCount(History.EventCount count) {
        Numbering.Slice slice = numbering.slice(count.filter(), count.window());
        Comparison comparison = Comparison.of(count.operator());
        int than = count.count();
        return once(seen -> comparison.holds(Integer.compare(seen.events().count(slice), than)));
    }

    @Override
    public Question total(History.Total total) {
        record Key(Numbering.Slice slice, String property) {}
        Numbering.Slice slice = numbering.slice(total.filter(), total.window());
        int measure = numbering.measure(new Key(slice, total.property()));
        Comparison comparison = Comparison.of(total.operator());
        BigDecimal than = total.than();
        return once(seen -> {
            var totals = (Measures.Totals)
                    seen.measure(measure, () -> Measures.totals(seen.events(), slice, total.property()));
            return switch (total.aggregate()) {
                case SUM -> comparison.holds(totals.sum().compareTo(than));
                case AVERAGE ->
                    totals.count() > 0
                            && comparison.holds(
                                    totals.sum().compareTo(than.multiply(BigDecimal.valueOf(totals.count()))));
                case MINIMUM ->
                    totals.count() > 0 && comparison.holds(totals.least().compareTo(than));
                case MAXIMUM ->
                    totals.count() > 0 && comparison.holds(totals.most().compareTo(than));
            };
        });
    }

    @Override
    public Question distinct(History.Distinct distinct) {
        record Key(Numbering.Slice slice, String different) {}
        Numbering.Slice slice = numbering.slice(distinct.filter(), distinct.window());
        return counted(
                new Key(slice, distinct.property()),
                seen -> Measures.distinct(seen.events(), slice, distinct.property()),
                Comparison.of(distinct.operator()),
                distinct.count());
    }

    @Override
    public Question days(History.Days days) {
        record Key(Numbering.Slice slice, java.time.ZoneId zone) {}
        Numbering.Slice slice = numbering.slice(days.filter(), days.window());
        return counted(
                new Key(slice, days.zone()),
                seen -> Measures.days(seen.events(), slice, days.zone()),
                Comparison.of(days.operator()),
                days.count());
    }

    private Question counted(Object key, ToIntFunction<Seen> counting, Comparison comparison, int than) {
        int measure = numbering.measure(key);
        return once(seen -> {
            var count = (Integer) seen.measure(measure, () -> counting.applyAsInt(seen));
            return comparison.holds(count.compareTo(than));
        });
    }

    @Override
    public Question moment(History.Moment moment) {
        Numbering.Slice slice = numbering.slice(moment.filter(), moment.window());
        TimePredicates.AskedOfTime asked = TimePredicates.of(moment.test());
        return once(seen -> {
            int count = seen.events().count(slice);
            if (count == 0) {
                return false;
            }
            int index = switch (moment.which()) {
                case FIRST -> 0;
                case LAST -> count - 1;
            };
            return asked.ofInstant(seen.events().time(slice, index), seen.now());
        });
    }

    @Override
    public Question sequence(History.Sequence sequence) {
        Numbering.Slice first = numbering.slice(sequence.first(), sequence.window());
        Numbering.Slice then = numbering.slice(sequence.then(), sequence.window());
        return once(seen ->
                Measures.holds(seen.events(), sequence, first, then, seen.now().millis()));
    }
}
