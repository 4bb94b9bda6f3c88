package dev.sluice.activators.messages;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one person was sent lately, for caps, and so that nothing is sent twice. Immutable.
 *
 * @param entries oldest first, none older than {@link #KEPT}
 */
public record PersonLog(List<Entry> entries) {
    /** Of somebody who was sent nothing. */
    public static final PersonLog EMPTY = new PersonLog(List.of());

    /** Longer than any cap looks back and longer than a delivery is retried. */
    public static final Duration KEPT = Duration.ofDays(8);

    private static final int MOST = 200;
    private static final int VERSION = 1;

    /**
     * One message.
     *
     * @param id of its delivery
     * @param counted whether caps count it
     * @param at when sending it began
     * @param done false while it is being sent; if that ended without a word, whether it was sent is not known
     */
    public record Entry(String id, String channel, String campaign, boolean counted, Instant at, boolean done) {}

    /** What came of asking for leave to send. */
    public sealed interface Reservation {
        /** It may be sent; say how it went. */
        record Reserved() implements Reservation {}

        /** It was sent already. */
        record Sent() implements Reservation {}

        /** Sending it began once and ended without a word. It keeps its place. */
        record InDoubt() implements Reservation {}

        /** Enough was sent to the person. */
        record Capped(String reason) implements Reservation {}
    }

    /** A reservation and the log with it. */
    public record Step(Reservation reservation, PersonLog log) {}

    public PersonLog {
        entries = List.copyOf(entries);
    }

    /** Asks for leave to send a message whose entry is given, now. */
    public Step reserve(Entry wanted, Caps caps) {
        PersonLog log = since(wanted.at().minus(KEPT));
        Optional<Entry> known = log.entries.stream()
                .filter(entry -> entry.id().equals(wanted.id()))
                .findFirst();
        if (known.isPresent()) {
            // The same moment: its own write, whose answer was lost.
            boolean own = known.get().equals(wanted);
            Reservation unfinished = own ? new Reservation.Reserved() : new Reservation.InDoubt();
            return new Step(known.get().done() ? new Reservation.Sent() : unfinished, log);
        }
        if (caps.count() && log.count(wanted, Duration.ofDays(1)) >= caps.day()) {
            return new Step(new Reservation.Capped("cap of a day"), log);
        }
        if (caps.count() && log.count(wanted, Caps.LONGEST) >= caps.week()) {
            return new Step(new Reservation.Capped("cap of a week"), log);
        }
        if (log.entries.size() >= MOST) {
            return new Step(new Reservation.Capped("more than " + MOST + " messages in 8 days"), log);
        }
        List<Entry> more = new ArrayList<>(log.entries);
        more.add(wanted);
        return new Step(new Reservation.Reserved(), new PersonLog(more));
    }

    /** Says how it went: what was sent stays, what was not gives its place back. */
    public PersonLog settle(String id, boolean sent) {
        List<Entry> settled = new ArrayList<>();
        for (Entry entry : entries) {
            if (!entry.id().equals(id)) {
                settled.add(entry);
            } else if (sent) {
                settled.add(new Entry(id, entry.channel(), entry.campaign(), entry.counted(), entry.at(), true));
            }
        }
        return new PersonLog(settled);
    }

    /** Whether a delivery is known to have been sent. */
    public boolean wasSent(String id) {
        return entries.stream().anyMatch(entry -> entry.done() && entry.id().equals(id));
    }

    /** When the last of it is of no use any more. */
    public Optional<Instant> expires() {
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(entries.getLast().at().plus(KEPT));
    }

    private PersonLog since(Instant begin) {
        return new PersonLog(
                entries.stream().filter(entry -> !entry.at().isBefore(begin)).toList());
    }

    private long count(Entry wanted, Duration back) {
        Instant begin = wanted.at().minus(back);
        return entries.stream()
                .filter(entry -> entry.counted()
                        && entry.channel().equals(wanted.channel())
                        && entry.at().isAfter(begin))
                .count();
    }

    /** One JSON object. */
    public String write() {
        return new String(
                JsonText.writeObject(json -> {
                    json.writeNumberProperty("v", VERSION);
                    json.writeArrayPropertyStart("sent");
                    for (Entry entry : entries) {
                        json.writeStartObject();
                        json.writeStringProperty("id", entry.id());
                        json.writeStringProperty("channel", entry.channel());
                        json.writeStringProperty("campaign", entry.campaign());
                        json.writeBooleanProperty("counted", entry.counted());
                        json.writeStringProperty("at", entry.at().toString());
                        json.writeBooleanProperty("done", entry.done());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                }),
                StandardCharsets.UTF_8);
    }

    /** @throws MalformedException if it is not what {@link #write} writes */
    public static PersonLog read(String text) {
        Value.Fields json =
                JsonText.readObject(text.getBytes(StandardCharsets.UTF_8)).ofVersion(VERSION);
        List<Entry> entries = new ArrayList<>();
        for (Value.Fields each : json.innerList("sent")) {
            entries.add(new Entry(
                    each.text("id"),
                    each.text("channel"),
                    each.text("campaign"),
                    each.flag("counted"),
                    JsonText.instant("at", each.text("at")),
                    each.flag("done")));
        }
        return new PersonLog(entries);
    }
}
