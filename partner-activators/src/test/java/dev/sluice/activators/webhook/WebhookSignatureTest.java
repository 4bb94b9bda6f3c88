package dev.sluice.activators.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.webhook.WebhookSignature.Kind;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/**
 * Promises of signatures:
 *
 * <ul>
 *   <li>they are those of the specification, for both kinds of keys
 *   <li>every secret of a rotation signs
 *   <li>a secret never shows itself, not even when it is wrong
 * </ul>
 */
final class WebhookSignatureTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String EXPECTED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void theSpecificationsExampleHasTheSpecificationsSignature() {
        assertThat(sign(WebhookSignature.parse(Kind.HMAC, SECRET + "\n"))).isEqualTo(EXPECTED);
    }

    @Test
    void everySecretOfARotationSigns() {
        String other = sign(WebhookSignature.parse(Kind.HMAC, OTHER));

        assertThat(sign(WebhookSignature.parse(Kind.HMAC, SECRET + " " + OTHER)))
                .isEqualTo(EXPECTED + " " + other);
    }

    @Test
    void whoKnowsThePublicKeyCanCheckAnEd25519Signature() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        String alone = sign(WebhookSignature.parse(
                Kind.ED25519, "whsk_" + Base64.getEncoder().encodeToString(seed)));
        String withPublic = sign(WebhookSignature.parse(
                Kind.ED25519, "whsk_" + Base64.getEncoder().encodeToString(Arrays.copyOf(seed, 64))));

        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(pair.getPublic());
        check.update("msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.".getBytes(StandardCharsets.UTF_8));
        check.update(BODY);
        assertThat(alone).startsWith("v1a,").isEqualTo(withPublic);
        assertThat(check.verify(Base64.getDecoder().decode(alone.substring(4)))).isTrue();
    }

    @Test
    void aWrongSecretIsRefusedWithoutBeingShown() {
        for (String wrong : new String[] {
            "",
            "MfKQ9r8GKYqr",
            "whsec_!!not-base64!!",
            "whsec_c2hvcnQ=",
            "whsk_c2hvcnQ=",
            SECRET + ",c2hvcnQ=",
            SECRET + " c2hvcnQ=",
            String.join(" ", Collections.nCopies(6, SECRET))
        }) {
            for (Kind kind : Kind.values()) {
                assertThatThrownBy(() -> WebhookSignature.parse(kind, wrong))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("the webhook")
                        .hasNoCause()
                        .message()
                        .doesNotContain("MfKQ", "not-base64!", "c2hvcnQ");
            }
        }
    }

    @Test
    void itHidesItself() {
        assertThat(WebhookSignature.parse(Kind.HMAC, SECRET)).hasToString("WebhookSignature[hidden]");
    }

    private static String sign(WebhookSignature signature) {
        return signature.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY);
    }
}
