package dev.sluice.activators.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.People;
import dev.sluice.activators.delivery.KeepingPartner;
import dev.sluice.activators.delivery.Lives;
import dev.sluice.activators.delivery.Replaying;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.ActivationLine;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.SegmentChange.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Laws of the ledger, over generated histories of a person, of the stream (lines lost, repeated, out of order) and of the
 * partner (takes, refuses, answers late or never, the sender dies before or after it sent):
 *
 * <ul>
 *   <li>once the last line has come and the partner takes what it is told, it has exactly what is wanted
 *   <li>nobody is made known to it who did not agree, as far as was heard, when they were
 *   <li>it is told that somebody left only if it may have heard that they entered: never of those with whom it surely was not
 *       reached, whatever became of their consent meanwhile
 *   <li>a delivery that comes again has its id, and no id ever means two things
 *   <li>in the end nothing is due, and nothing of an erased person is kept
 *   <li>who hears of no leaving hears of each entering under one id
 * </ul>
 */
final class LedgerLawsTest {
    private static final int HISTORIES = 2000;
    private static final List<String> SEGMENTS = List.of("a", "b", "c");
    private static final LedgerKey KEY = new LedgerKey("keeping", new PersonKey("demo", "u1"));

    @Test
    void thePartnerEndsUpWithWhatIsWanted() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            boolean follows = seed % 4 != 0;
            var history = new History(seed, new KeepingPartner(follows, true, 10));
            try {
                history.play();
                history.end();
                assertThat(history.partner.present()).isEqualTo(history.wanted());
                assertThat(history.entry.due()).isEmpty();
                assertThat(history.entry.waitingSince()).isEmpty();
                if (history.isErased || history.life.segments().isEmpty()) {
                    assertThat(history.entry.lines()).isEmpty();
                    assertThat(history.entry.recipient()).isEmpty();
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void whoHearsOfNoLeavingHearsOnceOfEachEntering() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            var history = new History(seed, new KeepingPartner(false, false, 10));
            history.isMortal = false;
            history.play();
            history.end();
            // A sender that dies repeats itself, always under the same id.
            Map<String, Set<String>> ids = new HashMap<>();
            history.partner
                    .told()
                    .forEach(one -> ids.computeIfAbsent(KeepingPartner.text(one), any -> new TreeSet<>())
                            .add(one.id()));
            assertThat(ids.values()).as("seed %d", seed).allMatch(same -> same.size() == 1);
            assertThat(history.partner.told())
                    .as("seed %d", seed)
                    .allMatch(one -> one.direction() == Direction.ENTERED);
            assertThat(history.entry.due()).as("seed %d", seed).isEmpty();
        }
    }

    /** One person's history, one connection's, and the partner's. */
    private static final class History {
        private final Random random;
        private final KeepingPartner partner;
        private final Telling telling;
        private final RetrySchedule schedule;
        private final Lives life = new Lives("u1");
        private final List<ActivationLine> stream = new ArrayList<>();
        private LedgerEntry entry = LedgerEntry.unknown(KEY);
        private Instant now = People.AT;
        private boolean isErased;
        private boolean isOver;
        private boolean isMortal = true;
        /** What was said of consent by the newest line that has come. */
        private boolean agreed;

        private long heard;
        private int claims;

        /** Where the partner may have heard that the person entered. */
        private final Set<String> mayKnow = new TreeSet<>();

        History(long seed, KeepingPartner partner) {
            this.random = new Random(seed);
            this.partner = partner;
            this.telling = new Telling(partner, KeepingPartner.connection("keeping"));
            this.schedule = RetrySchedule.of(random);
        }

        void play() {
            int steps = 5 + random.nextInt(30);
            for (int step = 0; step < steps; step++) {
                now = now.plusMillis(
                        random.nextInt(20) == 0 ? Duration.ofHours(80).toMillis() : random.nextInt(5000));
                switch (random.nextInt(3)) {
                    case 0 -> live();
                    case 1 -> hear();
                    default -> tell();
                }
            }
        }

        /** The last line comes, and everything works. */
        void end() {
            now = now.plusSeconds(60);
            live();
            isOver = true;
            fold(stream.getLast());
            for (int round = 0; round < 50; round++) {
                now = now.plus(Duration.ofHours(2));
                entry = Replaying.again(entry, any -> true, telling, now);
                Claim claim = claim();
                entry = claim.entry();
                entry = settle(entry, send(claim, Optional.of(new Outcome.Delivered())), claim);
            }
        }

        Set<String> wanted() {
            if (isErased || !life.agrees() || life.email().isEmpty()) {
                return Set.of();
            }
            Set<String> wanted = life.segments().stream()
                    .map(segment -> segment + " " + life.email().get())
                    .collect(Collectors.toSet());
            // Who does not follow may have any of the person's names.
            return partner.followsRecipients() ? wanted : anyName(wanted);
        }

        private Set<String> anyName(Set<String> wanted) {
            Set<String> segments =
                    wanted.stream().map(place -> place.substring(0, 1)).collect(Collectors.toSet());
            Set<String> present = partner.present();
            Set<String> there =
                    present.stream().map(place -> place.substring(0, 1)).collect(Collectors.toSet());
            return there.equals(segments) ? present : wanted;
        }

        private void live() {
            life.at(now);
            if (isMortal && random.nextInt(12) == 0) {
                isErased = true;
                stream.add(life.erased());
                // Versions begin anew afterwards, so nothing that comes later could stand in for this line.
                fold(stream.getLast());
                return;
            }
            if (isErased) {
                now = now.plusMillis(1);
                life.at(now);
            }
            isErased = false;
            if (random.nextInt(4) == 0) {
                life.agrees(!life.agrees());
            }
            if (random.nextInt(4) == 0) {
                life.email(Optional.of(random.nextInt(5) + "@example.com").filter(any -> random.nextInt(5) > 0));
            }
            Set<String> segments = new TreeSet<>();
            SEGMENTS.stream().filter(any -> random.nextBoolean()).forEach(segments::add);
            stream.add(life.in(segments));
        }

        /** A line comes, mostly the newest; some never do, some twice, some late. */
        private void hear() {
            if (stream.isEmpty()) {
                return;
            }
            int back = random.nextInt(3) == 0 ? random.nextInt(stream.size()) : 0;
            fold(stream.get(stream.size() - 1 - back));
        }

        private void fold(ActivationLine line) {
            LedgerEntry before = entry;
            entry = LedgerFold.fold(entry, line, telling, now);
            assertThat(LedgerFold.fold(entry, line, telling, now)).isSameAs(entry);
            if (!entry.equals(before) && line instanceof ProfileChange change) {
                agreed = change.shared()
                        .consents()
                        .find("ads")
                        .filter(flag -> flag.equals(Value.of(true)))
                        .isPresent();
                heard = change.version();
            }
        }

        private void tell() {
            Claim claim = claim();
            if (claim.sendings().isEmpty()) {
                entry = claim.entry();
                return;
            }
            entry = claim.entry();
            int fate = random.nextInt(10);
            if (fate == 0) {
                // The sender dies before it sends.
                claim.sendings().forEach(this::mayBeKnown);
                return;
            }
            List<Settlement.Result> results = send(claim, Optional.empty());
            if (fate <= 2) {
                // Nobody knows what came of it, for now at least.
                claim.sendings().forEach(this::mayBeKnown);
            }
            if (fate == 1) {
                // The sender dies after it sent.
                return;
            }
            if (fate == 2) {
                // It takes so long that somebody else goes on.
                now = now.plus(Duration.ofMinutes(5));
                tell();
            }
            if (fate <= 4) {
                live();
                hear();
            }
            entry = settle(entry, results, claim);
        }

        private Claim claim() {
            var lease = new LedgerEntry.Lease("holder-" + claims++, now.plusSeconds(60));
            Set<String> parked = random.nextInt(10) == 0 ? Set.of("a") : Set.of();
            return Claim.of(entry, telling, lease, isOver ? Set.of() : parked, now);
        }

        private List<Settlement.Result> send(Claim claim, Optional<Outcome> always) {
            List<Settlement.Result> results = new ArrayList<>();
            for (Claim.Sending sending : claim.sendings()) {
                Delivery delivery = sending.delivery();
                if (delivery.direction() == Direction.ENTERED) {
                    assertThat(agreed).as("consent at version %d", heard).isTrue();
                } else {
                    assertThat(mayKnow)
                            .as("left at version %d", heard)
                            .contains(place(delivery.audience(), delivery.recipient()));
                }
                Outcome outcome = always.orElseGet(this::outcome);
                boolean taken = random.nextBoolean();
                partner.answers(batch -> Answer.all(batch.size(), outcome, Pace.UNSAID));
                partner.deliver(telling.connection(), List.of(delivery));
                if (outcome instanceof Outcome.RetryLater later && later.mayHaveIt() && taken) {
                    partner.take(delivery);
                }
                var result = new Settlement.Result(sending, outcome);
                if (result.mayHaveArrived()) {
                    mayBeKnown(sending);
                }
                results.add(result);
            }
            return results;
        }

        private void mayBeKnown(Claim.Sending sending) {
            if (sending.delivery().direction() == Direction.ENTERED) {
                mayKnow.add(
                        place(sending.delivery().audience(), sending.delivery().recipient()));
            }
        }

        /** Who does not follow may have any of the person's names. */
        private String place(String audience, String recipient) {
            return audience + (partner.followsRecipients() ? " " + recipient : "");
        }

        private Outcome outcome() {
            return switch (random.nextInt(8)) {
                case 0 -> new Outcome.RetryLater("timeout");
                case 1, 2 -> Outcome.RetryLater.notTaken("no connection");
                // What is refused of somebody who was erased is set aside for people, not kept.
                case 3 -> entry.erased() ? new Outcome.RetryLater("busy") : new Outcome.Rejected("no");
                case 4 -> new Outcome.Parked("full", Outcome.Parked.Scope.AUDIENCE);
                default -> new Outcome.Delivered();
            };
        }

        private LedgerEntry settle(LedgerEntry current, List<Settlement.Result> results, Claim claim) {
            if (claim.sendings().isEmpty()) {
                return current;
            }
            List<Settlement.Result> judged = results.stream()
                    .map(result -> current.erased() ? result : Settlement.judged(current, result, schedule, now))
                    .toList();
            String holder = claim.entry().lease().orElseThrow().holder();
            return Settlement.settle(current, judged, holder, telling, schedule, now);
        }
    }
}
