package dev.sluice.model.rules.sentence;

import dev.sluice.model.Value;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.RuleLimits;
import dev.sluice.model.rules.Times;
import dev.sluice.model.rules.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses names, values, numbers, dates, zones and windows. Used for one sentence. */
record TermParser(Cursor cursor) {
    static final String TEXT = "text in quotes";
    static final String NUMBER = "a number";
    static final String WHOLE = "a whole number";
    static final String VALUE = "a value: text in quotes, a number, true or false";
    static final String DATE = "a date such as 2026-11-21";
    static final String TIME = "a date and time such as 2026-11-21T09:30:00Z";
    static final String ZONE = "a time zone such as Europe/Paris";

    private static final ZoneId UTC = ZoneId.of("UTC");
    // A bound on digits, for reading them takes time by their square; how many a rule may have, the rule says.
    private static final Pattern PLAIN = Pattern.compile("[+-]?\\d{1,60}(?:\\.\\d{1,60})?");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

    String text(String what) {
        return cursor.require(Token.Kind.TEXT, what).text();
    }

    BigDecimal number() {
        return number(NUMBER);
    }

    BigDecimal number(String what) {
        return new BigDecimal(figure(PLAIN, what));
    }

    int whole() {
        return Integer.parseInt(figure(DIGITS, WHOLE));
    }

    private String figure(Pattern pattern, String what) {
        Token token = cursor.peek(0);
        if (token.kind() != Token.Kind.FIGURE || !pattern.matcher(token.text()).matches()) {
            cursor.expectKind(what);
            throw cursor.fail();
        }
        cursor.skip();
        return token.text();
    }

    Value value() {
        Token token = cursor.peek(0);
        if (!isValue(0)) {
            cursor.expectKind(VALUE);
            throw cursor.fail();
        }
        if (token.kind() == Token.Kind.FIGURE) {
            return new Value.Decimal(number(VALUE));
        }
        cursor.skip();
        return token.kind() == Token.Kind.TEXT ? Value.of(token.text()) : Value.of(token.is("true"));
    }

    /** One value or several, between which stand commas or "or"; behind a comma "or" and "and" are welcome. */
    List<Value> values() {
        List<Value> values = new ArrayList<>(List.of(value()));
        while (true) {
            if (cursor.peek(0).is(",") && joins(cursor.peek(1)) && !isValue(2)) {
                return values;
            }
            if (cursor.accept(",")) {
                cursor.alsoOne("or", "and");
            } else if (!orValue()) {
                return values;
            }
            values.add(value());
        }
    }

    private static boolean joins(Token token) {
        return token.is("and") || token.is("or") || token.is("but");
    }

    /** Moves behind "or" if a value follows it. */
    boolean orValue() {
        if (cursor.peek(0).is("or") && isValue(1)) {
            cursor.skip();
            return true;
        }
        return false;
    }

    private boolean isValue(int ahead) {
        Token token = cursor.peek(ahead);
        return token.kind() == Token.Kind.TEXT
                || token.kind() == Token.Kind.FIGURE
                || token.is("true")
                || token.is("false");
    }

    /** How a number is compared, or nothing; {@code less} is "less than" or, of things counted, "fewer than". */
    Optional<Operator> operator(String less) {
        if (cursor.accept("at least") || cursor.alsoOne("no less than", "no fewer than")) {
            return Optional.of(Operator.AT_LEAST);
        }
        if (cursor.accept("at most") || cursor.also("no more than")) {
            return Optional.of(Operator.AT_MOST);
        }
        if (cursor.accept("more than") || cursor.also("greater than")) {
            return Optional.of(Operator.MORE_THAN);
        }
        if (cursor.accept(less) || cursor.alsoOne("less than", "fewer than")) {
            return Optional.of(Operator.LESS_THAN);
        }
        return cursor.accept("exactly") ? Optional.of(Operator.EXACTLY) : Optional.empty();
    }

    LocalDate date() {
        Optional<LocalDate> date = Times.date(cursor.peek(0).text());
        if (cursor.peek(0).kind() != Token.Kind.FIGURE || date.isEmpty()) {
            cursor.expectKind(DATE);
            throw cursor.fail();
        }
        cursor.skip();
        return date.get();
    }

    /** The instant that stands here. */
    Optional<Instant> instant() {
        Token token = cursor.peek(0);
        Optional<Instant> instant = token.kind() == Token.Kind.FIGURE ? Times.instant(token.text()) : Optional.empty();
        if (instant.isPresent()) {
            cursor.skip();
        } else {
            cursor.expectKind(TIME);
        }
        return instant;
    }

    Duration duration() {
        return new DurationParser(cursor).duration();
    }

    Window window() {
        return findWindow().orElseThrow(cursor::fail);
    }

    Optional<Window> findWindow() {
        if (cursor.accept("in the last")
                || cursor.alsoOne("in the past", "within the last", "during the last", "over the last")) {
            return Optional.of(new Window.Last(duration()));
        }
        if (cursor.accept("from")) {
            LocalDate from = date();
            cursor.require("to");
            return Optional.of(new Window.Between(from, date(), zone()));
        }
        if (cursor.also("between")) {
            LocalDate from = date();
            cursor.require("and");
            return Optional.of(new Window.Between(from, date(), zone()));
        }
        boolean ever = cursor.accept("ever") || cursor.also("at any time");
        return ever ? Optional.of(new Window.Ever()) : Optional.empty();
    }

    /** "in" and a zone; without it UTC. */
    ZoneId zone() {
        if (cursor.peek(0).is("in") && cursor.peek(1).is("the")) {
            return UTC;
        }
        if (!cursor.accept("in")) {
            return UTC;
        }
        Token token = cursor.peek(0);
        if (token.kind() != Token.Kind.WORD || !RuleLimits.zones().contains(token.text())) {
            cursor.expectKind(ZONE);
            throw cursor.fail(Hints.zone(token));
        }
        cursor.skip();
        return ZoneId.of(token.text());
    }
}
