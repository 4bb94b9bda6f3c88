/** Tests of the webhook partner against an HTTP server that misbehaves in every way that is cheap. */
@NullMarked
package dev.sluice.activators.webhook;

import org.jspecify.annotations.NullMarked;
