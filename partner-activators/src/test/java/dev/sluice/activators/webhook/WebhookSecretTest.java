package dev.sluice.activators.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signature is the specification's; the secret never shows itself, not even when it is wrong. */
final class WebhookSecretTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    private Path folder;

    @Test
    void theSpecificationsExampleHasTheSpecificationsSignature() {
        String signature = WebhookSecret.parse(SECRET)
                .sign(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void itIsReadFromAFileWithOrWithoutALineEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");

        assertThat(WebhookSecret.read(file).sign("msg_1", 1, new byte[0]))
                .isEqualTo(WebhookSecret.parse(SECRET).sign("msg_1", 1, new byte[0]));
    }

    @Test
    void aMissingFileIsNamedByItsVariable() {
        assertThatThrownBy(() -> WebhookSecret.read(folder.resolve("none")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("SLUICE_WEBHOOK_SECRET_FILE");
    }

    @Test
    void aWrongSecretIsRefusedWithoutBeingShown() {
        for (String wrong : new String[] {"", "MfKQ9r8GKYqr", "whsec_!!not-base64!!", "whsec_c2hvcnQ="}) {
            assertThatThrownBy(() -> WebhookSecret.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the webhook secret ")
                    .hasNoCause()
                    .message()
                    .doesNotContain("MfKQ", "not-base64", "c2hvcnQ");
        }
    }

    @Test
    void itHidesItself() {
        assertThat(WebhookSecret.parse(SECRET)).hasToString("WebhookSecret[hidden]");
    }
}
