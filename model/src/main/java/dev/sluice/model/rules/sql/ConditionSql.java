package dev.sluice.model.rules.sql;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Point;
import dev.sluice.model.rules.RuleFunction;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.SqlDialect;
import dev.sluice.model.rules.ValueTest;
import java.util.ArrayList;
import java.util.List;

/** Conditions as SQL over one row of {@link ObservationRow}: each is TRUE or FALSE, never NULL. */
record ConditionSql(SqlDialect dialect, Words words, ZoneSql zones, PastSql past, RuleFunctions functions)
        implements Condition.Cases<Fragment> {
    private static final Fragment CURRENT = Fragment.of("event");

    @Override
    public Fragment allOf(Condition.AllOf all) {
        return words.all(of(all.conditions()));
    }

    @Override
    public Fragment anyOf(Condition.AnyOf any) {
        return words.any(of(any.conditions()));
    }

    @Override
    public Fragment not(Condition.Not not) {
        return Fragment.of("NOT #", not.condition().match(this));
    }

    @Override
    public Fragment currentEvent(Condition.CurrentEvent event) {
        return past.passes(event.filter(), CURRENT);
    }

    @Override
    public Fragment trait(Condition.Trait trait) {
        return passes(trait.test(), new Seen.Stored(trait(trait.name())));
    }

    @Override
    public Fragment statistic(Condition.Statistic statistic) {
        return passes(statistic.test(), new Seen.Stored(statistic(statistic.name())));
    }

    @Override
    public Fragment consent(Condition.Consent consent) {
        Fragment said = words.lookup(Fragment.of("consents"), words.text(consent.channel()));
        return Fragment.of("# = #", said, words.flag(consent.granted())).orFalse();
    }

    @Override
    public Fragment near(Condition.Near near) {
        Point point = near.place().point();
        Fragment chordSquared =
                Fragment.join(" + ", List.of(square("x", point.x()), square("y", point.y()), square("z", point.z())));
        long reach = Point.chordSquared(near.within().meters());
        return Fragment.of("# <= #", chordSquared, words.whole(reach)).orFalse();
    }

    @Override
    public Fragment inSegment(Condition.InSegment inSegment) {
        throw new IllegalArgumentException("segment " + inSegment.segment() + " is not resolved");
    }

    @Override
    public Fragment wasIn(Condition.WasIn wasIn) {
        return words.exists(Fragment.of("before"), "b", Fragment.of("b = #", words.text(wasIn.segment())));
    }

    @Override
    public Fragment call(Condition.Call call) {
        RuleFunction function = functions.of(call);
        List<String> names = new ArrayList<>();
        List<Fragment> there = new ArrayList<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            names.add("a" + i);
            there.add(Fragment.of("a" + i + " IS NOT NULL"));
        }
        String form = function.sql(dialect, List.copyOf(names));
        Fragment result = Fragment.of("if(#, #, NULL)", words.all(there), new Fragment(form, List.of()));
        for (int i = names.size() - 1; i >= 0; i--) {
            Fragment argument =
                    argument(call.arguments().get(i), function.parameters().get(i));
            result = words.let(names.get(i), argument, result);
        }
        var value = new Seen.Computed(words, Fragment.of("r"), function.result());
        return words.let("r", result, passes(call.test(), value));
    }

    @Override
    public Fragment eventCount(History.EventCount count) {
        return past.eventCount(count).orFalse();
    }

    @Override
    public Fragment total(History.Total total) {
        return past.total(total).orFalse();
    }

    @Override
    public Fragment distinct(History.Distinct distinct) {
        return past.distinct(distinct).orFalse();
    }

    @Override
    public Fragment days(History.Days days) {
        return past.days(days).orFalse();
    }

    @Override
    public Fragment moment(History.Moment moment) {
        return past.moment(moment).orFalse();
    }

    @Override
    public Fragment sequence(History.Sequence sequence) {
        return past.sequence(sequence).orFalse();
    }

    private List<Fragment> of(List<Condition> conditions) {
        return conditions.stream().map(condition -> condition.match(this)).toList();
    }

    private Fragment passes(ValueTest test, Seen value) {
        return test.match(new ValueSql(words, zones, value)).orFalse();
    }

    private Fragment trait(String name) {
        return words.lookup(Fragment.of("traits"), words.text(name));
    }

    private Fragment statistic(String name) {
        return words.lookup(Fragment.of("statistics"), words.text(name));
    }

    private Fragment argument(Condition.Argument argument, RuleFunction.Type type) {
        if (argument instanceof Condition.Constant constant) {
            return constant(constant.value());
        }
        Part part = switch (type) {
            case TEXT -> Part.TEXT;
            case NUMBER -> Part.NUMBER;
            case FLAG -> Part.FLAG;
        };
        if (argument instanceof Condition.TraitOf trait) {
            return new Seen.Stored(trait(trait.name())).part(part);
        }
        if (argument instanceof Condition.StatisticOf statistic) {
            return new Seen.Stored(statistic(statistic.name())).part(part);
        }
        // What tells who someone is has traits, not properties.
        String property = ((Condition.PropertyOf) argument).name();
        return Fragment.of(
                "if(event.type NOT IN (#, #, #), #, NULL)",
                words.text(EventType.IDENTIFY.word()),
                words.text(EventType.USER_PROFILE.word()),
                words.text(EventType.STATISTICS.word()),
                new Seen.Stored(past.property(CURRENT, property)).part(part));
    }

    private Fragment constant(Value value) {
        if (value instanceof Value.Decimal decimal) {
            return words.number(decimal.number());
        }
        return value instanceof Value.Flag flag ? words.flag(flag.flag()) : words.text(((Value.Text) value).text());
    }

    private Fragment square(String axis, long coordinate) {
        Fragment apart = Fragment.of("CAST(home." + axis + " - # AS BIGINT)", words.whole(coordinate));
        return Fragment.of("# * #", apart, apart);
    }
}
