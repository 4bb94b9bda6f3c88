package dev.sluice.activators.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.activators.Secrets.Secret;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.http.PartnerHttp.Request;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Access tokens for service accounts: an assertion that the account's key signs (RS256) is changed for a token, as RFC 7523
 * section 2.1 and <a href="https://developers.google.com/identity/protocols/oauth2/service-account">Google's page</a> say.
 * A token is kept until {@link #SPARE} before its end. Of those who ask for the same at once one asks the other side and the
 * rest wait for it. That there is none is remembered for a short while too, so that a token's giver who is ill is not
 * asked by everyone in turn. Thread-safe.
 */
public final class AccessTokens {
    /** How long before its end a token is no longer used: longer than any call takes. */
    static final Duration SPARE = Duration.ofMinutes(5);

    /** How long an assertion is good; an hour is the longest that Google takes. */
    private static final Duration ASSERTION = Duration.ofHours(1);

    /** The longest that asking takes. */
    public static final Duration CALL = Duration.ofSeconds(10);

    private static final Duration REFUSED_FOR = Duration.ofMinutes(1);
    private static final Duration UNAVAILABLE_FOR = Duration.ofSeconds(5);

    /** Service accounts and scopes of which tokens are kept; the one that was asked for longest ago goes. */
    private static final int MAX_KEPT = 1000;

    /** Errors of RFC 6749 section 5.2 and RFC 7521: asking again in the same way is of no use. */
    private static final Set<String> REFUSALS = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
            "access_denied",
            "disabled_client",
            "deleted_client",
            "org_internal",
            "admin_policy_enforced");

    private final PartnerHttp http;
    private final Clock clock;
    private final Map<Key, Slot> slots = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Slot> eldest) {
            return size() > MAX_KEPT;
        }
    });

    public AccessTokens(PartnerHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /**
     * A token for a service account.
     *
     * @param serviceAccount the JSON file that Google gives out for it
     * @param scope what the token must be good for; several are separated by spaces
     */
    public Token token(Secret serviceAccount, String scope) {
        Slot slot = slots.computeIfAbsent(new Key(serviceAccount.reveal(), scope), key -> new Slot());
        Optional<Token> kept = slot.kept(clock.instant());
        if (kept.isPresent()) {
            return kept.get();
        }
        slot.lock.lock();
        try {
            return slot.kept(clock.instant()).orElseGet(() -> {
                slot.held = ask(serviceAccount, scope);
                return slot.held.token();
            });
        } finally {
            slot.lock.unlock();
        }
    }

    /** Says that a token was not taken: it is not given out again. */
    public void forget(Secret serviceAccount, String scope, Token.Granted refused) {
        Slot slot = slots.get(new Key(serviceAccount.reveal(), scope));
        if (slot == null) {
            return;
        }
        slot.lock.lock();
        try {
            if (slot.held.token().equals(refused)) {
                slot.held = Held.NOTHING;
            }
        } finally {
            slot.lock.unlock();
        }
    }

    private Held ask(Secret secret, String scope) {
        Instant now = clock.instant();
        Request request;
        try {
            request = request(ServiceAccount.parse(secret.reveal()), scope, now);
        } catch (MalformedException e) {
            return refused("the secret is not a service account: " + e.getMessage());
        } catch (JOSEException e) {
            return refused("the service account's key does not sign");
        }
        return switch (http.call(request, CALL)) {
            case Exchange.Answered answered -> read(answered);
            case Exchange.Unanswered unanswered -> unavailable("no access token: " + unanswered.reason());
        };
    }

    private static Request request(ServiceAccount account, String scope, Instant now) throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT);
        if (!account.keyId().isEmpty()) {
            header.keyID(account.keyId());
        }
        var claims = new JWTClaimsSet.Builder()
                .issuer(account.email())
                .audience(account.tokenAddress().toString())
                .claim("scope", scope)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ASSERTION)))
                .build();
        var assertion = new SignedJWT(header.build(), claims);
        assertion.sign(new RSASSASigner(account.key()));
        String form = "grant_type="
                + URLEncoder.encode("urn:ietf:params:oauth:grant-type:jwt-bearer", StandardCharsets.UTF_8)
                + "&assertion=" + assertion.serialize();
        return new Request(
                "POST",
                account.tokenAddress(),
                Map.of("content-type", "application/x-www-form-urlencoded", "accept", "application/json"),
                form.getBytes(StandardCharsets.UTF_8));
    }

    private Held read(Exchange.Answered answered) {
        Value.Fields body;
        try {
            body = JsonText.readObject(answered.body());
            if (answered.status() == 200) {
                return granted(body);
            }
            if (answered.status() < 500
                    && body.findText("error").filter(REFUSALS::contains).isPresent()) {
                return refused("the service account is not taken: " + body.text("error"));
            }
        } catch (MalformedException e) {
            return unavailable("the answer to the request for an access token was not understood");
        }
        return unavailable("status " + answered.status() + " for the request for an access token");
    }

    private Held granted(Value.Fields body) {
        Duration lasts = Duration.ofSeconds(Math.clamp(body.whole("expires_in"), 0, 86_400));
        // A token that lasts less than twice the spare is used for half of its time.
        Duration use = lasts.compareTo(SPARE.multipliedBy(2)) < 0 ? lasts.dividedBy(2) : lasts.minus(SPARE);
        return new Held(
                new Token.Granted(body.text("access_token")), clock.instant().plus(use));
    }

    private Held refused(String reason) {
        return new Held(new Token.Refused(reason), clock.instant().plus(REFUSED_FOR));
    }

    private Held unavailable(String reason) {
        return new Held(new Token.Unavailable(reason), clock.instant().plus(UNAVAILABLE_FOR));
    }

    private record Key(String serviceAccount, String scope) {
        @Override
        public String toString() {
            return "Key[hidden]";
        }
    }

    private record Held(Token token, Instant until) {
        static final Held NOTHING = new Held(new Token.Unavailable("not asked for yet"), Instant.MIN);
    }

    private static final class Slot {
        final ReentrantLock lock = new ReentrantLock();
        volatile Held held = Held.NOTHING;

        Optional<Token> kept(Instant now) {
            Held known = held;
            return now.isBefore(known.until()) ? Optional.of(known.token()) : Optional.empty();
        }
    }
}
