/**
 * The webhook: an account's own system, told by signed POSTs (Standard Webhooks). Imports the root package and {@code
 * http}. Start with {@link dev.sluice.activators.webhook.WebhookPartner}.
 */
@NullMarked
package dev.sluice.activators.webhook;

import org.jspecify.annotations.NullMarked;
