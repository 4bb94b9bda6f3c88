/** The commands of the activators, run as from a shell. */
@NullMarked
package dev.sluice.activators.command;

import org.jspecify.annotations.NullMarked;
