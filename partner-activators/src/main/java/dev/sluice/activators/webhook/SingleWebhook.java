package dev.sluice.activators.webhook;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.SinglePartner;
import dev.sluice.activators.http.EgressGuard;
import dev.sluice.model.profile.SegmentChange;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A partner that takes signed POSTs after the Standard Webhooks specification. Thread-safe.
 *
 * <p>When an answer says {@code Retry-After}, nothing more is sent until then: every delivery comes again. Each Lambda
 * environment knows only of what it was asked itself.
 */
final class SingleWebhook implements SinglePartner {
    /** Part of every delivery id. */
    static final String NAME = "webhook";

    private final URI address;
    private final WebhookSecret secret;
    private final EgressGuard guard;
    private final WebhookLimits limits;
    private final Clock clock;
    private final HttpClient http;
    private volatile Instant notBefore = Instant.MIN;

    SingleWebhook(URI address, WebhookSecret secret, EgressGuard guard, WebhookLimits limits, Clock clock) {
        this.address = address;
        this.secret = secret;
        this.guard = guard;
        this.limits = limits;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.connect())
                // A redirect would lead past the egress guard.
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome deliver(String deliveryId, SegmentChange change) {
        if (clock.instant().isBefore(notBefore)) {
            return new Outcome.RetryLater("the partner asked to be left alone until " + notBefore);
        }
        try {
            Optional<String> refusal = guard.refusal(address);
            if (refusal.isPresent()) {
                // The address was let through at the start, so the name leads elsewhere now: no fault of the delivery.
                return new Outcome.RetryLater("egress refused: " + refusal.get());
            }
        } catch (UnknownHostException e) {
            return new Outcome.RetryLater("the partner's name has no address");
        }
        var delivery = new Delivery(
                deliveryId,
                change.key(),
                change.segment(),
                change.segment(),
                change.direction(),
                change.at(),
                change.version(),
                change.ruleSet(),
                change.cause(),
                "");
        return send(request(deliveryId, WebhookPayload.one(delivery)));
    }

    HttpRequest request(String deliveryId, byte[] body) {
        long now = clock.instant().getEpochSecond();
        return HttpRequest.newBuilder(address)
                .timeout(limits.exchange())
                .header("content-type", "application/json")
                .header("user-agent", "Sluice")
                .header("webhook-id", deliveryId)
                .header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", secret.sign(deliveryId, now, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    /** The client's own timeout ends with the answer's head; this one covers the body too. */
    private Outcome send(HttpRequest request) {
        CompletableFuture<HttpResponse<Boolean>> answer =
                http.sendAsync(request, head -> new BoundedBody(limits.responseBytes()));
        try {
            return outcome(answer.get(limits.exchange().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Outcome.RetryLater("no answer within " + limits.exchange());
        } catch (ExecutionException e) {
            return new Outcome.RetryLater("no answer: "
                    + Optional.ofNullable(e.getCause()).orElse(e).getClass().getSimpleName());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Outcome.RetryLater("interrupted");
        }
    }

    private Outcome outcome(HttpResponse<Boolean> response) {
        int status = response.statusCode();
        if (status >= 200 && status <= 299) {
            return new Outcome.Delivered();
        }
        String reason = "the partner answered " + status;
        if (!later(status)) {
            return new Outcome.Rejected(reason);
        }
        RetryAfter.parse(response.headers(), clock.instant(), limits.retryAfter())
                .ifPresent(wish -> notBefore = clock.instant().plus(wish));
        return new Outcome.RetryLater(reason);
    }

    /** A redirect, never followed, says where the partner is now, not that it does not want the delivery. */
    private static boolean later(int status) {
        boolean redirect = status >= 300 && status <= 399;
        return redirect || status == 408 || status == 425 || status == 429 || status >= 500;
    }
}
