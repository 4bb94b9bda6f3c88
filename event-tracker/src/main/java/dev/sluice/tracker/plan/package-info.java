/**
 * Tracking plans at work: {@link dev.sluice.tracker.plan.PublishedSources} reads what was published and answers who may
 * send, {@link dev.sluice.tracker.plan.PlanPolicy} what is kept of an event, {@link dev.sluice.tracker.plan.RateAdmission}
 * how much. May import the tracker's heart and the model, no edge.
 */
@NullMarked
package dev.sluice.tracker.plan;

import org.jspecify.annotations.NullMarked;
