package dev.sluice.classifier.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.sluice.classifier.PersonTokens;
import dev.sluice.classifier.ReadGate;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens as JSON Web Tokens, signed and checked by HMAC with SHA-256 and by no other algorithm, whatever their header says.
 * Thread-safe.
 */
public final class NimbusPersonTokens implements PersonTokens {
    static final String ISSUER = "sluice";
    static final String AUDIENCE = "sluice/segments";
    private static final String ACCOUNT = "account";
    private static final String KEY = "key";

    /** How far the clocks of classifiers may be apart. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private static final int MIN_SECRET = 32;
    private static final int MAX_SECRET = 512;
    private static final int MAX_SECRETS = 4;
    private static final int MAX_TOKEN = 2_048;

    private final JWSSigner signer;
    private final List<SecretKey> keys;

    /** @param secrets the first signs, all are good to check by; each of 32 bytes or more */
    NimbusPersonTokens(List<byte[]> secrets) {
        this.keys = secrets.stream()
                .<SecretKey>map(secret -> new SecretKeySpec(secret, "HmacSHA256"))
                .toList();
        try {
            this.signer = new MACSigner(keys.getFirst());
        } catch (JOSEException e) {
            throw new IllegalArgumentException("a secret of tokens must have " + MIN_SECRET + " bytes", e);
        }
    }

    /**
     * Reads the secrets from a file, one a line: the first signs, and the others, which signed before, are still good.
     *
     * @throws IllegalArgumentException if it cannot be read, or holds anything but 1 to 4 secrets of 32 to 512 characters;
     *     the message has no part of it
     */
    public static NimbusPersonTokens read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_SECRETS * (MAX_SECRET + 2) + 1), StandardCharsets.UTF_8);
            List<byte[]> secrets = text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .toList();
            boolean good = !secrets.isEmpty()
                    && secrets.size() <= MAX_SECRETS
                    && secrets.stream().allMatch(secret -> secret.length >= MIN_SECRET && secret.length <= MAX_SECRET);
            if (!good) {
                throw new IllegalArgumentException("the file of token secrets must hold 1 to " + MAX_SECRETS
                        + " lines of " + MIN_SECRET + " to " + MAX_SECRET + " bytes");
            }
            return new NimbusPersonTokens(secrets);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file of token secrets cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    @Override
    public String issue(Bound bound, Instant now, Instant expires) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(bound.person().person())
                .claim(ACCOUNT, bound.person().account())
                .claim(KEY, bound.fingerprint())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expires))
                .build();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
        return token.serialize();
    }

    @Override
    public Optional<Bound> read(String token, Instant now) {
        if (token.length() > MAX_TOKEN) {
            return Optional.empty();
        }
        try {
            JWTClaimsSet claims = processor(now).process(token, null);
            Duration life = Duration.between(
                    claims.getIssueTime().toInstant(),
                    claims.getExpirationTime().toInstant());
            if (life.compareTo(ReadGate.LONGEST) > 0
                    || claims.getIssueTime().toInstant().isAfter(now.plus(SKEW))) {
                return Optional.empty();
            }
            var person = new PersonKey(claims.getStringClaim(ACCOUNT), claims.getSubject());
            return Optional.of(new Bound(person, claims.getStringClaim(KEY)));
        } catch (ParseException | BadJOSEException | JOSEException | MalformedException e) {
            return Optional.empty();
        }
    }

    private DefaultJWTProcessor<SecurityContext> processor(Instant now) {
        var processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT));
        processor.setJWSKeySelector(
                (header, context) -> header.getAlgorithm().equals(JWSAlgorithm.HS256) ? keys : List.of());
        processor.setJWTClaimsSetVerifier(new AtThatMoment(now));
        return processor;
    }

    /** What must stand in a token, at a moment that is passed in. */
    private static final class AtThatMoment extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final Instant now;

        AtThatMoment(Instant now) {
            super(
                    AUDIENCE,
                    new JWTClaimsSet.Builder().issuer(ISSUER).build(),
                    Set.of("sub", "iat", "exp", ACCOUNT, KEY));
            this.now = now;
            setMaxClockSkew((int) SKEW.toSeconds());
        }

        @Override
        protected Date currentTime() {
            return Date.from(now);
        }
    }
}
