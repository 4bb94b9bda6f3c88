package dev.sluice.model.rules.sentence;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.Condition.Distance;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.Place;
import dev.sluice.model.rules.TimeTest;
import dev.sluice.model.rules.ValueTest;
import dev.sluice.model.rules.Window;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Prints {@link Condition}s; {@link ConditionParser} and {@link HistoryParser} read them back. Stateless. */
final class ConditionPrinter implements Condition.Cases<String> {

    @Override
    public String allOf(Condition.AllOf all) {
        return joined(all.conditions(), " and ", "all of ");
    }

    @Override
    public String anyOf(Condition.AnyOf any) {
        return joined(any.conditions(), " or ", "any of ");
    }

    @Override
    public String not(Condition.Not not) {
        return "not (" + not.condition().match(this) + ")";
    }

    @Override
    public String currentEvent(Condition.CurrentEvent event) {
        return "the event is " + Phrases.object(event.filter());
    }

    @Override
    public String trait(Condition.Trait trait) {
        return "the trait " + Quotes.quote(trait.name()) + " " + test(trait.test());
    }

    @Override
    public String statistic(Condition.Statistic statistic) {
        return "the statistic " + Quotes.quote(statistic.name()) + " " + test(statistic.test());
    }

    @Override
    public String consent(Condition.Consent consent) {
        return (consent.granted() ? "has agreed to " : "has refused ") + Quotes.quote(consent.channel());
    }

    @Override
    public String near(Condition.Near near) {
        BigDecimal amount = near.within().amount();
        boolean one = amount.compareTo(BigDecimal.ONE) == 0;
        String unit = near.within().unit() == Distance.Unit.MILES ? "mile" : "kilometer";
        return "lives within " + amount.toPlainString() + " " + unit + (one ? "" : "s") + " of " + place(near.place());
    }

    @Override
    public String inSegment(Condition.InSegment inSegment) {
        return "is in segment " + Quotes.quote(inSegment.segment());
    }

    @Override
    public String wasIn(Condition.WasIn wasIn) {
        throw new IllegalArgumentException("a resolved condition has no form in words");
    }

    @Override
    public String call(Condition.Call call) {
        boolean plain = Grammar.isFunctionName(call.function());
        return (plain ? call.function() : "the function " + Quotes.quote(call.function()))
                + call.arguments().stream().map(ConditionPrinter::argument).collect(Collectors.joining(", ", "(", ") "))
                + test(call.test());
    }

    @Override
    public String eventCount(History.EventCount count) {
        Verb verb = Verb.of(count.filter().type());
        String window = " " + Phrases.window(count.window());
        String event = Phrases.object(count.filter());
        if (count.operator() == Operator.EXACTLY && count.count() == 0) {
            return "did not " + verb.infinitive() + " " + event + window;
        }
        return verb.past() + " " + event + " " + Phrases.times(count.operator(), count.count()) + window;
    }

    @Override
    public String total(History.Total total) {
        String aggregate = Grammar.AGGREGATES.get(total.aggregate().ordinal());
        return "the " + aggregate + " of " + Quotes.quote(total.property()) + over(total.filter(), total.window())
                + Phrases.operator(total.operator(), "less than") + " "
                + total.than().toPlainString();
    }

    @Override
    public String distinct(History.Distinct distinct) {
        return "the number of different values of " + Quotes.quote(distinct.property())
                + over(distinct.filter(), distinct.window())
                + Phrases.operator(distinct.operator(), "less than") + " " + distinct.count();
    }

    @Override
    public String days(History.Days days) {
        boolean zoned = days.window() instanceof Window.Between;
        return Verb.of(days.filter().type()).past() + " " + Phrases.object(days.filter()) + " on "
                + Phrases.operator(days.operator(), "fewer than") + " " + Phrases.many(days.count(), "day") + " "
                + Phrases.window(days.window()) + (zoned ? "" : Phrases.zone(days.zone()));
    }

    @Override
    public String moment(History.Moment moment) {
        TimeTest test = moment.test();
        boolean zoned = !(moment.window() instanceof Window.Between);
        return (moment.which() == History.Which.FIRST ? "the first " : "the last ") + Phrases.noun(moment.filter())
                + " " + Phrases.window(moment.window()) + " " + test.matchTime(new TestPrinter("was", zoned));
    }

    @Override
    public String sequence(History.Sequence sequence) {
        return Verb.of(sequence.first().type()).past() + " " + Phrases.object(sequence.first())
                + (sequence.followed() ? " then " : " and not ") + Phrases.object(sequence.then())
                + " within " + Phrases.duration(sequence.within()) + " " + Phrases.window(sequence.window());
    }

    private static String over(EventFilter filter, Window window) {
        return " over " + Phrases.object(filter) + " " + Phrases.window(window) + " is ";
    }

    private static String test(ValueTest test) {
        return test.match(new TestPrinter("is", true));
    }

    private static String place(Place place) {
        if (place instanceof Place.Coordinates at) {
            return at.latitude().toPlainString() + ", " + at.longitude().toPlainString();
        }
        return "postal code " + ((Place.PostalCode) place).code();
    }

    private static String argument(Condition.Argument argument) {
        if (argument instanceof Condition.TraitOf trait) {
            return "the trait " + Quotes.quote(trait.name());
        }
        if (argument instanceof Condition.StatisticOf statistic) {
            return "the statistic " + Quotes.quote(statistic.name());
        }
        if (argument instanceof Condition.PropertyOf property) {
            return "the property " + Quotes.quote(property.name());
        }
        return Phrases.value(((Condition.Constant) argument).value());
    }

    /** One condition alone needs a word that says it is a list; of several, those that are lists stand in parentheses. */
    private String joined(List<Condition> conditions, String word, String one) {
        if (conditions.size() == 1) {
            return one + "(" + conditions.get(0).match(this) + ")";
        }
        return conditions.stream().map(this::grouped).collect(Collectors.joining(word));
    }

    private String grouped(Condition condition) {
        boolean list = condition instanceof Condition.AllOf || condition instanceof Condition.AnyOf;
        String sentence = condition.match(this);
        return list && condition.children().size() > 1 ? "(" + sentence + ")" : sentence;
    }
}
