package dev.sluice.model.rules.sentence;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.Condition.Argument;
import dev.sluice.model.rules.Condition.Distance;
import dev.sluice.model.rules.Place;
import dev.sluice.model.rules.ValueTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Parses conditions that are made of no others, or the opposite of one. Used for one sentence. */
record LeafParser(Cursor cursor, TermParser terms, TestParser tests, EventParser events, HistoryParser history) {
    static final String FUNCTION_NAME = "a function's name";

    private static final String TRAIT = "a trait's name in quotes";
    private static final String STATISTIC = "a statistic's name in quotes";
    private static final String CHANNEL = "a channel's name in quotes";
    private static final String FUNCTION = "a function's name in quotes";

    static LeafParser of(Cursor cursor) {
        var terms = new TermParser(cursor);
        var tests = new TestParser(cursor, terms);
        var events = new EventParser(cursor, terms, tests);
        return new LeafParser(cursor, terms, tests, events, new HistoryParser(cursor, terms, tests, events));
    }

    /** @throws SentenceException if no condition begins here */
    Condition leaf() {
        Optional<Condition> found = history.findDid().map(Function.identity());
        return found.or(this::findOfPerson)
                .or(this::findOfEvent)
                .or(history::findAggregate)
                .or(history::findMoment)
                .or(this::findCall)
                .orElseThrow(cursor::fail);
    }

    private Optional<Condition> findOfPerson() {
        if (cursor.accept("the trait") || cursor.also("trait")) {
            String name = terms.text(TRAIT);
            return Optional.of(tested(test -> new Condition.Trait(name, test)));
        }
        if (cursor.accept("the statistic") || cursor.also("statistic")) {
            String name = terms.text(STATISTIC);
            return Optional.of(tested(test -> new Condition.Statistic(name, test)));
        }
        if (cursor.accept("has agreed to") || cursor.alsoOne("agreed to", "has consented to", "has opted in to")) {
            return Optional.of(new Condition.Consent(terms.text(CHANNEL), true));
        }
        if (cursor.accept("has refused") || cursor.alsoOne("refused", "has opted out of")) {
            return Optional.of(new Condition.Consent(terms.text(CHANNEL), false));
        }
        if (cursor.accept("lives within")) {
            return Optional.of(near());
        }
        if (cursor.alsoOne("does not live within", "doesn't live within")) {
            return Optional.of(new Condition.Not(near()));
        }
        if (cursor.accept("is in segment") || cursor.also("in segment")) {
            return Optional.of(segment());
        }
        return cursor.alsoOne("is not in segment", "isn't in segment")
                ? Optional.of(new Condition.Not(segment()))
                : Optional.empty();
    }

    private Optional<Condition> findOfEvent() {
        if (cursor.also("the event is not")) {
            return Optional.of(new Condition.Not(new Condition.CurrentEvent(events.object(Verb.DO))));
        }
        return cursor.accept("the event is")
                ? Optional.of(new Condition.CurrentEvent(events.object(Verb.DO)))
                : Optional.empty();
    }

    private Condition segment() {
        return new Condition.InSegment(terms.text("a segment's id in quotes"));
    }

    private Condition near() {
        BigDecimal amount = terms.number();
        Distance.Unit unit = unit();
        cursor.require("of");
        return new Condition.Near(place(), new Distance(amount, unit));
    }

    private Distance.Unit unit() {
        if (cursor.accept("miles") || cursor.also("mile")) {
            return Distance.Unit.MILES;
        }
        if (!cursor.alsoOne("kilometer", "kilometre", "kilometres", "km")) {
            cursor.require("kilometers");
        }
        return Distance.Unit.KILOMETERS;
    }

    private Place place() {
        if (cursor.accept("postal code") || cursor.alsoOne("the postal code", "zip code")) {
            Optional<Token> quoted = cursor.peek(0).kind() == Token.Kind.TEXT
                    ? cursor.accept(Token.Kind.TEXT, "a postal code")
                    : Optional.empty();
            return new Place.PostalCode(quoted.orElseGet(() -> cursor.require(Token.Kind.FIGURE, "a postal code"))
                    .text());
        }
        BigDecimal latitude = terms.number("a latitude");
        cursor.require(",");
        return new Place.Coordinates(latitude, terms.number("a longitude"));
    }

    private Optional<Condition> findCall() {
        String name;
        Token word = cursor.peek(0);
        if (cursor.accept("the function") || cursor.also("function")) {
            name = terms.text(FUNCTION);
        } else if (word.kind() == Token.Kind.WORD && cursor.peek(1).is("(") && Grammar.isFunctionName(word.text())) {
            cursor.skip();
            name = word.text();
        } else {
            cursor.expectKind(FUNCTION_NAME);
            return Optional.empty();
        }
        cursor.require("(");
        List<Argument> arguments = arguments();
        return Optional.of(tested(test -> new Condition.Call(name, arguments, test)));
    }

    private List<Argument> arguments() {
        List<Argument> arguments = new ArrayList<>();
        if (cursor.accept(")")) {
            return arguments;
        }
        do {
            arguments.add(argument());
        } while (cursor.accept(","));
        cursor.require(")");
        return arguments;
    }

    private Argument argument() {
        if (cursor.accept("the trait") || cursor.also("trait")) {
            return new Condition.TraitOf(terms.text(TRAIT));
        }
        if (cursor.accept("the statistic") || cursor.also("statistic")) {
            return new Condition.StatisticOf(terms.text(STATISTIC));
        }
        if (cursor.accept("the property") || cursor.also("property")) {
            return new Condition.PropertyOf(terms.text("a property's name in quotes"));
        }
        return new Condition.Constant(terms.value());
    }

    private Condition tested(Function<ValueTest, Condition> condition) {
        TestParser.Tested tested = tests.testOrOpposite();
        Condition leaf = condition.apply(tested.test());
        return tested.negated() ? new Condition.Not(leaf) : leaf;
    }
}
