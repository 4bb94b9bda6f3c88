/**
 * Everything put together: which kinds of partner there are, the function that tells them of the stream's changes, and the
 * one that tries again. May import every other package; nobody imports this one but {@code command}. Start with {@code
 * ActivatorHandler} and {@code ActivatorWiring}.
 */
@NullMarked
package dev.sluice.activators.partners;

import org.jspecify.annotations.NullMarked;
