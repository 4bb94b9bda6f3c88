/**
 * Google's Data Manager API: audiences of Google Ads and Display &amp; Video 360. Imports the root package, {@code http},
 * {@code oauth}, {@code audience}, {@code identity} and {@code model}. Start with {@link
 * dev.sluice.activators.google.GooglePartner}; docs/partners/google.md is for its users.
 */
@NullMarked
package dev.sluice.activators.google;

import org.jspecify.annotations.NullMarked;
