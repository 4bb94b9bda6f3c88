package dev.sluice.activators.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.LambdaJson;
import dev.sluice.activators.People;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The body that partners have been told of does not change. */
final class WebhookPayloadTest {
    @Test
    void theBodyIsTheGoldenFile() {
        String body = new String(WebhookPayload.write(People.entered("u1", "skips-ads", 4)), StandardCharsets.UTF_8);

        assertThat(body + "\n")
                .isEqualTo(new String(LambdaJson.resource("/golden/v2/webhook.json"), StandardCharsets.UTF_8));
    }

    @Test
    void whoIsKnownByAnAnonymousIdIsNamedByIt() {
        String body = new String(
                WebhookPayload.write(People.entered("anonymous:a1", "skips-ads", 4)), StandardCharsets.UTF_8);

        assertThat(body).contains("\"anonymousId\":\"a1\"").doesNotContain("userId");
    }
}
