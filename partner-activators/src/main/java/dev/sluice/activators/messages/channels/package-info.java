/**
 * All channels of messages together, for whoever wires them. Imports every channel. Start with {@link
 * dev.sluice.activators.messages.channels.MessageChannels}.
 */
@NullMarked
package dev.sluice.activators.messages.channels;

import org.jspecify.annotations.NullMarked;
