/**
 * What must be known to tell partners of a person's segments: the connections of an account to its partners, and what of a
 * person they may be told. Start with {@link dev.sluice.model.activation.Connections} and {@link
 * dev.sluice.model.activation.ProfileChange}.
 *
 * <p>May import the package above it, {@code bundle} and {@code profile}.
 */
@NullMarked
package dev.sluice.model.activation;

import org.jspecify.annotations.NullMarked;
