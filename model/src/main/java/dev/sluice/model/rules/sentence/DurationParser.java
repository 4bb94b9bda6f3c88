package dev.sluice.model.rules.sentence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Parses durations such as {@code 1 hour 30 minutes} or {@code week}. Used for one sentence. */
record DurationParser(Cursor cursor) {
    static final String DURATION = "a duration such as 30 days";

    // So many of every unit together still fit a long of milliseconds.
    private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");
    private static final List<Grammar.Unit> UNITS = units();

    private static final List<String> WORDS =
            UNITS.stream().map(unit -> unit.word() + "s").toList();

    private static List<Grammar.Unit> units() {
        List<Grammar.Unit> units = new ArrayList<>(List.of(Grammar.WEEK));
        units.addAll(Grammar.UNITS);
        return List.copyOf(units);
    }

    Duration duration() {
        Optional<Grammar.Unit> alone = unit(0);
        if (alone.isPresent()) {
            cursor.skip();
            return Duration.ofMillis(alone.get().millis());
        }
        if (!isNumber(0)) {
            cursor.expectKind(DURATION);
            throw cursor.fail();
        }
        if (unit(1).isEmpty()) {
            cursor.expectWords(1, WORDS);
            throw cursor.fail();
        }
        return sum();
    }

    /** Whether a number and a unit stand here. */
    boolean stands() {
        return isNumber(0) && unit(1).isPresent();
    }

    private Duration sum() {
        Set<Grammar.Unit> seen = new HashSet<>();
        Duration sum = Duration.ZERO;
        while (true) {
            int and = !seen.isEmpty() && cursor.peek(0).is("and") ? 1 : 0;
            Optional<Grammar.Unit> unit = isNumber(and) ? unit(and + 1) : Optional.empty();
            if (unit.isEmpty() || !seen.add(unit.get())) {
                if (isNumber(and) && cursor.peek(and + 1).kind() == Token.Kind.END) {
                    cursor.expectWords(and + 1, WORDS);
                }
                return sum;
            }
            long many = Long.parseLong(cursor.peek(and).text());
            sum = sum.plusMillis(many * unit.get().millis());
            for (int i = 0; i < and + 2; i++) {
                cursor.skip();
            }
        }
    }

    private boolean isNumber(int ahead) {
        Token token = cursor.peek(ahead);
        return token.kind() == Token.Kind.FIGURE && DIGITS.matcher(token.text()).matches();
    }

    private Optional<Grammar.Unit> unit(int ahead) {
        Token token = cursor.peek(ahead);
        return UNITS.stream()
                .filter(unit -> token.is(unit.word()) || token.is(unit.word() + "s"))
                .findFirst();
    }
}
