/**
 * Commands for people who run Sluice, one class each. May import everything else and picocli. Start with {@link
 * dev.sluice.activators.command.SendCommand}.
 */
@NullMarked
package dev.sluice.activators.command;

import org.jspecify.annotations.NullMarked;
