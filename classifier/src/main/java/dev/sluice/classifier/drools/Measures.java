package dev.sluice.classifier.drools;

import dev.sluice.model.Value;
import dev.sluice.model.rules.Decimals;
import dev.sluice.model.rules.History;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;

/** What is measured of the events in a slice. Stateless. */
final class Measures {
    private Measures() {}

    /**
     * Numbers taken together.
     *
     * @param least 0 if there are none, as is {@code most}
     */
    record Totals(int count, BigDecimal sum, BigDecimal least, BigDecimal most) {}

    static Totals totals(Events events, Numbering.Slice slice, String property) {
        int size = events.count(slice);
        int count = 0;
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal least = BigDecimal.ZERO;
        BigDecimal most = BigDecimal.ZERO;
        for (int i = 0; i < size; i++) {
            if (events.event(slice, i).details().fields().get(property) instanceof Value.Decimal(var number)
                    && Decimals.isKnown(number)) {
                sum = sum.add(number);
                least = count == 0 ? number : least.min(number);
                most = count == 0 ? number : most.max(number);
                count++;
            }
        }
        return new Totals(count, sum, least, most);
    }

    static int distinct(Events events, Numbering.Slice slice, String property) {
        int size = events.count(slice);
        Set<Value> different = new HashSet<>();
        for (int i = 0; i < size; i++) {
            Value value = events.event(slice, i).details().fields().get(property);
            boolean counts = value instanceof Value.Text
                    || value instanceof Value.Flag
                    || (value instanceof Value.Decimal(var number) && Decimals.isKnown(number));
            if (value != null && counts) {
                different.add(value);
            }
        }
        return different.size();
    }

    /** Events are in order of time, so those of one day stand together, except where a zone's clocks cross midnight. */
    static int days(Events events, Numbering.Slice slice, ZoneId zone) {
        int size = events.count(slice);
        Set<LocalDate> different = new HashSet<>();
        for (int i = 0; i < size; i++) {
            different.add(LocalDate.ofInstant(Instant.ofEpochMilli(events.time(slice, i)), zone));
        }
        return different.size();
    }

    /** Both slices have one span. */
    static boolean holds(
            Events events, History.Sequence sequence, Numbering.Slice first, Numbering.Slice then, long now) {
        int firsts = events.count(first);
        int thens = events.count(then);
        long within = sequence.within().toMillis();
        int next = 0;
        for (int i = 0; i < firsts; i++) {
            while (next < thens && events.place(then, next) <= events.place(first, i)) {
                next++;
            }
            long begins = events.time(first, i);
            boolean followed = next < thens && events.time(then, next) - begins <= within;
            if (sequence.followed() ? followed : !followed && now - begins > within) {
                return true;
            }
        }
        return false;
    }
}
