package dev.sluice.activators.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.LambdaJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bodies that webhooks' owners have been told of do not change. */
final class WebhookPayloadTest {
    @Test
    void theBodyOfOneIsTheGoldenFile() {
        assertThat(text(WebhookPayload.one(Samples.entered())) + "\n").isEqualTo(golden("/golden/v2/webhook.json"));
    }

    @Test
    void theBodyOfABatchIsTheGoldenFile() {
        byte[] body = WebhookPayload.many(List.of(
                Samples.entered("msg_1", "u1", "{\"email\":\"u1@example.org\"}"),
                Samples.left("msg_2", "anonymous:a2", "ads-123")));

        assertThat(text(body) + "\n").isEqualTo(golden("/golden/v2/webhook-batch.json"));
    }

    @Test
    void whoIsKnownByAnAnonymousIdIsNamedByIt() {
        assertThat(text(WebhookPayload.one(Samples.entered("msg_1", "anonymous:a1", ""))))
                .contains("\"anonymousId\":\"a1\"")
                .doesNotContain("userId");
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String golden(String name) {
        return text(LambdaJson.resource(name));
    }
}
