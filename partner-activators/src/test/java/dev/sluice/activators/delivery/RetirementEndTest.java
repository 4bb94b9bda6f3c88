package dev.sluice.activators.delivery;

import static dev.sluice.activators.delivery.Desk.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.SetAside;
import dev.sluice.activators.connections.ConnectionBundles;
import dev.sluice.activators.connections.RemovalNotes;
import dev.sluice.activators.connections.RemovedConnections;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.JsonText;
import dev.sluice.model.activation.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Promises: a removed connection ends after {@link Removals#LONGEST} whatever is left, because its secret is gone, it was a dry
 * run, or its settings are no longer right; each audience in which the partner may still have somebody is set aside then, once,
 * and counted as rejected, and the ledger forgets it; what was taken back is not; while nothing can be set aside it waits. One
 * that was paused takes back what it told.
 */
@SuppressWarnings("NullAway") // What the test itself has put there is there.
final class RetirementEndTest {
    private final Desk desk = new Desk();
    private final Published published = new Published();
    private boolean dry;
    private Optional<String> problem = Optional.empty();
    private final KeepingPartner partner = new KeepingPartner(true, true, 1) {
        @Override
        public boolean isDryRun(Connection connection) {
            return dry;
        }

        @Override
        public Optional<String> problem(Connection connection) {
            return problem;
        }
    };
    private final Lives ann = new Lives("ann").email(Optional.of("ann@example.com"));
    private final Lives bob = new Lives("bob").email(Optional.of("bob@example.com"));

    RetirementEndTest() {
        desk.connect(partner, "c1");
        desk.activate(batch("1", ann.in("a", "b"), bob.in("a")));
        assertThat(partner.present()).hasSize(3);
    }

    @Test
    void whatASecretThatIsGoneLeavesBehindIsSetAside() {
        remove();
        partner.answersWith(new Outcome.Parked("there is no such secret", Outcome.Parked.Scope.CONNECTION));
        tellAfter(Duration.ofMinutes(16));
        tellAfter(Duration.ofDays(13));
        assertThat(removals().open()).hasSize(1);
        assertThat(desk.setAside.items()).isEmpty();

        Tally tally = tellAfter(Duration.ofDays(1));

        assertThat(asides()).containsExactlyInAnyOrder("ann a", "ann b", "bob a");
        assertThat(desk.setAside.items())
                .allSatisfy(item -> assertThat(item.function()).isEqualTo("c1"))
                .anySatisfy(
                        item -> assertThat(item.reason()).endsWith("could not take it back: there is no such secret"));
        assertThat(tally.of(Tally.Count.REJECTED)).isEqualTo(3);
        assertEnded();
    }

    @Test
    void whatWasTakenBackIsNotSetAside() {
        remove();
        dry = true;
        partner.answers(deliveries -> Answer.all(
                deliveries.size(),
                deliveries.getFirst().person().person().equals("bob")
                        ? Outcome.Skipped.dryRun("nothing was sent")
                        : new Outcome.Delivered(),
                Pace.UNSAID));
        tellAfter(Duration.ofMinutes(16));
        tellAfter(Duration.ofDays(14));

        assertThat(asides()).containsExactly("bob a");
        assertEnded();
    }

    @Test
    void aDryRunEndsThen() {
        remove();
        dry = true;
        partner.answersWith(Outcome.Skipped.dryRun("nothing was sent"));
        tellAfter(Duration.ofMinutes(16));
        tellAfter(Duration.ofDays(1));
        assertThat(removals().open()).as("it may still be published without").hasSize(1);

        tellAfter(Duration.ofDays(13));

        assertThat(asides()).containsExactlyInAnyOrder("ann a", "ann b", "bob a");
        assertEnded();
    }

    @Test
    void oneWhoseSettingsAreNoLongerRightEndsThen() {
        remove();
        problem = Optional.of("wrong");
        tellAfter(Duration.ofDays(1));
        int told = partner.told().size();

        tellAfter(Duration.ofDays(13));

        assertThat(partner.told()).hasSize(told);
        assertThat(asides()).containsExactlyInAnyOrder("ann a", "ann b", "bob a");
        assertEnded();
    }

    @Test
    void whileNothingCanBeSetAsideItWaits() {
        remove();
        partner.answersWith(new Outcome.Parked("there is no such secret", Outcome.Parked.Scope.CONNECTION));
        tellAfter(Duration.ofMinutes(16));
        desk.setAside.down(true);

        tellAfter(Duration.ofDays(14));
        assertThat(removals().open()).hasSize(1);
        desk.setAside.down(false);
        tellAfter(Duration.ZERO);

        assertThat(asides()).hasSize(3);
        assertEnded();
    }

    @Test
    void oneThatWasPausedTakesBackWhatItTold() {
        desk.tellings.replaceAll(telling -> new Telling(partner, Desk.paused(telling.connection())));
        desk.activate(batch("2", ann.in("b")));
        assertThat(partner.present()).hasSize(3);
        remove();

        tellAfter(Duration.ofMinutes(16));
        tellAfter(Duration.ofSeconds(1));

        assertThat(partner.present()).isEmpty();
        assertEnded();
        assertThat(desk.setAside.items()).isEmpty();
    }

    private void assertEnded() {
        assertThat(removals().open()).isEmpty();
        assertThat(desk.ledger.entries())
                .allSatisfy(entry -> assertThat(entry.lines()).isEmpty())
                .allSatisfy(entry -> assertThat(entry.due()).isEmpty())
                .allSatisfy(entry -> assertThat(entry.expires()).isPresent());
    }

    private List<String> asides() {
        return desk.setAside.items().stream()
                .map(SetAside.Item::payload)
                .map(JsonText::readObject)
                .map(json -> json.text("person") + " " + json.text("segment"))
                .toList();
    }

    private Tally tellAfter(Duration time) {
        desk.clock.pass(time);
        var tally = new Tally();
        for (int call = 0; call < 5; call++) {
            tally.addAll(desk.tellDue(removals()).getOrDefault(Desk.id("c1"), new Tally()));
            desk.clock.pass(Duration.ofSeconds(2));
        }
        return tally;
    }

    private void remove() {
        desk.tellings.clear();
        published.put(1, """
                {"name":"c1","partner":"keeping","segments":"all","consent":{"all":["ads"]},"paused":true,"settings":{}}""");
        published.put(2, "");
        assertThat(removals().open()).hasSize(1);
    }

    /** As the next function finds it. */
    private Removals removals() {
        return new RemovedConnections(published, published, List.of(partner), desk.clock);
    }

    private static final class Published implements ConnectionBundles, RemovalNotes {
        private final TreeMap<Integer, byte[]> bundles = new TreeMap<>();
        private final Map<String, byte[]> notes = new HashMap<>();

        void put(int number, String connections) {
            bundles.put(
                    number,
                    "{\"v\":1,\"account\":\"demo\",\"number\":%d,\"connections\":[%s]}"
                            .formatted(number, connections)
                            .getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Map<String, List<Integer>> newest(int most) {
            return Map.of("demo", List.of(bundles.lastKey()));
        }

        @Override
        public byte[] read(String account, int number) {
            return bundles.get(number);
        }

        @Override
        public Optional<byte[]> read(String account, String kind) {
            return Optional.ofNullable(notes.get(kind));
        }

        @Override
        public void write(String account, String kind, byte[] json) {
            notes.put(kind, json);
        }
    }
}
