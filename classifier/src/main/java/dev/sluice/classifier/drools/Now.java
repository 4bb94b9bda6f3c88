package dev.sluice.classifier.drools;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/** The moment of an evaluation. Used by one thread. */
final class Now {
    private final Map<ZoneId, LocalDate> days = new HashMap<>();
    private long millis;

    void set(long epochMillis) {
        if (epochMillis != millis) {
            millis = epochMillis;
            days.clear();
        }
    }

    long millis() {
        return millis;
    }

    /** Its calendar day in a zone. */
    LocalDate day(ZoneId zone) {
        return days.computeIfAbsent(zone, any -> LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone));
    }
}
