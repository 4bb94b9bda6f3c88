package dev.sluice.glue.rules;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sums and averages that depend on the last digit of the largest numbers that rules know. */
final class LastDigits {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final BigDecimal LARGEST = new BigDecimal("999999999999999999.999999999");

    private LastDigits() {}

    /** Whoever has had the largest number twice, and the smallest three times. */
    static Observation observation() {
        List<Occurrence> history = new ArrayList<>();
        for (String number : List.of("0.000000001", "0.000000001", "0.000000001")) {
            history.add(event("small", history.size(), new BigDecimal(number)));
        }
        history.add(event("large", 3, LARGEST));
        history.add(event("large", 4, LARGEST));
        return new Observation(history.get(4), Value.Fields.NONE, Value.Fields.NONE, history);
    }

    static List<Condition> conditions() {
        return List.of(
                total(History.Aggregate.SUM, "small", Operator.EXACTLY, "0.000000003"),
                total(History.Aggregate.SUM, "small", Operator.MORE_THAN, "0.000000002"),
                total(History.Aggregate.AVERAGE, "small", Operator.EXACTLY, "0.000000001"),
                total(History.Aggregate.SUM, "large", Operator.MORE_THAN, LARGEST.toPlainString()),
                total(History.Aggregate.AVERAGE, "large", Operator.EXACTLY, LARGEST.toPlainString()),
                total(History.Aggregate.AVERAGE, "large", Operator.LESS_THAN, LARGEST.toPlainString()));
    }

    private static Condition total(History.Aggregate aggregate, String property, Operator operator, String than) {
        return new History.Total(
                aggregate, property, EventFilter.track("A"), new Window.Ever(), operator, new BigDecimal(than));
    }

    private static Occurrence event(String property, int i, BigDecimal number) {
        Instant time = NOW.plusSeconds(i);
        var properties = Value.Fields.NONE.with(property, new Value.Decimal(number));
        return new Occurrence("e" + i, EventType.TRACK, Optional.of("A"), time, time, properties);
    }
}
