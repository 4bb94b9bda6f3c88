package dev.sluice.classifier.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.classifier.PersonTokens.Bound;
import dev.sluice.model.PersonKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises: a token says what it was bound to, from its issue until its end, give or take half a minute; one of another
 * secret, algorithm, issuer, audience or kind, without an end, or with too late a one, says nothing; a secret that signed
 * before is still good to check by; the file of secrets holds nothing else and is never shown.
 */
class NimbusPersonTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant END = NOW.plus(Duration.ofMinutes(15));
    private static final byte[] SECRET = "a".repeat(64).getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "b".repeat(64).getBytes(StandardCharsets.UTF_8);
    private static final Bound BOUND = new Bound(new PersonKey("demo", "Zoë/1 & 2"), "0123456789abcdef");

    private final NimbusPersonTokens tokens = new NimbusPersonTokens(List.of(SECRET));

    @TempDir
    private Path folder;

    @Test
    void aTokenSaysWhatItWasBoundToUntilItsEnd() {
        String token = tokens.issue(BOUND, NOW, END);

        assertThat(tokens.read(token, NOW)).contains(BOUND);
        assertThat(tokens.read(token, NOW.minusSeconds(20))).contains(BOUND);
        assertThat(tokens.read(token, END.plusSeconds(20))).contains(BOUND);
        assertThat(tokens.read(token, END.plusSeconds(60))).isEmpty();
        assertThat(tokens.read(token, NOW.minusSeconds(60))).isEmpty();
    }

    @Test
    void anotherSecretIsNoneOfOurs() {
        var others = new NimbusPersonTokens(List.of(OTHER));
        assertThat(tokens.read(others.issue(BOUND, NOW, END), NOW)).isEmpty();

        var rotated = new NimbusPersonTokens(List.of(OTHER, SECRET));
        assertThat(rotated.read(tokens.issue(BOUND, NOW, END), NOW)).contains(BOUND);
        assertThat(tokens.read(rotated.issue(BOUND, NOW, END), NOW)).isEmpty();
    }

    @Test
    void oneBitMoreOrLessIsNone() {
        String token = tokens.issue(BOUND, NOW, END);

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'Q' : 'A';
            String forged = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.read(forged, NOW)).as("character %d", i).isEmpty();
        }
        assertThat(tokens.read(token + "x".repeat(4_000), NOW)).isEmpty();
        assertThat(tokens.read("eyJ.a.b", NOW)).isEmpty();
    }

    @Test
    void noOtherAlgorithmIsTaken() throws JOSEException {
        assertThat(tokens.read(new PlainJWT(claims(claims -> claims)).serialize(), NOW))
                .isEmpty();
        assertThat(tokens.read(signed(JWSAlgorithm.HS512, JOSEObjectType.JWT, claims(claims -> claims)), NOW))
                .isEmpty();
        assertThat(tokens.read(signed(JWSAlgorithm.HS256, new JOSEObjectType("at+jwt"), claims(claims -> claims)), NOW))
                .isEmpty();
    }

    @Test
    void everyClaimIsLookedAt() throws JOSEException {
        assertThat(read(claims -> claims)).isPresent();
        assertThat(read(claims -> claims.issuer("another"))).isEmpty();
        assertThat(read(claims -> claims.audience("another"))).isEmpty();
        assertThat(read(claims -> claims.audience(List.of()))).isEmpty();
        assertThat(read(claims -> claims.subject(null))).isEmpty();
        assertThat(read(claims -> claims.expirationTime(null))).isEmpty();
        assertThat(read(claims -> claims.issueTime(null))).isEmpty();
        assertThat(read(claims -> claims.claim("account", "A/B"))).isEmpty();
        assertThat(read(claims -> claims.claim("account", 5))).isEmpty();
        assertThat(read(claims -> claims.claim("key", null))).isEmpty();
        assertThat(read(claims -> claims.expirationTime(Date.from(NOW.plus(Duration.ofHours(2))))))
                .isEmpty();
        assertThat(read(claims -> claims.notBeforeTime(Date.from(NOW.plus(Duration.ofMinutes(5))))))
                .isEmpty();
    }

    @Test
    void theFileHoldsSecretsAndNothingElse() throws IOException {
        Path good = Files.writeString(folder.resolve("good"), "  " + "c".repeat(40) + "\n\n" + "d".repeat(40) + "\n");
        Path weak = Files.writeString(folder.resolve("weak"), "hunter2\n");

        var read = NimbusPersonTokens.read(good);
        assertThat(read.read(read.issue(BOUND, NOW, END), NOW)).contains(BOUND);
        assertThatThrownBy(() -> NimbusPersonTokens.read(weak))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> NimbusPersonTokens.read(folder.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Optional<Bound> read(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        return tokens.read(signed(JWSAlgorithm.HS256, JOSEObjectType.JWT, claims(change)), NOW);
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer("sluice")
                        .audience("sluice/segments")
                        .subject("u1")
                        .claim("account", "demo")
                        .claim("key", "0123456789abcdef")
                        .issueTime(Date.from(NOW))
                        .expirationTime(Date.from(END)))
                .build();
    }

    private static String signed(JWSAlgorithm algorithm, JOSEObjectType type, JWTClaimsSet claims)
            throws JOSEException {
        var token = new SignedJWT(new JWSHeader.Builder(algorithm).type(type).build(), claims);
        token.sign(new MACSigner(SECRET));
        return token.serialize();
    }
}
