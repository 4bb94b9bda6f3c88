/**
 * Commands for people who run Sluice: {@link dev.sluice.activators.command.ReconcileCommand} goes through the profile table.
 * May import the root package, {@code aws} and picocli.
 */
@NullMarked
package dev.sluice.activators.command;

import org.jspecify.annotations.NullMarked;
