/**
 * What a schedule makes the classifier do: act on who is due, and audit everyone. Pure; imports {@code model} only. Start with
 * {@code ScheduledWork}.
 */
@NullMarked
package dev.sluice.dispatcher.schedule;

import org.jspecify.annotations.NullMarked;
