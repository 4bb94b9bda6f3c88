package dev.sluice.model.rules.sentence;

import dev.sluice.model.EventType;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.EventFilter.PropertyTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses {@link EventFilter}s. Used for one sentence. */
record EventParser(Cursor cursor, TermParser terms, TestParser tests) {
    private static final String EVENT = "an event's name in quotes";
    private static final String PROPERTY = "a property's name in quotes";

    /** Events as the object of a verb: what somebody did. */
    EventFilter object(Verb verb) {
        if (verb == Verb.DO) {
            Optional<Token> name = cursor.accept(Token.Kind.TEXT, EVENT);
            if (name.isPresent()) {
                return filter(EventType.TRACK, name.map(Token::text));
            }
            if (cursor.accept("any track event")) {
                return filter(EventType.TRACK, Optional.empty());
            }
        }
        for (EventType type : Grammar.TYPED) {
            if (phrase("any " + type.word(), type, verb)) {
                return filter(type, Optional.empty());
            }
            if (phrase("the " + type.word(), type, verb) || cursor.also(type.word())) {
                return filter(type, Optional.of(terms.text("a " + type.word() + "'s name in quotes")));
            }
        }
        throw cursor.fail();
    }

    /** Events behind "the first" or "the last". */
    EventFilter noun() {
        Optional<Token> text = cursor.accept(Token.Kind.TEXT, EVENT);
        if (text.isPresent()) {
            return filter(EventType.TRACK, text.map(Token::text));
        }
        if (cursor.accept("track event")) {
            return filter(EventType.TRACK, Optional.empty());
        }
        for (EventType type : Grammar.TYPED) {
            if (cursor.accept(type.word())) {
                return filter(
                        type,
                        cursor.accept(Token.Kind.TEXT, "a " + type.word() + "'s name in quotes")
                                .map(Token::text));
            }
        }
        throw cursor.fail();
    }

    /** Types that another verb goes with are read, but nobody is told to write them so. */
    private boolean phrase(String words, EventType type, Verb verb) {
        return verb == Verb.DO || Verb.of(type) == verb ? cursor.accept(words) : cursor.also(words);
    }

    private EventFilter filter(EventType type, Optional<String> name) {
        List<PropertyTest> where = new ArrayList<>();
        if (cursor.accept("where")) {
            do {
                String property = terms.text(PROPERTY);
                where.add(new PropertyTest(property, tests.test()));
            } while (andProperty());
        }
        return new EventFilter(type, name, where);
    }

    /** Moves behind "and" if a property's name follows it; else it joins conditions. */
    private boolean andProperty() {
        if (cursor.peek(0).is(",") && cursor.peek(1).is("and") && cursor.peek(2).kind() == Token.Kind.TEXT) {
            cursor.skip();
        }
        if (!cursor.peek(0).is("and")) {
            return false;
        }
        if (cursor.peek(1).kind() == Token.Kind.TEXT) {
            cursor.skip();
            return true;
        }
        cursor.expectKind(1, PROPERTY);
        return false;
    }
}
