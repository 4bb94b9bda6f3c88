/** Tests of the channel, and a server that behaves as the service's documentation says. */
@NullMarked
package dev.sluice.activators.ses;

import org.jspecify.annotations.NullMarked;
