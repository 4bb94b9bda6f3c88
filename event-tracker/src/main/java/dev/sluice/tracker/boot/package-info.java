/**
 * The program: {@link dev.sluice.tracker.boot.TrackerApplication} starts it, {@link dev.sluice.tracker.boot.TrackerWiring}
 * is the one file that says what is connected to what, {@link dev.sluice.tracker.boot.TrackerSettings} what can be set.
 */
@NullMarked
package dev.sluice.tracker.boot;

import org.jspecify.annotations.NullMarked;
