/**
 * The Trade Desk's first-party data. Imports the root package, {@code http}, {@code audience}, {@code identity} and {@code
 * model}. Start with {@link dev.sluice.activators.tradedesk.TradeDeskPartner}; docs/partners/tradedesk.md is for its users.
 */
@NullMarked
package dev.sluice.activators.tradedesk;

import org.jspecify.annotations.NullMarked;
