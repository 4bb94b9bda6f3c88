/** Promises of published connections. */
@NullMarked
package dev.sluice.activators.connections;

import org.jspecify.annotations.NullMarked;
