/**
 * Tracking plans: which applications of an account may send, and which events, properties and traits they may send.
 * Start with {@link dev.sluice.model.plan.TrackingPlan}, then {@link dev.sluice.model.plan.TrackingPlanJson}.
 *
 * <p>May import the package above it, {@code bundle}, RE2/J, and of the rules what bounds their patterns.
 */
@NullMarked
package dev.sluice.model.plan;

import org.jspecify.annotations.NullMarked;
