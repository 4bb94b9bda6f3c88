/**
 * Meta's Custom Audiences (Graph API). Imports the root package, {@code http}, {@code audience}, {@code identity} and {@code
 * model}. Start with {@link dev.sluice.activators.meta.MetaPartner}; docs/partners/meta.md is for its users.
 */
@NullMarked
package dev.sluice.activators.meta;

import org.jspecify.annotations.NullMarked;
