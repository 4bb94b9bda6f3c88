package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.DueIndex.Claim;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DueIndex} promises:
 *
 * <ul>
 *   <li>people are found at their moment and not before, the earliest first; of two moments the earlier one stays;
 *   <li>who was taken is hidden until the lease is over, and comes back then if nothing was said of it;
 *   <li>after settling, a person is found at the next moment, or not at all;
 *   <li>what was scheduled between taking and settling is kept, whether earlier or later than the lease's end;
 *   <li>settling late does not free who was taken by another meanwhile;
 *   <li>many are taken in pages, each once; fewer than asked for means that there were no more, however they lie.
 * </ul>
 */
public abstract class DueIndexContract {
    protected static final Duration LEASE = Duration.ofMinutes(1);
    private static final Instant NOON = Samples.NOON;

    private final PersonKey one = Samples.person("one/ä");
    private final PersonKey two = Samples.person("!two}{:");

    protected abstract DueIndex index();

    /** Makes the index empty. */
    protected abstract void clear();

    @BeforeEach
    void startEmpty() {
        clear();
    }

    @Test
    void peopleAreFoundAtTheirMomentAndNotBeforeTheEarliestFirst() {
        schedule(one, NOON.plusMillis(5));
        schedule(two, NOON);

        assertThat(claim(NOON.minusMillis(1), 10)).isEmpty();
        assertThat(claim(NOON.plusMillis(5), 10))
                .containsExactly(
                        new Claim(two, NOON, NOON.plusMillis(5).plus(LEASE)),
                        new Claim(one, NOON.plusMillis(5), NOON.plusMillis(5).plus(LEASE)));
    }

    @Test
    void aMomentIsRoundedDownAndMayBeAnyInstant() {
        schedule(one, NOON.plusNanos(1_999_999));
        schedule(two, Instant.MAX);
        PersonKey longAgo = Samples.person("long-ago");
        schedule(longAgo, Instant.parse("1969-01-01T00:00:00Z"));

        assertThat(claim(NOON.plusMillis(1), 10)).extracting(Claim::key).containsExactly(longAgo, one);
    }

    @Test
    void ofTwoMomentsTheEarlierOneStays() {
        schedule(one, NOON.plusSeconds(10));
        schedule(one, NOON.plusSeconds(20));
        schedule(two, NOON.plusSeconds(20));
        schedule(two, NOON.plusSeconds(10));

        assertThat(claim(NOON.plusSeconds(10), 10)).extracting(Claim::key).containsExactlyInAnyOrder(one, two);
    }

    @Test
    void whoWasTakenIsHiddenUntilTheLeaseIsOver() {
        schedule(one, NOON);

        assertThat(claim(NOON, 10)).hasSize(1);
        assertThat(claim(NOON.plus(LEASE).minusMillis(1), 10)).isEmpty();

        assertThat(claim(NOON.plus(LEASE), 10))
                .containsExactly(
                        new Claim(one, NOON.plus(LEASE), NOON.plus(LEASE).plus(LEASE)));
    }

    @Test
    void afterSettlingAPersonIsFoundAtTheNextMomentOrNotAtAll() {
        schedule(one, NOON);
        schedule(two, NOON);
        Map<Claim, Optional<Instant>> settled = new HashMap<>();
        claim(NOON, 10)
                .forEach(claim -> settled.put(
                        claim, claim.key().equals(one) ? Optional.of(NOON.plusSeconds(3)) : Optional.empty()));

        assertThat(index().settle(settled)).isEqualTo(Map.of(one, WriteResult.WRITTEN, two, WriteResult.WRITTEN));

        assertThat(claim(NOON.plusSeconds(2), 10)).isEmpty();
        assertThat(claim(NOON.plusSeconds(3), 10)).extracting(Claim::key).containsExactly(one);
        assertThat(claim(NOON.plus(LEASE), 10)).isEmpty();
    }

    @Test
    void whatWasScheduledBetweenTakingAndSettlingIsKept() {
        for (Duration later :
                List.of(Duration.ofSeconds(1), LEASE.minusMillis(1), LEASE, LEASE.plusMillis(1), Duration.ofDays(1))) {
            for (Optional<Instant> next :
                    List.of(Optional.<Instant>empty(), Optional.of(NOON.plus(Duration.ofDays(9))))) {
                clear();
                schedule(one, NOON);
                Claim claim = claim(NOON, 1).getFirst();
                schedule(one, NOON.plus(later));
                settle(claim, next);

                assertThat(claim(NOON.plus(later).minusMillis(1), 10)).isEmpty();
                assertThat(claim(NOON.plus(later), 10)).extracting(Claim::key).containsExactly(one);
            }
        }
    }

    @Test
    void theNextMomentWinsOverALaterOneScheduledMeanwhile() {
        schedule(one, NOON);
        Claim claim = claim(NOON, 1).getFirst();
        schedule(one, NOON.plus(Duration.ofDays(2)));
        settle(claim, Optional.of(NOON.plus(Duration.ofDays(1))));

        assertThat(claim(NOON.plus(Duration.ofDays(1)), 10)).hasSize(1);
    }

    @Test
    void settlingLateDoesNotFreeWhoWasTakenByAnother() {
        schedule(one, NOON);
        Claim slow = claim(NOON, 1).getFirst();
        Instant again = NOON.plus(LEASE);
        Claim other = claim(again, 1).getFirst();

        settle(slow, Optional.empty());

        assertThat(claim(again.plus(LEASE).minusMillis(1), 10)).isEmpty();
        assertThat(claim(again.plus(LEASE), 10)).extracting(Claim::key).containsExactly(other.key());
    }

    @Test
    void whoIsDueTwiceIsTakenOnce() {
        schedule(one, NOON);
        assertThat(claim(NOON, 1)).hasSize(1);
        schedule(one, NOON.plusSeconds(1));

        assertThat(claim(NOON.plus(LEASE), 10))
                .containsExactly(
                        new Claim(one, NOON.plusSeconds(1), NOON.plus(LEASE).plus(LEASE)));
        assertThat(claim(NOON.plus(LEASE), 10)).isEmpty();
    }

    @Test
    void manyAreTakenInPagesEachOnce() {
        Map<PersonKey, Instant> many = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            many.put(Samples.person("p" + i), NOON.minusSeconds(i % 97));
        }
        assertThat(index().schedule(many).values())
                .containsOnly(WriteResult.WRITTEN)
                .hasSize(10_000);

        Set<PersonKey> taken = new HashSet<>();
        List<Integer> pages = new ArrayList<>();
        for (int page = 0; page < 21; page++) {
            List<Claim> claims = claim(NOON, 500);
            claims.forEach(claim -> assertThat(taken.add(claim.key())).isTrue());
            pages.add(claims.size());
            assertThat(claims).isSortedAccordingTo((a, b) -> a.due().compareTo(b.due()));
        }

        assertThat(taken).isEqualTo(many.keySet());
        assertThat(pages.subList(0, 20)).containsOnly(500);
        assertThat(pages.getLast()).isZero();
    }

    @Test
    void fewerThanAskedForMeansThatThereWereNoMoreHoweverTheyLie() {
        Map<PersonKey, Instant> some = new HashMap<>();
        for (int i = 0; some.size() < 60; i++) {
            PersonKey person = Samples.person("p" + i);
            // On few slots of the ring.
            if (Ring.slot(person) < 5) {
                some.put(person, NOON);
            }
        }
        assertThat(index().schedule(some).values()).containsOnly(WriteResult.WRITTEN);

        assertThat(claim(NOON, 25)).hasSize(25);
        assertThat(claim(NOON, 1)).hasSize(1);
        assertThat(claim(NOON, 100)).hasSize(34);
        assertThat(claim(NOON, 100)).isEmpty();
    }

    @Test
    void nobodyIsScheduledOrSettledByNothing() {
        assertThat(index().schedule(Map.of())).isEmpty();
        assertThat(index().settle(Map.of())).isEmpty();
    }

    private void schedule(PersonKey person, Instant moment) {
        assertThat(index().schedule(Map.of(person, moment))).isEqualTo(Map.of(person, WriteResult.WRITTEN));
    }

    private void settle(Claim claim, Optional<Instant> next) {
        assertThat(index().settle(Map.of(claim, next))).isEqualTo(Map.of(claim.key(), WriteResult.WRITTEN));
    }

    protected List<Claim> claim(Instant now, int most) {
        return index().claim(now, most, LEASE) instanceof Answer.Found<List<Claim>>(var claims) ? claims : List.of();
    }
}
