package dev.sluice.model.rules.sentence;

import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Parses {@link History} conditions. Used for one sentence. */
record HistoryParser(Cursor cursor, TermParser terms, TestParser tests, EventParser events) {
    private static final List<String> TALLIES = List.of("on", "at", "no", "more", "fewer", "less", "exactly");

    /** A condition that begins with a verb, if one stands here. */
    Optional<History> findDid() {
        if (cursor.also("never")) {
            Verb verb = past().orElseThrow(cursor::fail);
            return Optional.of(didNot(verb, true));
        }
        if (cursor.also("didn't")) {
            return Optional.of(didNot(infinitive(""), false));
        }
        Optional<Verb> verb = past();
        if (verb.isPresent() && verb.get() == Verb.DO && cursor.peek(0).is("not")) {
            return Optional.of(didNot(infinitive("not "), false));
        }
        if (verb.isPresent() && verb.get() == Verb.DO) {
            // Does not stand here; who writes "did" shall know that it may.
            cursor.accept("not do");
        }
        return verb.map(this::did);
    }

    private Optional<Verb> past() {
        for (Verb verb : Verb.values()) {
            if (cursor.accept(verb.past())) {
                return Optional.of(verb);
            }
        }
        return cursor.also("saw") ? Optional.of(Verb.VIEW) : Optional.empty();
    }

    /** The verb behind "did not", which may be left out. */
    private Verb infinitive(String before) {
        for (Verb verb : Verb.values()) {
            if (cursor.accept(before + verb.infinitive())) {
                return verb;
            }
        }
        if (!before.isEmpty()) {
            cursor.also("not");
        }
        return Verb.DO;
    }

    private History didNot(Verb verb, boolean never) {
        EventFilter filter = events.object(verb);
        Optional<Window> window = terms.findWindow();
        if (window.isEmpty() && !never) {
            throw cursor.fail();
        }
        return new History.EventCount(filter, window.orElse(new Window.Ever()), Operator.EXACTLY, 0);
    }

    private History did(Verb verb) {
        EventFilter filter = events.object(verb);
        if (cursor.alsoOne("then not", "but not")) {
            return sequence(filter, false);
        }
        if (cursor.accept("then") || cursor.also("followed by")) {
            return sequence(filter, true);
        }
        if (cursor.acceptWhole("and not")) {
            return sequence(filter, false);
        }
        Optional<Tally> before = tally();
        Window window = terms.window();
        Optional<Tally> after = before.isEmpty() && beginsTally(cursor.peek(0)) ? tally() : before;
        Tally tally = after.orElse(new Tally(Operator.AT_LEAST, 1, false));
        if (!tally.days()) {
            return new History.EventCount(filter, window, tally.operator(), tally.count());
        }
        var zone = window instanceof Window.Between between ? between.zone() : terms.zone();
        return new History.Days(filter, window, zone, tally.operator(), tally.count());
    }

    private History sequence(EventFilter first, boolean followed) {
        past();
        EventFilter then = events.object(Verb.DO);
        cursor.require("within");
        Duration within = terms.duration();
        return new History.Sequence(first, then, followed, within, terms.window());
    }

    /** How often, or on how many days. */
    private record Tally(Operator operator, int count, boolean days) {}

    private static boolean beginsTally(Token token) {
        return TALLIES.stream().anyMatch(token::is);
    }

    private Optional<Tally> tally() {
        boolean days = cursor.accept("on");
        Optional<Operator> operator = terms.operator("fewer than");
        if (operator.isEmpty()) {
            if (days) {
                throw cursor.fail();
            }
            return Optional.empty();
        }
        int count = days ? days() : times();
        return Optional.of(new Tally(operator.get(), count, days));
    }

    private int days() {
        int count = terms.whole();
        if (!cursor.also("day")) {
            cursor.require("days");
        }
        return count;
    }

    private int times() {
        if (cursor.accept("once")) {
            return 1;
        }
        if (cursor.also("twice")) {
            return 2;
        }
        int count = terms.whole();
        if (!cursor.also("time")) {
            cursor.require("times");
        }
        return count;
    }

    /** A condition on what many events come to, if one stands here. */
    Optional<History> findAggregate() {
        for (History.Aggregate aggregate : History.Aggregate.values()) {
            if (cursor.accept("the " + Grammar.AGGREGATES.get(aggregate.ordinal()) + " of")) {
                return Optional.of(total(aggregate));
            }
        }
        if (cursor.also("the total of")) {
            return Optional.of(total(History.Aggregate.SUM));
        }
        boolean distinct =
                cursor.accept("the number of different values of") || cursor.also("the number of distinct values of");
        return distinct ? Optional.of(distinct()) : Optional.empty();
    }

    private History total(History.Aggregate aggregate) {
        String property = terms.text("a property's name in quotes");
        cursor.require("over");
        EventFilter filter = events.object(Verb.DO);
        Window window = terms.window();
        return new History.Total(aggregate, property, filter, window, compares(), terms.number());
    }

    private History distinct() {
        String property = terms.text("a property's name in quotes");
        cursor.require("over");
        EventFilter filter = events.object(Verb.DO);
        Window window = terms.window();
        return new History.Distinct(property, filter, window, compares(), terms.whole());
    }

    private Operator compares() {
        cursor.require("is");
        return terms.operator("less than").orElseThrow(cursor::fail);
    }

    /** A condition on the time of the first or last of many events, if one stands here. */
    Optional<History> findMoment() {
        if (cursor.accept("the first")) {
            return Optional.of(moment(History.Which.FIRST));
        }
        return cursor.accept("the last") ? Optional.of(moment(History.Which.LAST)) : Optional.empty();
    }

    private History moment(History.Which which) {
        cursor.also("time of");
        EventFilter filter = events.noun();
        Window window = terms.window();
        return new History.Moment(which, filter, window, tests.times().ofEvent(window));
    }
}
