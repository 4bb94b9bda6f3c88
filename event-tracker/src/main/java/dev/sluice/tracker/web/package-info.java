/**
 * HTTP: from a servlet request to {@link dev.sluice.tracker.Collector} and back. Start with
 * {@link dev.sluice.tracker.web.TrackerServlet}. May import the heart, Jackson's streaming core and servlets.
 */
@NullMarked
package dev.sluice.tracker.web;

import org.jspecify.annotations.NullMarked;
