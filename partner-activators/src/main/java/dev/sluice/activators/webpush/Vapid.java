package dev.sluice.activators.webpush;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.activators.Secrets;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/** Shows a push service who sends (VAPID, RFC 8292): a token for one push service, signed with the application's key. */
final class Vapid {
    /** RFC 8292 allows 24 hours; less, since clocks differ. */
    private static final Duration GOOD_FOR = Duration.ofHours(12);

    private Vapid() {}

    /**
     * The header {@code Authorization}.
     *
     * @param secret {@code {"publicKey": …, "privateKey": …}}, base64url as the usual tools print them
     * @param subject {@code mailto:} or {@code https:} address of whoever sends
     * @throws MalformedException if the secret is no such pair; the message has no part of it
     */
    static String authorization(URI endpoint, Secrets.Secret secret, String subject, Instant now) {
        Value.Fields keys = JsonText.readObject(secret.reveal().getBytes(StandardCharsets.UTF_8));
        var claims = new JWTClaimsSet.Builder()
                .audience(origin(endpoint))
                .expirationTime(Date.from(now.plus(GOOD_FOR)))
                .subject(subject)
                .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .build();
        var token = new SignedJWT(header, claims);
        try {
            byte[] scalar = Base64.getUrlDecoder().decode(keys.text("privateKey"));
            token.sign(new ECDSASigner(P256.privateKey(scalar)));
        } catch (JOSEException | GeneralSecurityException | IllegalArgumentException e) {
            throw new MalformedException("privateKey must be a key of P-256 as base64url");
        }
        return "vapid t=" + token.serialize() + ", k=" + keys.text("publicKey").replace("=", "");
    }

    private static String origin(URI endpoint) {
        return endpoint.getScheme() + "://" + endpoint.getHost()
                + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
    }
}
