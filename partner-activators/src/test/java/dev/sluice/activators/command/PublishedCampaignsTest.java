package dev.sluice.activators.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.Secrets;
import dev.sluice.activators.delivery.Served;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.activators.messages.MemoryMessageLog;
import dev.sluice.activators.messages.MessagePartner;
import dev.sluice.activators.messages.Messages;
import dev.sluice.activators.messages.Sending;
import dev.sluice.activators.messages.SendingWorld;
import dev.sluice.activators.messages.channels.MessageChannels;
import dev.sluice.model.activation.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/**
 * Promises: there is one channel of each name; only campaigns that can be sent are opened, by those who may read their secret;
 * what is published later counts.
 */
class PublishedCampaignsTest {
    private static final String SMS =
            "{\"region\":\"eu-west-1\",\"originationIdentity\":\"GAME\",\"template\":{\"body\":\"Hi\"}}";
    private static final Secrets KEY = (account, name) -> new Secrets.Secret("secret");

    private final List<MessagePartner> channels = MessageChannels.all(new MessageChannels.Services(
            (request, within) -> new PartnerHttp.Exchange.Unanswered("none", false),
            KEY,
            AnonymousCredentialsProvider.create(),
            new MemoryMessageLog(),
            Clock.systemUTC(),
            Optional.empty()));

    @Test
    void thereIsOneChannelOfEachName() {
        assertThat(channels).extracting(MessagePartner::name).containsExactly("push", "email", "webpush", "sms");
    }

    @Test
    void onlyCampaignsThatCanBeSentAreOpened() {
        Connection active = Messages.campaign("sms", SMS);

        assertThat(open(active, "welcome")).isTrue();
        assertThat(open(active, "another")).isFalse();
        assertThat(open(Messages.campaign("sms", "{}"), "welcome")).isFalse();
        assertThat(open(Messages.campaign("webhook", SMS), "welcome")).isFalse();
        assertThat(open(paused(active), "welcome")).isFalse();
    }

    /** A long sending hears of it. */
    @Test
    void whatIsPublishedLaterCounts() {
        Connection active = Messages.campaign("sms", SMS);
        var served = new AsServed(active);
        Sending.Ports ports = campaigns(served, KEY).open("demo", "welcome").orElseThrow();

        assertThat(ports.campaign().get()).contains(active);
        served.connection = paused(active);
        assertThat(ports.campaign().get()).isEmpty();
        served.connection = Messages.campaign("sms", SMS.replace("Hi", "Hello"));
        assertThat(ports.campaign().get()).contains(served.connection);
    }

    /** Found out while sending, it would park the campaign for everybody. */
    @Test
    void whoMayNotReadTheSecretOpensNothing() {
        PublishedCampaigns campaigns = campaigns(new AsServed(Messages.campaign("sms", SMS)), (account, name) -> {
            throw new IllegalArgumentException("secret " + name + " may not be read");
        });

        assertThatThrownBy(() -> campaigns.open("demo", "welcome"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("secret key may not be read");
    }

    private boolean open(Connection connection, String name) {
        return campaigns(new AsServed(connection), KEY).open("demo", name).isPresent();
    }

    private static PublishedCampaigns campaigns(Served served, Secrets secrets) {
        var ports = new SendingWorld().ports();
        return new PublishedCampaigns(
                served, secrets, ports.ledger(), ports.flow(), ports.sendings(), ports.clock(), ports.pause());
    }

    private static Connection paused(Connection active) {
        return new Connection(
                active.name(),
                active.partner(),
                active.audiences(),
                active.consent(),
                active.secret(),
                true,
                active.settings());
    }

    /** As a function serves it: not at all if something is wrong with it, or another kind of partner is meant. */
    private final class AsServed implements Served {
        private Connection connection;

        AsServed(Connection connection) {
            this.connection = connection;
        }

        @Override
        public List<Telling> of(String account) {
            return channels.stream()
                    .filter(channel -> account.equals("demo")
                            && channel.name().equals(connection.partner())
                            && channel.problem(connection).isEmpty())
                    .map(channel -> new Telling(channel, connection))
                    .toList();
        }

        @Override
        public List<InAccount> all() {
            return of("demo").stream()
                    .map(telling -> new InAccount("demo", telling))
                    .toList();
        }
    }
}
