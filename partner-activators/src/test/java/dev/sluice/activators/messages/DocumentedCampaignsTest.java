package dev.sluice.activators.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Secrets;
import dev.sluice.activators.fcm.FcmChannel;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.messages.aws.SignedHttp;
import dev.sluice.activators.oauth.AccessTokens;
import dev.sluice.activators.ses.SesChannel;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** Promises: every campaign that the page on messages shows is one that its channel takes. */
class DocumentedCampaignsTest {
    private static final Path PAGE = Path.of("..", "docs", "MESSAGES.md");
    private static final Pattern BLOCK = Pattern.compile("```json campaign\n(.*?)```", Pattern.DOTALL);

    private final Clock clock = Clock.systemUTC();
    private final PartnerHttp http = (request, within) -> new PartnerHttp.Exchange.Unanswered("none", false);
    private final Secrets secrets = (account, name) -> new Secrets.Secret("secret");
    private final Map<String, Channel> channels = Map.of(
            "push", new FcmChannel(http, new AccessTokens(http, clock), secrets, clock, FcmChannel.ADDRESS),
            "email",
                    new SesChannel(
                            new SignedHttp(http, AnonymousCredentialsProvider.create(), clock),
                            secrets,
                            clock,
                            SesChannel.ADDRESS));

    @Test
    void everyCampaignShownIsTaken() throws IOException {
        assertThat(BLOCK.matcher(Files.readString(PAGE)).results().map(MatchResult::toString))
                .hasSize(2);
        assertThat(BLOCK.matcher(Files.readString(PAGE)).results().map(block -> block.group(1)))
                .allSatisfy(block -> {
                    Value.Fields json = Messages.fields(block);
                    Channel channel = Objects.requireNonNull(channels.get(json.text("partner")));
                    var connection = new Connection(
                            json.text("name"),
                            json.text("partner"),
                            Optional.empty(),
                            Consent.NONE,
                            json.findText("secret"),
                            false,
                            json.inner("settings"));
                    assertThat(new MessagePartner(channel, new MemoryMessageLog(), clock).problem(connection))
                            .isEmpty();
                });
    }
}
