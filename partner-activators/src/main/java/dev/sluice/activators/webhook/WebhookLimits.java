package dev.sluice.activators.webhook;

import java.time.Duration;

/**
 * Bounds of the webhook.
 *
 * @param connect until a connection stands
 * @param exchange from first to last of one delivery, connecting and answer included
 * @param responseBytes of an answer that are read before we hang up
 * @param retryAfter the longest that a partner is left alone because it asked for it
 * @param atOnce deliveries at one time, of different people
 */
record WebhookLimits(Duration connect, Duration exchange, long responseBytes, Duration retryAfter, int atOnce) {
    static final WebhookLimits DEFAULT =
            new WebhookLimits(Duration.ofSeconds(2), Duration.ofSeconds(5), 16 * 1024, Duration.ofHours(1), 16);
}
