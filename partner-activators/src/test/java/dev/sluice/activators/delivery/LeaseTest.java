package dev.sluice.activators.delivery;

import static dev.sluice.activators.delivery.Desk.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.ledger.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * Promises of a function that dies while it tells a slow partner: until its invocation would have been over nobody else tells of
 * the person; ten seconds after that everybody may, and the same id is sent; with much time left the lease ends when the calls
 * must be over.
 */
final class LeaseTest {
    private static final Duration CALL = Duration.ofSeconds(30);

    private final Desk desk = new Desk();
    private final KeepingPartner partner = new KeepingPartner(true, true, 1) {
        @Override
        public PartnerLimits limits() {
            return new PartnerLimits(1, 4, 1000, CALL);
        }
    };

    LeaseTest() {
        desk.connect(partner, "c1");
        partner.answers(deliveries -> {
            throw new AssertionError("killed");
        });
    }

    @Test
    void othersWaitNoLongerThanItsInvocation() {
        Instant end = desk.clock.instant().plus(Duration.ofMinutes(1));
        die(Duration.ofMinutes(1));

        assertThat(lease().until()).isAfter(end).isBeforeOrEqualTo(end.plusSeconds(10));
        desk.clock.pass(Duration.between(desk.clock.instant(), lease().until().minusMillis(1)));
        desk.tellDue();
        assertThat(partner.told()).as("nobody else while it may still live").hasSize(1);
        desk.clock.pass(Duration.ofMillis(2));
        desk.tellDue();

        assertThat(partner.present()).containsExactly("a a@example.com");
        assertThat(partner.told().stream().map(Delivery::id).distinct()).hasSize(1);
    }

    @Test
    void withMuchTimeItEndsWhenTheCallsMustBeOver() {
        Instant begin = desk.clock.instant();
        die(Duration.ofMinutes(15));

        assertThat(lease().until())
                .isAfter(begin.plus(CALL))
                .isBefore(begin.plus(CALL.multipliedBy(9)).plusSeconds(12));
    }

    private LedgerEntry.Lease lease() {
        return desk.entry("c1", "u1").lease().orElseThrow();
    }

    private void die(Duration time) {
        assertThatThrownBy(() -> desk.activate(time, batch("1", new Lives("u1").in("a"))))
                .hasStackTraceContaining("killed");
        partner.answersWith(new Outcome.Delivered());
    }
}
