package dev.sluice.activators.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.sluice.activators.Environment;
import dev.sluice.activators.LambdaCall;
import dev.sluice.activators.LambdaJson;
import dev.sluice.activators.aws.FakeAws;
import dev.sluice.model.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises of the webhook activator as deployed, from Lambda's JSON to the partner and S3:
 *
 * <ul>
 *   <li>a stream's event becomes signed requests, in order for one person; poison goes to S3
 *   <li>an unwilling partner gives a partial-batch answer that names the first record, and the ids stay the same
 *   <li>without time, secret or a permitted address nothing is sent
 * </ul>
 */
final class WebhookActivatorHandlerTest {
    private static final String SEQUENCE = "4959033827149025660855969253836157109592157598913658889";

    private final FakeAws aws = new FakeAws();
    private final PartnerServer partner = new PartnerServer();
    private final KinesisEvent event = LambdaJson.event("/events/kinesis.json", KinesisEvent.class);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        aws.close();
        partner.close();
    }

    @Test
    void aStreamsEventBecomesRequestsAndPoisonGoesAside() {
        var call = new LambdaCall(60_000);

        assertThat(handle(call)).isEqualTo("{\"batchItemFailures\":[]}");

        List<String> ofU1 = partner.received().stream()
                .map(PartnerServer.Received::body)
                .filter(body -> body.contains("\"userId\":\"u1\""))
                .map(body -> JsonText.readObject(body.getBytes(StandardCharsets.UTF_8))
                        .text("type"))
                .toList();
        assertThat(ofU1).containsExactly("segment.entered", "segment.left");
        assertThat(partner.received()).hasSize(3);
        assertThat(aws.objects()).containsOnlyKeys("/lake/set-aside/webhook/2026/11/21/06/" + SEQUENCE + "2.json");
        assertThat(call.log()).contains("\"delivered\":3,\"setAside\":1").doesNotContain("whsec", "token");
    }

    @Test
    void anUnwillingPartnerGivesAPartialBatchAnswerAndTheSameIdsComeAgain() {
        partner.answers(PartnerServer.status(503));
        assertThat(handle(new LambdaCall(60_000)))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"" + SEQUENCE + "1\"}]}");
        String firstTry = partner.received().getFirst().header("webhook-id");

        partner.answers(PartnerServer.status(200));
        assertThat(handle(new LambdaCall(60_000))).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(partner.received().stream()
                        .map(request -> request.header("webhook-id"))
                        .filter(firstTry::equals))
                .hasSize(2);
    }

    @Test
    void withoutTimeNothingIsSent() {
        assertThat(handle(new LambdaCall(1_000)))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"" + SEQUENCE + "1\"}]}");
        assertThat(partner.received()).isEmpty();
    }

    @Test
    void itDoesNotStartWithAnAddressThatIsForbidden() {
        var config = new WebhookConfig(
                URI.create("https://169.254.169.254/latest?token=t"), folder.resolve("none"), false, "lake", true);

        assertThatThrownBy(() -> WebhookWiring.activator(config))
                .hasMessage("SLUICE_WEBHOOK_URL: the name leads to an address that is not public");
    }

    @Test
    void itDoesNotStartWithoutItsConfiguration() {
        assertThatThrownBy(() -> WebhookConfig.of(new Environment(Map.of())))
                .hasMessage("SLUICE_WEBHOOK_URL is not set");
        assertThatThrownBy(() -> WebhookConfig.of(new Environment(Map.of("SLUICE_WEBHOOK_URL", "https://a b/token"))))
                .hasMessage("SLUICE_WEBHOOK_URL is not an address");
    }

    private String handle(LambdaCall call) {
        var handler = new WebhookActivatorHandler(WebhookWiring.activator(config()));
        return LambdaJson.text(handler.handleRequest(event, call), StreamsEventResponse.class);
    }

    private WebhookConfig config() {
        try {
            Path secret = Files.writeString(folder.resolve("secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
            return WebhookConfig.of(new Environment(Map.of(
                    "SLUICE_WEBHOOK_URL",
                    partner.address().toString(),
                    "SLUICE_WEBHOOK_SECRET_FILE",
                    secret.toString(),
                    "SLUICE_WEBHOOK_ALLOW_LOOPBACK",
                    "true",
                    "SLUICE_LAKE_BUCKET",
                    "lake",
                    "SLUICE_S3_PATH_STYLE",
                    "true")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
