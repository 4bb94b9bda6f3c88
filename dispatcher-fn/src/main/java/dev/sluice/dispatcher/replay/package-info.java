/**
 * What the dispatcher gave up, classified again. May import the root package and {@code model}. Start with {@link
 * dev.sluice.dispatcher.replay.Replay}.
 */
@NullMarked
package dev.sluice.dispatcher.replay;

import org.jspecify.annotations.NullMarked;
