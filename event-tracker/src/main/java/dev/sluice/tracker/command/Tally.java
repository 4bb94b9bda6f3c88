package dev.sluice.tracker.command;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/**
 * What an import has come to.
 *
 * @param rows read, without blank ones and the header
 * @param accepted kept by the tracker, or found good in a dry run
 * @param rejectedByCode those that were not
 * @param requests answered with a result
 * @param retries of requests that were not
 */
record Tally(long rows, long accepted, Map<String, Long> rejectedByCode, long requests, long retries) {
    static final Tally NONE = new Tally(0, 0, Map.of(), 0, 0);

    Tally {
        rejectedByCode = Map.copyOf(rejectedByCode);
    }

    long rejected() {
        return rejectedByCode.values().stream().mapToLong(Long::longValue).sum();
    }

    Tally plusRow() {
        return new Tally(rows + 1, accepted, rejectedByCode, requests, retries);
    }

    Tally plusAccepted(long more) {
        return new Tally(rows, accepted + more, rejectedByCode, requests, retries);
    }

    Tally plusRejected(String code) {
        Map<String, Long> more = new TreeMap<>(rejectedByCode);
        more.merge(code, 1L, Long::sum);
        return new Tally(rows, accepted, more, requests, retries);
    }

    Tally plusRequest(long itsRetries) {
        return new Tally(rows, accepted, rejectedByCode, requests + 1, retries + itsRetries);
    }

    void write(JsonGenerator json) {
        json.writeNumberProperty("rows", rows);
        json.writeNumberProperty("accepted", accepted);
        json.writeNumberProperty("rejected", rejected());
        json.writeObjectPropertyStart("rejectedByCode");
        new TreeMap<>(rejectedByCode).forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeNumberProperty("requests", requests);
        json.writeNumberProperty("retries", retries);
    }

    static Tally read(Value.Fields json) {
        Map<String, Long> rejected = new TreeMap<>();
        json.inner("rejectedByCode").fields().forEach((code, count) -> {
            if (count instanceof Value.Decimal number) {
                rejected.put(code, number.number().max(BigDecimal.ZERO).longValue());
            }
        });
        return new Tally(
                json.whole("rows"), json.whole("accepted"), rejected, json.whole("requests"), json.whole("retries"));
    }
}
