package dev.sluice.activators.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.PersonKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Promises: a delivery takes one place however often it asks; who was sent enough is sent no more, per channel, and may be
 * sent again when time has passed; what was not sent gives its place back; what stands against an address is kept once and
 * tells topics apart; people and accounts do not touch one another; of many who ask at once no more are let through than the
 * cap allows.
 */
public abstract class MessageLogContract {
    private static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");
    private static final Caps CAPS = new Caps(2, 3);
    private static final PersonKey ANNA = new PersonKey("demo", "anna");

    protected abstract MessageLog log();

    @Test
    void aDeliveryTakesOnePlaceHoweverOftenItAsks() {
        MessageLog log = log();

        assertThat(log.reserve(ANNA, entry("a", NOW), CAPS)).isEqualTo(new PersonLog.Reservation.Reserved());
        assertThat(log.reserve(ANNA, entry("a", NOW.plusSeconds(9)), CAPS))
                .isEqualTo(new PersonLog.Reservation.InDoubt());
        assertThat(log.wasSent(ANNA, "a")).isFalse();
        log.settle(ANNA, "a", true);
        assertThat(log.wasSent(ANNA, "a")).isTrue();
        assertThat(log.reserve(ANNA, entry("a", NOW.plusSeconds(20)), CAPS))
                .isEqualTo(new PersonLog.Reservation.Sent());
        assertThat(log.reserve(ANNA, entry("b", NOW.plusSeconds(30)), CAPS))
                .isEqualTo(new PersonLog.Reservation.Reserved());
    }

    @Test
    void enoughOfADayAndOfAWeekIsEnough() {
        MessageLog log = log();
        send(log, "a", NOW);
        send(log, "b", NOW.plusSeconds(1));

        assertThat(log.reserve(ANNA, entry("c", NOW.plusSeconds(2)), CAPS))
                .isEqualTo(new PersonLog.Reservation.Capped("cap of a day"));
        Instant tomorrow = NOW.plus(Duration.ofDays(1)).plusSeconds(2);
        send(log, "c", tomorrow);
        assertThat(log.reserve(ANNA, entry("d", tomorrow.plus(Duration.ofDays(1))), CAPS))
                .isEqualTo(new PersonLog.Reservation.Capped("cap of a week"));
        assertThat(log.reserve(ANNA, entry("d", NOW.plus(Duration.ofDays(7)).plusSeconds(2)), CAPS))
                .isEqualTo(new PersonLog.Reservation.Reserved());
    }

    @Test
    void channelsAndWhatDoesNotCountHaveNoPartInACap() {
        MessageLog log = log();
        send(log, "a", NOW);
        send(log, "b", NOW);
        var receipt = new PersonLog.Entry("r", "email", "receipts", false, NOW, false);
        var push = new PersonLog.Entry("p", "push", "welcome", true, NOW, false);

        assertThat(log.reserve(ANNA, receipt, Caps.NONE)).isEqualTo(new PersonLog.Reservation.Reserved());
        assertThat(log.reserve(ANNA, push, CAPS)).isEqualTo(new PersonLog.Reservation.Reserved());
    }

    @Test
    void whatWasNotSentGivesItsPlaceBack() {
        MessageLog log = log();
        send(log, "a", NOW);
        log.reserve(ANNA, entry("b", NOW), CAPS);
        log.settle(ANNA, "b", false);

        assertThat(log.reserve(ANNA, entry("c", NOW), CAPS)).isEqualTo(new PersonLog.Reservation.Reserved());
    }

    @Test
    void settlingWhatWasNeverReservedIsNothing() {
        MessageLog log = log();
        log.settle(ANNA, "never", true);

        assertThat(log.reserve(ANNA, entry("never", NOW), CAPS)).isEqualTo(new PersonLog.Reservation.Reserved());
    }

    @Test
    void forgettingForgetsWhatWasSent() {
        MessageLog log = log();
        send(log, "a", NOW);
        log.forget(ANNA);

        assertThat(log.reserve(ANNA, entry("a", NOW), CAPS)).isEqualTo(new PersonLog.Reservation.Reserved());
    }

    @Test
    void peopleAndAccountsDoNotTouchOneAnother() {
        MessageLog log = log();
        send(log, "a", NOW);
        var namesake = new PersonKey("other", "anna");
        suppress(log, "demo", "email", "anna@example.com", Suppression.of(Suppression.Kind.BOUNCED, NOW));

        assertThat(log.reserve(namesake, entry("a", NOW), CAPS)).isEqualTo(new PersonLog.Reservation.Reserved());
        assertThat(log.suppressions("other", "email", List.of("anna@example.com"))
                        .get("anna@example.com"))
                .isEqualTo(Suppressions.NONE);
    }

    @Test
    void whatStandsAgainstAnAddressTellsTopicsApart() {
        MessageLog log = log();
        var offers = new Suppression(Suppression.Kind.UNSUBSCRIBED, "offers", NOW);
        suppress(log, "demo", "email", "Anna@example.com", offers);
        suppress(
                log,
                "demo",
                "email",
                "anna@example.com",
                new Suppression(Suppression.Kind.UNSUBSCRIBED, "offers", NOW));
        Suppressions found = one(log, "anna@example.com");

        assertThat(found.list()).containsExactly(offers);
        assertThat(found.against("offers")).contains(offers);
        assertThat(found.against("news")).isEmpty();
        suppress(log, "demo", "email", "anna@example.com", Suppression.of(Suppression.Kind.COMPLAINED, NOW));
        assertThat(one(log, "anna@example.com").against("news")).isPresent();
        assertThat(one(log, "bert@example.com")).isEqualTo(Suppressions.NONE);
        assertThat(log.suppressions("demo", "push", List.of("anna@example.com")).get("anna@example.com"))
                .isEqualTo(Suppressions.NONE);
    }

    @Test
    void ofManyWhoAskAtOnceNoMoreAreLetThroughThanTheCapAllows() throws Exception {
        MessageLog log = log();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<PersonLog.Reservation>> calls = new ArrayList<>();
            IntStream.range(0, 8).forEach(i -> calls.add(() -> log.reserve(ANNA, entry("m" + i, NOW), CAPS)));
            int reserved = 0;
            for (Future<PersonLog.Reservation> answer : threads.invokeAll(calls)) {
                reserved += answer.get() instanceof PersonLog.Reservation.Reserved ? 1 : 0;
            }
            assertThat(reserved).isEqualTo(2);
        }
    }

    private static Suppressions one(MessageLog log, String address) {
        return log.suppressions("demo", "email", List.of(address)).getOrDefault(address, Suppressions.NONE);
    }

    private static void send(MessageLog log, String id, Instant at) {
        assertThat(log.reserve(ANNA, entry(id, at), CAPS)).isEqualTo(new PersonLog.Reservation.Reserved());
        log.settle(ANNA, id, true);
    }

    private static PersonLog.Entry entry(String id, Instant at) {
        return new PersonLog.Entry(id, "email", "welcome", true, at, false);
    }

    private static void suppress(
            MessageLog log, String account, String channel, String address, Suppression suppression) {
        log.suppress(account, AddressKey.of(account, channel, address), suppression);
    }
}
