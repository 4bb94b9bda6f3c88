package dev.sluice.activators.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Promises: what RFC 8291 publishes comes out byte for byte; a key that is none, and too much, are refused. */
class EncryptionTest {
    /** Values of RFC 8291, section 5 and appendix A. */
    private static final Subscription BROWSER = new Subscription(
            URI.create("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"),
            bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            bytes("BTBZMqHH6r4Tts7J_aSIgg"));

    @Test
    void isAsTheStandardPublishes() throws GeneralSecurityException {
        var own = new KeyPair(
                P256.publicKey(bytes(
                        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8")),
                P256.privateKey(bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")));
        byte[] message = "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.UTF_8);

        assertThat(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Encryption.encrypt(message, BROWSER, own, bytes("DGv6ra1nlYgDCS1FRnbzlw"))))
                .isEqualTo(
                        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6T"
                                + "lzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
    }

    @Test
    void twoOfTheSameLookDifferent() throws GeneralSecurityException {
        byte[] message = {1, 2, 3};

        assertThat(Encryption.encrypt(message, BROWSER)).isNotEqualTo(Encryption.encrypt(message, BROWSER));
    }

    @Test
    void aPointOffTheCurveIsRefused() {
        byte[] key = BROWSER.key().clone();
        key[64] ^= 1;
        var wrong = new Subscription(BROWSER.endpoint(), key, BROWSER.auth());

        assertThatThrownBy(() -> Encryption.encrypt(new byte[1], wrong)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void moreThanARecordIsRefused() throws GeneralSecurityException {
        assertThat(Encryption.encrypt(new byte[Encryption.MOST_BYTES], BROWSER)).hasSizeLessThanOrEqualTo(4_096);
        assertThatThrownBy(() -> Encryption.encrypt(new byte[Encryption.MOST_BYTES + 1], BROWSER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
