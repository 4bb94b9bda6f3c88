package dev.sluice.activators.webpush;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.activators.messages.LocalServer;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A push service as RFC 8030 (read in November 2026) says, that checks VAPID as RFC 8292 says: 201 for what it takes, 404 for
 * whom it does not know, 410 for who has left, 403 for somebody else's key, 413 for too much.
 */
public final class PushServer extends LocalServer {
    private final Set<String> left = ConcurrentHashMap.newKeySet();

    /** A browser unsubscribes. */
    public void leave(String name) {
        left.add("/push/" + name);
    }

    /** What a browser would give to the application. */
    public String subscription(String name, KeyPair browser, byte[] auth) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return "{\"endpoint\":\"" + uri() + "/push/" + name + "\",\"expirationTime\":null,\"keys\":{\"p256dh\":\""
                + base64.encodeToString(P256.point((ECPublicKey) browser.getPublic())) + "\",\"auth\":\""
                + base64.encodeToString(auth) + "\"}}";
    }

    @Override
    protected Reply answer(Received request) {
        Map<String, String> headers = request.headers();
        if (!headers.keySet().containsAll(List.of("ttl", "authorization", "content-encoding"))) {
            return new Reply(400, Map.of(), "");
        }
        if (!isSigned(headers.getOrDefault("authorization", ""))) {
            return new Reply(403, Map.of(), "");
        }
        if (request.body().length > 4_096) {
            return new Reply(413, Map.of(), "");
        }
        if (left.contains(request.uri().getPath())) {
            return new Reply(410, Map.of(), "");
        }
        return request.uri().getPath().startsWith("/push/")
                ? new Reply(201, Map.of("location", uri() + "/message/1"), "")
                : new Reply(404, Map.of(), "");
    }

    private boolean isSigned(String authorization) {
        try {
            String[] parts = authorization.replaceFirst("^vapid t=", "").split(", k=", -1);
            SignedJWT token = SignedJWT.parse(parts[0]);
            ECPublicKey key = P256.publicKey(Base64.getUrlDecoder().decode(parts[1]));
            return token.verify(new ECDSAVerifier(key))
                    && token.getJWTClaimsSet().getAudience().equals(List.of(uri().toString()))
                    && token.getJWTClaimsSet().getSubject().startsWith("mailto:");
        } catch (Exception e) {
            return false;
        }
    }
}
