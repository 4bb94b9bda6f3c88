/**
 * The heart of the dispatcher: which lines of the event stream the classifier needs, and which record Lambda must take
 * up again if one could not be delivered.
 *
 * <p>Imports only {@code model}; AWS and HTTP are in {@code aws} and {@code web}. Start with
 * {@link dev.sluice.dispatcher.Dispatch}; the ports are {@link dev.sluice.dispatcher.RuleSets},
 * {@link dev.sluice.dispatcher.Classification} and {@link dev.sluice.dispatcher.SetAsides}.
 */
@NullMarked
package dev.sluice.dispatcher;

import org.jspecify.annotations.NullMarked;
