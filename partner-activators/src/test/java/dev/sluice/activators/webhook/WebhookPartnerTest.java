package dev.sluice.activators.webhook;

import static dev.sluice.activators.http.Reply.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.LambdaJson;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.http.ScriptedServer;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.Shared;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Promises of a webhook's requests (Standard Webhooks 1.0.0, read in November 2026):
 *
 * <ul>
 *   <li>a delivery becomes exactly this request, and its owner can check the signature with nothing but the specification
 *   <li>a retry differs in time and signature only
 *   <li>a batch is one request with an id of its own; each delivery in it keeps its id
 *   <li>traits are sent along only if the connection names them and the rule set shares them
 * </ul>
 */
@Timeout(240)
final class WebhookPartnerTest {
    private final Owner owner = new Owner();

    @AfterEach
    void close() {
        owner.close();
    }

    @Test
    void aDeliveryBecomesThisRequest() throws Exception {
        assertThat(owner.deliver(Samples.entered())).isEqualTo(new Outcome.Delivered());

        ScriptedServer.Received request = owner.server.received().getFirst();
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /hook?token=t");
        assertThat(request.headers())
                .containsOnlyKeys(
                        "connection",
                        "content-length",
                        "content-type",
                        "host",
                        "user-agent",
                        "webhook-id",
                        "webhook-signature",
                        "webhook-timestamp")
                .containsEntry("content-type", "application/json")
                .containsEntry("webhook-id", "msg_1")
                .containsEntry("webhook-timestamp", "1795243211")
                .containsEntry("webhook-signature", "v1," + hmac("msg_1.1795243211." + request.body()));
        assertThat(request.body() + "\n")
                .isEqualTo(new String(LambdaJson.resource("/golden/v2/webhook.json"), StandardCharsets.UTF_8));
    }

    @Test
    void aRetryDiffersInTimeAndSignatureOnly() {
        owner.server.next(status(500));
        assertThat(owner.deliver(Samples.entered())).isInstanceOf(Outcome.RetryLater.class);
        owner.clock.pass(Duration.ofSeconds(60));
        assertThat(owner.deliver(Samples.entered())).isEqualTo(new Outcome.Delivered());

        ScriptedServer.Received first = owner.server.received().getFirst();
        ScriptedServer.Received second = owner.server.received().getLast();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
        assertThat(second.headers()).containsEntry("webhook-timestamp", "1795243271");
        assertThat(second.header("webhook-signature")).isNotEqualTo(first.header("webhook-signature"));
    }

    @Test
    void aBatchIsOneRequestInWhichEachDeliveryKeepsItsId() throws Exception {
        Connection batching = owner.connection("\"batch\":100,\"include\":[\"email\"]");
        List<Delivery> batch = List.of(
                Samples.entered("msg_1", "u1", "{\"email\":\"u1@example.org\"}"),
                Samples.left("msg_2", "anonymous:a2", "ads-123"));

        Answer first = owner.partner().deliver(batching, batch);
        owner.partner().deliver(batching, batch);
        owner.partner().deliver(batching, batch.subList(0, 1));

        assertThat(first.outcomes()).containsExactly(new Outcome.Delivered(), new Outcome.Delivered());
        ScriptedServer.Received request = owner.server.received().getFirst();
        assertThat(request.body() + "\n")
                .isEqualTo(new String(LambdaJson.resource("/golden/v2/webhook-batch.json"), StandardCharsets.UTF_8));
        String id = request.header("webhook-id");
        assertThat(id).matches("batch_[0-9a-f]{32}");
        assertThat(request.header("webhook-signature")).isEqualTo("v1," + hmac(id + ".1795243211." + request.body()));
        assertThat(owner.server.received().get(1)).isEqualTo(request);
        assertThat(owner.server.received().get(2).header("webhook-id")).isNotEqualTo(id);
        assertThat(owner.server.received().get(2).body())
                .startsWith("[{\"id\":\"msg_1\"")
                .endsWith("}]");
    }

    @Test
    void moreThanOneDeliveryIsTakenOnlyWhereTheSettingsSaySo() {
        List<Delivery> three = IntStream.range(0, 3)
                .mapToObj(i -> Samples.entered("msg_" + i, "u" + i, ""))
                .toList();
        WebhookPartner partner = owner.partner();

        assertThat(partner.limits(owner.connection("")).batch()).isEqualTo(1);
        assertThat(partner.limits(owner.connection("\"batch\":3,\"callsPerSecond\":2.5")))
                .isEqualTo(new PartnerLimits(3, 16, 2.5, Duration.ofSeconds(5)));
        assertThatThrownBy(() -> partner.deliver(owner.connection("\"batch\":2"), three))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(owner.server.received()).isEmpty();
    }

    @Test
    void traitsAreSentAlongOnlyIfTheConnectionNamesThemAndTheyAreShared() {
        var person = new PersonKey("demo", "u1");
        var shared = new Shared(
                JsonText.readObject(utf8("{\"phone\":\"+1\",\"email\":\"a@b.example\",\"consents\":{\"ads\":true}}")),
                Optional.empty());
        WebhookPartner partner = owner.partner();

        assertThat(partner.recipient(owner.connection(""), person, shared)).contains("");
        assertThat(partner.recipient(owner.connection("\"include\":[\"city\"]"), person, shared))
                .contains("");
        assertThat(partner.recipient(owner.connection("\"include\":[\"email\",\"consents\",\"city\"]"), person, shared))
                .contains("{\"consents\":{\"ads\":true},\"email\":\"a@b.example\"}");
    }

    private static String hmac(String content) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(Owner.KEY), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(utf8(content)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
