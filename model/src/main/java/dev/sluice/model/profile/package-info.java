/**
 * What follows from rules: the {@link dev.sluice.model.profile.Fold} of a person's events into memberships, the {@link
 * dev.sluice.model.profile.SegmentedProfile} that holds them, and the {@link dev.sluice.model.profile.SegmentChange}s
 * between two of its versions.
 *
 * <p>May import {@code model} and {@code model.rules} and nothing else. Start with {@code Fold}: its comment defines
 * what a profile is.
 */
@NullMarked
package dev.sluice.model.profile;

import org.jspecify.annotations.NullMarked;
