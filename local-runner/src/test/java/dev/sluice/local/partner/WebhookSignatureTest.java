package dev.sluice.local.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.partner.WebhookSignature.SignedBody;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Promises: the published example of Standard Webhooks is right; anything changed in it is wrong. */
class WebhookSignatureTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIMESTAMP = "1614265330";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final Instant NOW = Instant.ofEpochSecond(1614265330);
    private static final SignedBody BODY = body("{\"test\": 2432232314}", NOW);

    private final WebhookSignature signature = new WebhookSignature(SECRET);

    @Test
    void thePublishedExampleIsRight() {
        assertThat(signature.fault(ID, TIMESTAMP, SIGNATURE, BODY)).isEmpty();
    }

    @Test
    void oneRightSignatureAmongSeveralIsEnough() {
        assertThat(signature.fault(ID, TIMESTAMP, "v1,AAAA v2,BBBB " + SIGNATURE, BODY))
                .isEmpty();
    }

    @Test
    void anotherBodyIdSecretOrTimestampIsWrong() {
        assertThat(signature.fault(ID, TIMESTAMP, SIGNATURE, body("{\"test\": 2432232315}", NOW)))
                .contains("no signature matches");
        assertThat(signature.fault("msg_other", TIMESTAMP, SIGNATURE, BODY)).contains("no signature matches");
        assertThat(signature.fault(ID, "1614265331", SIGNATURE, BODY)).contains("no signature matches");
        assertThat(new WebhookSignature("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").fault(ID, TIMESTAMP, SIGNATURE, BODY))
                .contains("no signature matches");
    }

    @Test
    void anOldOrUnreadableTimestampIsWrong() {
        assertThat(signature.fault(ID, TIMESTAMP, SIGNATURE, body("{\"test\": 2432232314}", NOW.plusSeconds(301))))
                .contains("webhook-timestamp is more than five minutes off");
        assertThat(signature.fault(ID, "soon", SIGNATURE, BODY))
                .contains("webhook-timestamp is not a number of seconds");
    }

    @Test
    void aMissingHeaderIsWrong() {
        assertThat(signature.fault(null, TIMESTAMP, SIGNATURE, BODY)).isPresent();
        assertThat(signature.fault(ID, null, SIGNATURE, BODY)).isPresent();
        assertThat(signature.fault(ID, TIMESTAMP, null, BODY)).isPresent();
    }

    @Test
    void aSecretOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> new WebhookSignature("plain")).isInstanceOf(IllegalArgumentException.class);
    }

    private static SignedBody body(String text, Instant now) {
        return new SignedBody(text.getBytes(StandardCharsets.UTF_8), now);
    }
}
