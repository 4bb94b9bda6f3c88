/** Tests of messages to people, and the channel, the log and the people that they share. */
@NullMarked
package dev.sluice.activators.messages;

import org.jspecify.annotations.NullMarked;
