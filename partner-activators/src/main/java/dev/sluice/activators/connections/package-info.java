/**
 * Which connections to partners are in force: published as numbered bundles, read anew while the function runs.
 *
 * <p>Pure: imports the root package, {@code delivery}, {@code ledger} and {@code model} only. Start with {@code
 * PublishedConnections}.
 */
@NullMarked
package dev.sluice.activators.connections;

import org.jspecify.annotations.NullMarked;
