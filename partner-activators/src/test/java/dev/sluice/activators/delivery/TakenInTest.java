package dev.sluice.activators.delivery;

import static dev.sluice.activators.delivery.Desk.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.People;
import dev.sluice.activators.ledger.LedgerLine;
import dev.sluice.activators.ledger.LedgerState;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import dev.sluice.model.activation.ProfileChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Promises of how lines are taken in: the connection is judged as it is now, not as it was; a segment that a connection
 * comes to be about triggers no message to those who were in it; an adapter forgets an erased person once the partner has
 * been told; an id stays the same while the name that does not matter changes; a parked connection costs nothing; no call
 * begins that cannot end within the invocation; an entry stays within what the ledger takes, and what it has no room for is
 * counted.
 */
@SuppressWarnings("NullAway") // What the test itself has put there is there.
final class TakenInTest {
    private final Desk desk = new Desk();
    private final List<PersonKey> forgotten = new ArrayList<>();
    private final KeepingPartner partner = new KeepingPartner(true, true, 1) {
        @Override
        public void forget(PersonKey person) {
            forgotten.add(person);
        }
    };

    @Test
    void whoLacksTheConsentThatIsAskedForNowIsTakenOutWhenTheyAreReconciled() {
        desk.connect(partner, "c1");
        ProfileChange change = new Lives("u1").in("a");
        desk.activate(batch("1", change));
        desk.tellings.set(0, new Telling(partner, asking("ads", "profiling")));

        desk.tellDue();
        assertThat(partner.present()).as("nothing came").hasSize(1);
        desk.activate(batch("2", standing(change)));

        assertThat(partner.texts()).containsExactly("u1 1 +a", "u1 1 -a");
        assertThat(partner.present()).isEmpty();
    }

    @Test
    void nothingIsSentToWhomeverLacksTheConsentThatIsAskedForNow() {
        desk.connect(new Telling(partner, Desk.paused(KeepingPartner.connection("c1"))));
        desk.activate(batch("1", new Lives("u1").in("a")));
        desk.tellings.set(0, new Telling(partner, asking("ads", "profiling")));

        desk.tellDue();

        assertThat(partner.told()).isEmpty();
        assertThat(desk.entry("c1", "u1").due()).isEmpty();
    }

    @Test
    void aSegmentThatIsAddedTriggersNoMessageToThoseWhoWereInIt() {
        var messages = new KeepingPartner(false, false, 1);
        desk.connect(new Telling(messages, of(Map.of("a", "welcome"))));
        var life = new Lives("u1");
        ProfileChange both = life.in("a", "b");
        desk.activate(batch("1", both));
        desk.tellings.set(0, new Telling(messages, of(Map.of("a", "welcome", "b", "thanks"))));

        desk.activate(batch("2", standing(both)));
        life.at(People.AT.plusSeconds(60));
        desk.activate(batch("3", life.in("a", "b", "c")));
        desk.tellDue();
        assertThat(messages.texts()).containsExactly("u1 1 +a");

        desk.activate(batch("4", life.in("a")), batch("5", life.in("a", "b")));
        assertThat(messages.texts()).containsExactly("u1 1 +a", "u1 4 +b");
    }

    @Test
    void anAdapterForgetsWhoWasErasedOnceThePartnerHasBeenTold() {
        desk.connect(partner, "c1");
        var life = new Lives("u1");
        desk.activate(batch("1", life.in("a")));
        partner.answersWith(new Outcome.RetryLater("busy"));
        desk.activate(batch("2", life.erased()));
        assertThat(forgotten).isEmpty();

        partner.answersWith(new Outcome.Delivered());
        desk.clock.pass(Duration.ofMinutes(10));
        desk.tellDue();

        assertThat(partner.present()).isEmpty();
        assertThat(forgotten).containsExactly(new PersonKey("demo", "u1"));
    }

    @Test
    void anAdapterForgetsWhoWasErasedWithoutAnythingToTell() {
        desk.connect(partner, "c1");
        var life = new Lives("u1");
        desk.activate(batch("1", life.in()), batch("2", life.erased()));
        assertThat(forgotten).containsExactly(new PersonKey("demo", "u1"));
    }

    @Test
    void anIdStaysWhileANameThatDoesNotMatterChanges() {
        var webhook = new KeepingPartner(false, true, 1);
        desk.connect(webhook, "c1");
        webhook.answersWith(new Outcome.RetryLater("busy"));
        var life = new Lives("u1");
        desk.activate(batch("1", life.in("a")));
        desk.activate(batch("2", life.email(Optional.of("b@example.com")).in("a")));
        webhook.answersWith(new Outcome.Delivered());
        desk.clock.pass(Duration.ofMinutes(10));
        desk.tellDue();
        desk.activate(batch("3", life.in()));

        assertThat(webhook.texts()).containsExactly("u1 1 +a", "u1 1 +a", "u1 3 -a");
        assertThat(webhook.told().stream().map(Delivery::id).distinct()).hasSize(2);
        assertThat(webhook.told().get(1).recipient()).isEqualTo("b@example.com");
    }

    @Test
    void whoseEntryCannotBeReadIsNotToldOfAndTheOthersAre() {
        desk.connect(partner, "c1");
        var ill = new Lives("ill");
        var well = new Lives("well");
        desk.activate(batch("1", ill.in("a"), well.in("a")));
        desk.ledger.spoil("ill");

        Activations done = desk.activate(batch("2", ill.in(), well.in()));

        assertThat(partner.texts()).containsExactlyInAnyOrder("ill 1 +a", "well 1 +a", "well 2 -a");
        assertThat(done.failedAt()).as("the shard goes on").isEmpty();
        assertThat(done.tallies().get(Desk.id("c1")).of(Tally.Count.UNREADABLE)).isOne();
        assertThat(desk.setAside.items())
                .as("a replay brings it back once the entry is put right")
                .singleElement()
                .satisfies(item -> assertThat(item.function()).isEqualTo("c1"));
    }

    @Test
    void ofAParkedConnectionNothingIsRead() {
        desk.connect(partner, "c1");
        partner.answersWith(new Outcome.Parked("blocked", Outcome.Parked.Scope.CONNECTION));
        desk.activate(batch("1", new Lives("u1").in("a"), new Lives("u2").in("a")));
        desk.clock.pass(Duration.ofHours(2));

        desk.ledger.down(true);
        assertThat(desk.tellDue()).hasSize(1);
    }

    @Test
    void noCallBeginsThatCannotEndWithinTheInvocation() {
        desk.connect(partner, "c1");
        partner.answersWith(new Outcome.RetryLater("busy"));
        ProfileChange[] many = new ProfileChange[60];
        for (int i = 0; i < many.length; i++) {
            many[i] = new Lives("u" + i).email(Optional.of("u" + i)).in("a");
        }
        desk.activate(Duration.ofSeconds(5), batch("1", many));
        Instant end = desk.clock.instant().plusSeconds(60);
        List<Instant> begun = Collections.synchronizedList(new ArrayList<>());
        partner.answers(deliveries -> {
            begun.add(desk.clock.instant());
            // The partner is well at first, and then it hangs.
            if (begun.size() > 16) {
                desk.clock.pass(Duration.ofSeconds(20));
            }
            return Answer.all(deliveries.size(), new Outcome.Delivered(), Pace.UNSAID);
        });

        desk.tellDue();
        assertThat(begun).hasSizeBetween(17, 40);
        // Four at once may be on their way when the hand of the clock is moved.
        assertThat(begun.stream().filter(then -> then.isAfter(end.minusSeconds(11))))
                .hasSizeLessThanOrEqualTo(4);

        partner.answersWith(new Outcome.Delivered());
        desk.clock.pass(Duration.ofMinutes(10));
        desk.tellDue();
        assertThat(partner.present()).hasSize(many.length);
    }

    @Test
    void anEntryHoldsSoManyCharactersAndNoMore() {
        var webhook = new KeepingPartner(false, true, 1);
        desk.connect(webhook, "c1");
        var life = new Lives("u1");
        List<String> segments = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            segments.add("s" + i);
            life.email(Optional.of(i + "-" + "x".repeat(10_000)));
            desk.activate(batch("" + i, life.in(segments.toArray(String[]::new))));
        }

        assertThat(webhook.present()).hasSize(12);
        assertThat(desk.entry("c1", "u1").lines().values().stream()
                        .flatMap(line -> line.places().stream())
                        .map(LedgerLine.Place::recipient)
                        .distinct()
                        .mapToInt(String::length)
                        .sum())
                .isLessThanOrEqualTo(LedgerState.MAX_RECIPIENTS);
        desk.activate(batch("99", life.in()));
        assertThat(webhook.present()).isEmpty();
        assertThat(webhook.told()).hasSize(24);
    }

    @Test
    void whatAnEntryHasNoRoomForIsCounted() {
        var webhook = new KeepingPartner(false, true, 100);
        desk.connect(webhook, "c1");
        var life = new Lives("u1");
        Set<String> segments = IntStream.range(0, 407).mapToObj(i -> "s" + i).collect(Collectors.toSet());

        Activations done = desk.activate(batch("1", life.in(segments)));

        assertThat(Desk.tally(done).of(Tally.Count.NO_ROOM)).isEqualTo(7);
        assertThat(desk.entry("c1", "u1").lines()).hasSize(400);

        segments.removeAll(
                desk.entry("c1", "u1").lines().keySet().stream().limit(10).toList());
        done = desk.activate(batch("2", life.in(segments)));

        assertThat(Desk.tally(done).of(Tally.Count.NO_ROOM))
                .as("who leaves is still there")
                .isEqualTo(7);
        done = desk.activate(batch("3", life.in(segments)));
        assertThat(Desk.tally(done).of(Tally.Count.NO_ROOM))
                .as("there is room now")
                .isZero();
        assertThat(webhook.present()).hasSize(397);
    }

    @Test
    void whatAConnectionIsNotAboutNeedsNoRoom() {
        desk.connect(new Telling(partner, of(Map.of("a", "1"))));

        Activations done = desk.activate(batch("1", new Lives("u1").in("a", "b")));

        assertThat(Desk.tally(done).of(Tally.Count.NO_ROOM)).isZero();
    }

    @Test
    void ofAMessageNoAddressIsKept() {
        var messages = new KeepingPartner(false, false, 1);
        desk.connect(messages, "c1");
        desk.activate(batch("1", new Lives("u1").in("a")));
        assertThat(desk.entry("c1", "u1").lines().values())
                .allMatch(line ->
                        line.last().filter(last -> last.recipient().isEmpty()).isPresent());
    }

    /** How a profile stands, as a reconciliation says it. */
    private static ProfileChange standing(ProfileChange change) {
        return new ProfileChange(
                change.key(),
                change.version(),
                change.ruleSet(),
                change.asOf(),
                change.cause(),
                change.memberships(),
                List.of(),
                change.shared(),
                false);
    }

    private static Connection asking(String... channels) {
        return connection(Optional.empty(), List.of(channels));
    }

    private static Connection of(Map<String, String> audiences) {
        return connection(Optional.of(audiences), List.of("ads"));
    }

    private static Connection connection(Optional<Map<String, String>> audiences, List<String> channels) {
        return new Connection(
                "c1",
                "keeping",
                audiences,
                new Consent(Consent.Policy.ALL, channels),
                Optional.empty(),
                false,
                Value.Fields.NONE);
    }
}
