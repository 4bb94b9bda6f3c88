/**
 * A partner that records what it is told, and can be made to fail.
 *
 * <p>Checks Standard Webhooks signatures with code of its own: imports the JDK and Jackson's streaming core only, never
 * the activators or {@code dev.sluice.model}. Start at {@link dev.sluice.local.partner.RecordingPartner}.
 */
@NullMarked
package dev.sluice.local.partner;

import org.jspecify.annotations.NullMarked;
