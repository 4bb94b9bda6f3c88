/**
 * Braze: segments as custom attributes of its users. Imports the root package, {@code http}, {@code audience} and {@code
 * model}. Start with {@link dev.sluice.activators.braze.BrazePartner}; docs/partners/braze.md is for its users.
 */
@NullMarked
package dev.sluice.activators.braze;

import org.jspecify.annotations.NullMarked;
