/**
 * How the bytes of a request become events. Start with {@link dev.sluice.tracker.intake.Intake}. A body is walked over once,
 * as bytes: from {@link dev.sluice.tracker.intake.BodyScan} down to {@link dev.sluice.tracker.intake.JsonTokens}, which
 * leaves a {@link dev.sluice.tracker.intake.Draft} of each event; {@link dev.sluice.tracker.intake.EventReader} judges it and
 * {@link dev.sluice.tracker.intake.StoredForm} copies what is kept. Pure: may import the heart and {@code model} only.
 */
@NullMarked
package dev.sluice.tracker.intake;

import org.jspecify.annotations.NullMarked;
