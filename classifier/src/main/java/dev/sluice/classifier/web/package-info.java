/**
 * The classifier's HTTP: functional routes, bodies read and written by hand. May import the heart and Spring's web
 * parts. Start with {@code Routes}.
 */
@NullMarked
package dev.sluice.classifier.web;

import org.jspecify.annotations.NullMarked;
