/** Tests of the partner, and a server that stands in for it. */
@NullMarked
package dev.sluice.activators.tradedesk;

import org.jspecify.annotations.NullMarked;
