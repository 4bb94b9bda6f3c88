package dev.sluice.activators.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Secrets;
import dev.sluice.activators.delivery.Served;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.activators.messages.MemoryMessageLog;
import dev.sluice.activators.messages.MessagePartner;
import dev.sluice.activators.messages.Messages;
import dev.sluice.activators.messages.SendingWorld;
import dev.sluice.activators.messages.channels.MessageChannels;
import dev.sluice.model.activation.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** Promises: there is one channel of each name; only campaigns that can be sent are opened. */
class PublishedCampaignsTest {
    private final List<MessagePartner> channels = MessageChannels.all(new MessageChannels.Services(
            (request, within) -> new PartnerHttp.Exchange.Unanswered("none", false),
            (account, name) -> new Secrets.Secret("secret"),
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
        String good = "{\"region\":\"eu-west-1\",\"originationIdentity\":\"GAME\",\"template\":{\"body\":\"Hi\"}}";

        assertThat(open(Messages.campaign("sms", good), "welcome")).isTrue();
        assertThat(open(Messages.campaign("sms", good), "another")).isFalse();
        assertThat(open(Messages.campaign("sms", "{}"), "welcome")).isFalse();
        assertThat(open(Messages.campaign("webhook", good), "welcome")).isFalse();
        Connection active = Messages.campaign("sms", good);
        Connection paused = new Connection(
                active.name(),
                active.partner(),
                active.audiences(),
                active.consent(),
                active.secret(),
                true,
                active.settings());
        assertThat(open(paused, "welcome")).isFalse();
    }

    private boolean open(Connection connection, String name) {
        var ports = new SendingWorld().ports();
        var campaigns = new PublishedCampaigns(
                new AsServed(connection), ports.ledger(), ports.flow(), ports.sendings(), ports.clock(), ports.pause());
        return campaigns.open("demo", name).isPresent();
    }

    /** As a function serves it: not at all if something is wrong with it, or another kind of partner is meant. */
    private final class AsServed implements Served {
        private final Connection connection;

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
