/**
 * The webhook partner: every segment change as one signed POST (Standard Webhooks) to an address that the account's
 * owner gave. Imports the root package, {@code aws} for its clients, and the JDK's HTTP client. Start with {@code
 * WebhookActivatorHandler}; {@code WebhookWiring} puts it together.
 */
@NullMarked
package dev.sluice.activators.webhook;

import org.jspecify.annotations.NullMarked;
