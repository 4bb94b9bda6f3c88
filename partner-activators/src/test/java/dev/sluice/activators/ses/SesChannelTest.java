package dev.sluice.activators.ses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.HandClock;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.http.PinnedHttp;
import dev.sluice.activators.messages.AddressKey;
import dev.sluice.activators.messages.Channel;
import dev.sluice.activators.messages.LocalServer.Reply;
import dev.sluice.activators.messages.MemoryMessageLog;
import dev.sluice.activators.messages.Message;
import dev.sluice.activators.messages.MessagePartner;
import dev.sluice.activators.messages.Messages;
import dev.sluice.activators.messages.UnsubscribeToken;
import dev.sluice.activators.messages.aws.SignedHttp;
import dev.sluice.model.activation.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Promises: the request is SES', signed; its head says how to unsubscribe with one click; SES' exceptions decide what comes
 * next; nothing that SES writes is repeated; a line break in a value stays out of the subject.
 */
class SesChannelTest {
    private static final Secrets.Secret KEY = new Secrets.Secret("0123456789abcdef0123456789abcdef");
    private static final String SETTINGS = "{\"from\":\"Game <hello@game.example>\",\"region\":\"eu-west-1\","
            + "\"unsubscribeUrl\":\"https://u.game.example/\",\"replyTo\":\"help@game.example\",\"configurationSet\":\"main\"}";
    private static final Connection CAMPAIGN = Messages.campaign("email", SETTINGS);

    private final SesServer ses = new SesServer();
    private final PinnedHttp http = PinnedHttp.open(true);
    private final HandClock clock = new HandClock(Messages.NOW);
    private final SesChannel channel = new SesChannel(
            new SignedHttp(http, StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")), clock),
            (account, name) -> KEY,
            clock,
            region -> ses.uri());

    @AfterEach
    void close() {
        http.close();
        ses.close();
    }

    /** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html, read in November 2026. */
    @Test
    void sendsWhatSesTakes() {
        assertThat(send(CAMPAIGN, "anna@example.com")).isEqualTo(new Outcome.Delivered());

        String token = new UnsubscribeToken(
                        "demo", AddressKey.of("demo", "email", "anna@example.com"), "offers", "welcome")
                .write(KEY);
        assertThat(ses.received().getFirst().text())
                .isEqualTo("{\"FromEmailAddress\":\"Game <hello@game.example>\",\"Destination\":{\"ToAddresses\":["
                        + "\"anna@example.com\"]},\"ReplyToAddresses\":[\"help@game.example\"],\"ConfigurationSetName\":\"main\","
                        + "\"Content\":{\"Simple\":{\"Subject\":{\"Data\":\"Hi Bcc: eve@example.com\",\"Charset\":\"UTF-8\"},"
                        + "\"Body\":{\"Text\":{\"Data\":\"text\",\"Charset\":\"UTF-8\"},\"Html\":{\"Data\":\"<p>html</p>\","
                        + "\"Charset\":\"UTF-8\"}},\"Headers\":[{\"Name\":\"List-Unsubscribe\",\"Value\":"
                        + "\"<https://u.game.example/?t=" + token
                        + ">\"},{\"Name\":\"List-Unsubscribe-Post\",\"Value\":"
                        + "\"List-Unsubscribe=One-Click\"}]}},\"EmailTags\":[{\"Name\":\"account\",\"Value\":\"demo\"},"
                        + "{\"Name\":\"campaign\",\"Value\":\"welcome\"},{\"Name\":\"delivery\",\"Value\":"
                        + "\"msg_00112233445566778899aabbccddeeff\"}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "429, TooManyRequestsException, RetryLater",
        "400, LimitExceededException, RetryLater",
        "400, AccountSuspendedException, Parked",
        "400, SendingPausedException, Parked",
        "400, MailFromDomainNotVerifiedException, Parked",
        "404, NotFoundException, Parked",
        "400, MessageRejected, Rejected",
        "400, BadRequestException, Rejected",
        "403, AccessDeniedException, RetryLater",
        "500, InternalFailure, RetryLater",
    })
    void exceptionsDecideWhatComesNext(int status, String exception, String outcome) {
        ses.next(SesServer.error(status, exception));

        assertThat(send(CAMPAIGN, "anna@example.com").toString())
                .startsWith(outcome)
                .doesNotContain("anna");
    }

    @ParameterizedTest
    @CsvSource({"429, TooManyRequestsException", "400, TooManyRequestsException", "400, ThrottlingException"})
    void tooManyRequestsSlowDown(int status, String exception) {
        ses.next(SesServer.error(status, exception));

        assertThat(((Channel.Result.Answered) channel.send(message(CAMPAIGN, "anna@example.com")))
                        .pace()
                        .tooFast())
                .isTrue();
    }

    @Test
    void anUnverifiedSenderParksAndARejectedMessageDoesNot() {
        Connection other = Messages.campaign("email", SETTINGS.replace("@game.example>", "@other.example>"));

        assertThat(send(other, "anna@example.com")).isInstanceOf(Outcome.Parked.class);
        assertThat(send(CAMPAIGN, "anna@virus.example")).isEqualTo(new Outcome.Rejected("SES: MessageRejected"));
    }

    @Test
    void noAnswerLeavesItInDoubt() {
        ses.next(new Reply(0, Map.of(), ""));

        assertThat(channel.send(message(CAMPAIGN, "anna@example.com"))).isInstanceOf(Channel.Result.InDoubt.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Sign in to this network</html>", "{}", "{\"MessageId\":"})
    void aSuccessThatIsNotOfSesLeavesItInDoubt(String body) {
        ses.next(new Reply(200, Map.of("content-type", "text/html"), body));

        assertThat(channel.send(message(CAMPAIGN, "anna@example.com"))).isInstanceOf(Channel.Result.InDoubt.class);
    }

    @ParameterizedTest
    @CsvSource({
        "anna@example.com, true",
        "a.b+c@mail.example.co.uk, true",
        "'anna@example.com, eve@example.com', false",
        "Anna <anna@example.com>, false",
        "anna@localhost, false",
        "zoë@example.com, false",
        "anna, false",
    })
    void onlyOnePlainAddressIsTaken(String email, boolean taken) {
        assertThat(channel.addresses(Messages.fields("{\"email\":\"" + email + "\"}")))
                .hasSize(taken ? 1 : 0);
    }

    @Test
    void settingsAreChecked() {
        var partner = new MessagePartner(channel, new MemoryMessageLog(), clock);
        String template = ",\"template\":{\"subject\":\"s\",\"text\":\"t {{unsubscribeUrl}}\"}}";

        assertThat(partner.problem(Messages.campaign("email", SETTINGS.replaceFirst("}$", template))))
                .isEmpty();
        assertThat(partner.problem(Messages.campaign(
                        "email", SETTINGS.replaceFirst("}$", template).replace("https:", "http:"))))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("unsubscribeUrl must match"));
        assertThat(partner.problem(Messages.campaign("email", "{\"region\":\"eu-west-1.evil.example/\"" + template))
                        .orElseThrow())
                .contains("region must match", "from is missing", "unsubscribeUrl is missing");
    }

    /** Nothing goes out without a link to unsubscribe, and nothing is tried again and again. */
    @ParameterizedTest
    @CsvSource({"missing", "short", "away"})
    void withoutTheSecretOfLinksNothingIsSent(String which) {
        var unsigned = new SesChannel(
                new SignedHttp(
                        http, StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")), clock),
                (account, name) -> switch (which) {
                    case "missing" -> throw new IllegalArgumentException("there is no secret");
                    case "short" -> new Secrets.Secret("short");
                    default -> throw new UnreachableException("away", new IllegalStateException());
                },
                clock,
                region -> ses.uri());
        Connection campaign = Messages.campaign(
                "email",
                SETTINGS.replaceFirst("}$", ",\"template\":{\"subject\":\"s\",\"text\":\"{{unsubscribeUrl}}\"}}"));
        var partner = new MessagePartner(unsigned, new MemoryMessageLog(), clock);
        Delivery delivery = Messages.delivery(partner, campaign, "{\"email\":\"anna@example.com\"}");

        Outcome outcome =
                partner.deliver(campaign, List.of(delivery)).outcomes().getFirst();

        assertThat(outcome)
                .isEqualTo(
                        which.equals("away")
                                ? new Outcome.RetryLater("the log of messages or a secret cannot be read now")
                                : new Outcome.Parked(
                                        which.equals("missing")
                                                ? "there is no secret"
                                                : "the secret unsubscribe is too short",
                                        Outcome.Parked.Scope.CONNECTION));
        assertThat(((Channel.Result.Answered) unsigned.send(message(CAMPAIGN, "anna@example.com"))).outcome())
                .isInstanceOf(outcome.getClass());
        assertThat(ses.received()).isEmpty();
    }

    /** SES takes 870 characters of a header's value. */
    @Test
    void theLongestLinkFitsIntoAHeader() {
        String most = "a".repeat(32);
        String name = "n".repeat(64);
        String token =
                new UnsubscribeToken(most, AddressKey.of(most, "email", "anna@example.com"), name, name).write(KEY);

        assertThat("<https://" + "u".repeat(300) + "?t=" + token + ">").hasSizeLessThanOrEqualTo(870);
    }

    private Outcome send(Connection campaign, String address) {
        return ((Channel.Result.Answered) channel.send(message(campaign, address))).outcome();
    }

    private static Message message(Connection campaign, String address) {
        return Messages.message(
                campaign,
                address,
                Map.of("subject", "Hi\r\nBcc: eve@example.com", "text", "text", "html", "<p>html</p>"));
    }
}
