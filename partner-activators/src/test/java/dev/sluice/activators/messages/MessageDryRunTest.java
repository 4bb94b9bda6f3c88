package dev.sluice.activators.messages;

import static dev.sluice.activators.messages.Messages.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Promises of a channel whose service only checks: what it says is right is a dry run and not sent, in no log and under no cap;
 * what it refuses is refused; what was sent before stays sent; once the connection is none any more, the same is sent.
 */
final class MessageDryRunTest {
    private static final String SETTINGS =
            "{\"project\":\"game\",\"template\":{\"title\":\"Hi\"},\"caps\":{\"day\":1}}";

    private final TestChannel service = new TestChannel(true);
    private final MemoryMessageLog log = new MemoryMessageLog();
    private boolean dry = true;
    private final MessagePartner partner = new MessagePartner(new Checking(), log, () -> NOW.plusSeconds(1));
    private final Connection campaign = Messages.campaign("test", SETTINGS);
    private final Delivery delivery = Messages.delivery(partner, campaign, "{\"addresses\":[\"a1\"]}");

    @Test
    void whatTheServiceOnlyCheckedIsNotSent() {
        assertThat(partner.isDryRun(campaign)).isTrue();

        assertThat(deliver())
                .isInstanceOfSatisfying(
                        Outcome.Skipped.class,
                        skipped -> assertThat(Outcome.Skipped.isDryRun(skipped.reason()))
                                .isTrue());
        assertThat(service.sent).hasSize(1);
        assertThat(log.wasSent(delivery.person(), delivery.id())).isFalse();
    }

    @Test
    void noCapCountsIt() {
        deliver();
        deliver();

        dry = false;
        assertThat(deliver()).isEqualTo(new Outcome.Delivered());
        assertThat(log.wasSent(delivery.person(), delivery.id())).isTrue();
        assertThat(partner.isDryRun(campaign)).isFalse();
    }

    @Test
    void whatTheServiceRefusesIsRefused() {
        service.answers.add(new Channel.Result.Answered(new Outcome.Rejected("no such field"), Pace.UNSAID));

        assertThat(deliver()).isEqualTo(new Outcome.Rejected("no such field"));
    }

    @Test
    void whatWasSentBeforeStaysSent() {
        dry = false;
        deliver();
        dry = true;

        assertThat(deliver()).isEqualTo(new Outcome.Delivered());
        assertThat(service.sent).hasSize(1);
    }

    @Test
    void byHandItIsADryRunToo() {
        assertThat(partner.sendByHand(campaign, delivery).outcomes())
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Skipped.class,
                        skipped -> assertThat(skipped.reason()).startsWith("dry run: "));
    }

    private Outcome deliver() {
        return partner.deliver(campaign, List.of(delivery)).outcomes().getFirst();
    }

    /** The test's channel with a switch. */
    private final class Checking implements Channel {
        @Override
        public boolean isDryRun(Connection connection) {
            return dry;
        }

        @Override
        public String name() {
            return service.name();
        }

        @Override
        public PartnerLimits limits() {
            return service.limits();
        }

        @Override
        public List<Part> parts() {
            return service.parts();
        }

        @Override
        public Set<String> settings() {
            return service.settings();
        }

        @Override
        public void check(Connection connection, Settings settings) {
            service.check(connection, settings);
        }

        @Override
        public List<String> addresses(Value.Fields traits) {
            return service.addresses(traits);
        }

        @Override
        public boolean repeatable() {
            return service.repeatable();
        }

        @Override
        public Result send(Message message) {
            return service.send(message);
        }
    }
}
