/** Tests of the channel, and a server that behaves as the service's documentation says. */
@NullMarked
package dev.sluice.activators.fcm;

import org.jspecify.annotations.NullMarked;
