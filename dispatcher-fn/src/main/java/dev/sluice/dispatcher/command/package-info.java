/**
 * Commands for people who run Sluice. May import everything else and picocli. Start with {@link
 * dev.sluice.dispatcher.command.ReplayCommand}.
 */
@NullMarked
package dev.sluice.dispatcher.command;

import org.jspecify.annotations.NullMarked;
