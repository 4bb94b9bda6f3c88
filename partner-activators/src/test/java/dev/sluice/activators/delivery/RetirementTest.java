package dev.sluice.activators.delivery;

import static dev.sluice.activators.delivery.Desk.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.activation.ActivationLine;
import dev.sluice.model.activation.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Promises: of a connection that is no longer published everybody is taken back, whoever waited to be told is not told, and
 * other connections are left alone; it is begun once no function uses it any more, goes on where it stopped, and ends only
 * when nothing waits; the entries go then; should the connection come back, its ids are new ones.
 */
final class RetirementTest {
    private static final int PEOPLE = 40;

    private final Desk desk = new Desk();
    private final KeepingPartner partner = new KeepingPartner(true, true, 1);
    private final List<Lives> people = new ArrayList<>();
    private final OneRemoval removals = new OneRemoval();

    @Test
    void everybodyIsTakenBackAndTheEntriesGo() {
        tell();
        assertThat(partner.present()).hasSize(2 * PEOPLE);
        remove();

        desk.tellDue(removals);
        assertThat(partner.present()).as("a function may still use it").hasSize(2 * PEOPLE);
        desk.clock.pass(Duration.ofMinutes(16));
        desk.tellDue(removals);
        desk.tellDue(removals);

        assertThat(partner.present()).isEmpty();
        assertThat(removals.open()).isEmpty();
        assertThat(desk.ledger.entries())
                .allSatisfy(entry -> assertThat(entry.expires()).isPresent())
                .allSatisfy(entry -> assertThat(entry.recipient()).isEmpty());
    }

    @Test
    void whoWasErasedMeanwhileIsTakenBackToo() {
        tell();
        remove();
        desk.activate(batch("9", people.getFirst().erased()));
        assertThat(partner.present()).as("the stream no longer tells it").hasSize(2 * PEOPLE);

        desk.clock.pass(Duration.ofMinutes(16));
        desk.tellDue(removals);

        assertThat(partner.present()).isEmpty();
    }

    @Test
    void itEndsOnlyWhenNothingWaits() {
        tell();
        remove();
        partner.answersWith(new Outcome.RetryLater("busy"));
        desk.clock.pass(Duration.ofMinutes(16));
        desk.tellDue(removals);
        desk.tellDue(removals);
        assertThat(removals.open()).hasSize(1);

        partner.answersWith(new Outcome.Delivered());
        desk.clock.pass(Duration.ofHours(2));
        desk.tellDue(removals);
        desk.tellDue(removals);

        assertThat(partner.present()).isEmpty();
        assertThat(removals.open()).isEmpty();
    }

    @Test
    void whoWaitedToBeToldIsNotAndOthersAreLeftAlone() {
        var other = new KeepingPartner(true, true, 1);
        desk.connect(other, "c2");
        partner.answersWith(new Outcome.Parked("wrong key", Outcome.Parked.Scope.AUDIENCE));
        tell();
        remove();

        desk.clock.pass(Duration.ofMinutes(16));
        desk.tellDue(removals);
        desk.tellDue(removals);

        assertThat(partner.texts()).noneMatch(text -> text.contains("-"));
        assertThat(other.present()).hasSize(2 * PEOPLE);
        assertThat(removals.open()).isEmpty();
    }

    @Test
    void aConnectionThatComesBackHasOtherIds() {
        tell();
        Telling before = remove();
        desk.clock.pass(Duration.ofMinutes(16));
        desk.tellDue(removals);
        List<String> ids = partner.told().stream().map(Delivery::id).toList();

        desk.connect(before);
        for (Lives life : people) {
            desk.activate(batch("7", life.in(life.segments())));
        }

        assertThat(partner.present()).hasSize(2 * PEOPLE);
        assertThat(partner.told().subList(ids.size(), partner.told().size()))
                .extracting(Delivery::id)
                .doesNotContainAnyElementsOf(ids);
    }

    @Test
    void itGoesOnWhereItStopped() {
        tell();
        remove();
        removals.removal = removals.removal.map(removal -> removal.at(128, Optional.empty()));
        desk.clock.pass(Duration.ofMinutes(16));

        desk.tellDue(removals);

        assertThat(desk.ledger.entries())
                .filteredOn(entry -> entry.key().slot() < 128)
                .isNotEmpty()
                .extracting(LedgerEntry::life)
                .containsOnly(0);
        assertThat(desk.ledger.entries())
                .filteredOn(entry -> entry.key().slot() >= 128)
                .extracting(LedgerEntry::life)
                .containsOnly(1);
    }

    private void tell() {
        desk.connect(partner, "c1");
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(new Lives("u" + i).email(Optional.of("u" + i + "@example.com")));
            lines.add(people.getLast().in("a", "b"));
        }
        desk.activate(batch("1", lines.toArray(ActivationLine[]::new)));
        desk.tellDue();
    }

    private Telling remove() {
        Telling last = desk.tellings.stream()
                .filter(telling -> telling.connection().name().equals("c1"))
                .findFirst()
                .orElseThrow();
        desk.tellings.remove(last);
        Connection old = last.connection();
        var over = new Connection(
                old.name(), old.partner(), Optional.of(Map.of()), old.consent(), old.secret(), false, old.settings());
        removals.removal = Optional.of(new Removals.Removal(
                new Served.InAccount("demo", new Telling(partner, over)), desk.clock.instant(), 0, Optional.empty()));
        return last;
    }

    private static final class OneRemoval implements Removals {
        private Optional<Removal> removal = Optional.empty();

        @Override
        public List<Removal> open() {
            return removal.stream().toList();
        }

        @Override
        public void reached(Removal other) {
            removal = Optional.of(other);
        }

        @Override
        public void done(Removal other) {
            removal = Optional.empty();
        }
    }
}
