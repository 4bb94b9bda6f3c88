package dev.sluice.model.rules.sql;

import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Window;
import java.util.ArrayList;
import java.util.List;

/** Conditions on history as SQL, over the column {@code history}; {@code e} is one of its events. */
record PastSql(Words words, ZoneSql zones) implements History.Cases<Fragment> {
    private static final Fragment EVENT = Fragment.of("e");

    @Override
    public Fragment eventCount(History.EventCount count) {
        Fragment found = words.size(events(count.window(), count.filter()));
        return ValueSql.compare(found, count.operator(), words.whole(count.count()));
    }

    @Override
    public Fragment total(History.Total total) {
        Fragment number = new Seen.Stored(property(EVENT, total.property())).part(Part.NUMBER);
        Fragment numbers = words.withoutNulls(words.transform(events(total.window(), total.filter()), "e", number));
        Fragment than = words.number(total.than());
        return switch (total.aggregate()) {
            case SUM -> ValueSql.compare(words.sum(numbers), total.operator(), than);
            case AVERAGE -> {
                Fragment those = Fragment.of("q");
                Fragment product = Fragment.of("# * CAST(# AS DECIMAL(8, 0))", than, words.size(those));
                Fragment compared = ValueSql.compare(words.sum(those), total.operator(), product);
                yield words.let("q", numbers, Fragment.of("# > 0 AND #", words.size(those), compared));
            }
            case MINIMUM -> ValueSql.compare(words.least(numbers), total.operator(), than);
            case MAXIMUM -> ValueSql.compare(words.most(numbers), total.operator(), than);
        };
    }

    @Override
    public Fragment distinct(History.Distinct distinct) {
        Fragment values = words.transform(
                events(distinct.window(), distinct.filter()), "e", property(EVENT, distinct.property()));
        List<Fragment> counts = new ArrayList<>();
        for (Part type : List.of(Part.TEXT, Part.NUMBER, Part.FLAG)) {
            counts.add(words.different(
                    words.transform(Fragment.of("q"), "v", new Seen.Stored(Fragment.of("v")).part(type))));
        }
        Fragment compared =
                ValueSql.compare(Fragment.join(" + ", counts), distinct.operator(), words.whole(distinct.count()));
        return words.let("q", values, compared);
    }

    @Override
    public Fragment days(History.Days days) {
        Fragment found = words.different(words.transform(
                events(days.window(), days.filter()), "e", zones.day(Fragment.of("e.time"), days.zone())));
        return ValueSql.compare(found, days.operator(), words.whole(days.count()));
    }

    @Override
    public Fragment moment(History.Moment moment) {
        Fragment place = switch (moment.which()) {
            case FIRST -> Fragment.of("1");
            case LAST -> Fragment.of("-1");
        };
        Fragment time = Fragment.of("#.time", words.element(events(moment.window(), moment.filter()), place));
        var test = new TimeSql(words, zones, Fragment.of("m"), words.nothing(Part.DAY));
        return words.let("m", time, moment.test().matchTime(test));
    }

    @Override
    public Fragment sequence(History.Sequence sequence) {
        Fragment within = words.whole(sequence.within().toMillis());
        Fragment follows = Fragment.of("b.place > a.place AND b.time <= a.time + #", within);
        Fragment followed = words.exists(Fragment.of("q"), "b", follows);
        Fragment isMeant =
                sequence.followed() ? followed : Fragment.of("a.time + # < moment AND NOT #", within, followed);
        Fragment firsts = events(sequence.window(), sequence.first());
        Fragment thens = events(sequence.window(), sequence.then());
        return words.let("q", thens, words.exists(firsts, "a", isMeant));
    }

    /** Whether an event passes a filter: TRUE or FALSE. */
    Fragment passes(EventFilter filter, Fragment event) {
        List<Fragment> all = new ArrayList<>();
        all.add(Fragment.of("#.type = #", event, words.text(filter.type().word())));
        filter.name().ifPresent(name -> all.add(Fragment.of("#.name = #", event, words.text(name))));
        for (EventFilter.PropertyTest where : filter.where()) {
            var value = new Seen.Stored(property(event, where.property()));
            all.add(where.test().match(new ValueSql(words, zones, value)).orFalse());
        }
        return words.all(all).orFalse();
    }

    /** The value of an event's property. */
    Fragment property(Fragment event, String name) {
        return words.lookup(Fragment.of("#.properties", event), words.text(name));
    }

    /** Those in the window that pass the filter, in their order. */
    private Fragment events(Window window, EventFilter filter) {
        List<Fragment> all = new ArrayList<>();
        if (window instanceof Window.Last last) {
            all.add(Fragment.of("e.time > moment - #", words.whole(last.length().toMillis())));
        } else if (window instanceof Window.Between between) {
            all.add(Fragment.of("e.time >= #", words.whole(between.opens().toEpochMilli())));
            all.add(Fragment.of("e.time < #", words.whole(between.closes().toEpochMilli())));
        }
        all.add(passes(filter, EVENT));
        return words.filter(Fragment.of("history"), "e", words.all(all));
    }
}
