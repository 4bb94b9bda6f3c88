/**
 * HTTP: from bytes on a socket to {@link dev.sluice.tracker.Collector} and back. Start with
 * {@link dev.sluice.tracker.web.Listener} (how a connection is served) or {@link dev.sluice.tracker.web.IntakeHandler} (what
 * becomes of events). May import the heart, Jackson's streaming core and Netty.
 */
@NullMarked
package dev.sluice.tracker.web;

import org.jspecify.annotations.NullMarked;
