/**
 * Faults on purpose, repeatable by a seed: {@link dev.sluice.local.chaos.ChaosPlan} says which and when, {@link
 * dev.sluice.local.chaos.Chaos} plays them between the programs and what they talk to.
 *
 * <p>May import {@code eventsource}, {@code lambda} and {@code servers}. Start at {@code Chaos}.
 */
@NullMarked
package dev.sluice.local.chaos;

import org.jspecify.annotations.NullMarked;
