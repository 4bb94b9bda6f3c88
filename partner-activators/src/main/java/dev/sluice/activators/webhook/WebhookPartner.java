package dev.sluice.activators.webhook;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.Partner;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.http.EgressGuard;
import dev.sluice.activators.http.HttpOutcomes;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.Shared;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An account's own system: every delivery as a signed POST (Standard Webhooks) to the address that the connection says, one
 * by one or in batches. Only the status of its answers counts; what it writes is not looked at. Thread-safe.
 */
public final class WebhookPartner implements Partner {
    private static final Duration CALL = Duration.ofSeconds(5);
    private static final PartnerLimits LIMITS = new PartnerLimits(1, 16, WebhookSettings.CALLS_PER_SECOND, CALL);

    private final PartnerHttp http;
    private final EgressGuard guard;
    private final Secrets secrets;
    private final Clock clock;
    private final Duration call;

    public WebhookPartner(PartnerHttp http, EgressGuard guard, Secrets secrets, Clock clock) {
        this(http, guard, secrets, clock, CALL);
    }

    WebhookPartner(PartnerHttp http, EgressGuard guard, Secrets secrets, Clock clock, Duration call) {
        this.http = http;
        this.guard = guard;
        this.secrets = secrets;
        this.clock = clock;
        this.call = call;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public PartnerLimits limits() {
        return LIMITS;
    }

    @Override
    public PartnerLimits limits(Connection connection) {
        WebhookSettings settings = WebhookSettings.read(connection.settings());
        return new PartnerLimits(
                settings.batch().orElse(LIMITS.batch()),
                LIMITS.callsAtOnce(),
                settings.callsPerSecond(),
                LIMITS.call());
    }

    @Override
    public Optional<String> problem(Connection connection) {
        try {
            WebhookSettings settings = WebhookSettings.read(connection.settings());
            if (connection.secret().isEmpty()) {
                return Optional.of("a webhook needs the name of its secret");
            }
            return guard.problem(settings.url()).map(reason -> "url: " + reason);
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The person's id says who it is; the name holds the traits that are sent along, or nothing. */
    @Override
    public Optional<String> recipient(Connection connection, PersonKey person, Shared shared) {
        WebhookSettings settings = WebhookSettings.read(connection.settings());
        byte[] traits = JsonText.writeObject(json -> {
            for (String name : settings.include()) {
                shared.traits().find(name).ifPresent(value -> {
                    json.writeName(name);
                    JsonText.write(json, value);
                });
            }
        });
        String text = new String(traits, StandardCharsets.UTF_8);
        return Optional.of(text.equals("{}") ? "" : text);
    }

    /** The person's id stays. */
    @Override
    public boolean followsRecipients() {
        return false;
    }

    @Override
    public boolean hearsOfLeaving() {
        return true;
    }

    @Override
    public Answer deliver(Connection connection, List<Delivery> batch) {
        WebhookSettings settings = WebhookSettings.read(connection.settings());
        if (batch.isEmpty() || batch.size() > settings.batch().orElse(1)) {
            throw new IllegalArgumentException(
                    "a batch must have 1 to " + settings.batch().orElse(1) + " deliveries");
        }
        Secrets.Secret secret;
        try {
            String name = connection.secret().orElseThrow(() -> new IllegalArgumentException("no secret is named"));
            secret = secrets.byName(batch.getFirst().person().account(), name);
        } catch (UnreachableException e) {
            return Answer.all(batch.size(), Outcome.RetryLater.notTaken("the secret cannot be read now"), Pace.UNSAID);
        } catch (IllegalArgumentException e) {
            return parked(batch, String.valueOf(e.getMessage()));
        }
        WebhookSignature signature;
        try {
            signature = WebhookSignature.parse(settings.signature(), secret.reveal());
        } catch (IllegalArgumentException e) {
            return parked(batch, "the secret cannot be used");
        }
        PartnerHttp.Exchange exchange = http.call(request(settings, signature, batch), call);
        return HttpOutcomes.answer(batch.size(), exchange, clock.instant());
    }

    private static Answer parked(List<Delivery> batch, String reason) {
        return Answer.all(batch.size(), new Outcome.Parked(reason, Outcome.Parked.Scope.CONNECTION), Pace.UNSAID);
    }

    private PartnerHttp.Request request(WebhookSettings settings, WebhookSignature signature, List<Delivery> batch) {
        boolean isBatch = settings.batch().isPresent();
        String id = isBatch ? batchId(batch) : batch.getFirst().id();
        byte[] body = isBatch ? WebhookPayload.many(batch) : WebhookPayload.one(batch.getFirst());
        long now = clock.instant().getEpochSecond();
        return new PartnerHttp.Request(
                "POST",
                settings.url(),
                Map.of(
                        "content-type",
                        "application/json",
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        Long.toString(now),
                        "webhook-signature",
                        signature.sign(id, now, body)),
                body);
    }

    /** The same deliveries in the same order have the same id; deliveries that come again in another batch keep their own. */
    private static String batchId(List<Delivery> batch) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Delivery delivery : batch) {
                digest.update((delivery.id() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return "batch_" + HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
