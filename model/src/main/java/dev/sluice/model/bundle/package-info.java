/**
 * What the readers of published bundles share: all that is wrong with one is found in one look and named with its place.
 * Start with {@link dev.sluice.model.bundle.Node}.
 *
 * <p>May import the package above it.
 */
@NullMarked
package dev.sluice.model.bundle;

import org.jspecify.annotations.NullMarked;
