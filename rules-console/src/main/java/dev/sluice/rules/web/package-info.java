/**
 * The console's HTTP: functional routes, bodies read and written by hand. May import the heart and Spring's web parts.
 * Start with {@code Routes}.
 */
@NullMarked
package dev.sluice.rules.web;

import org.jspecify.annotations.NullMarked;
