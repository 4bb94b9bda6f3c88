/**
 * The rules console: where marketing publishes rule sets, each under the next number of its account, never changed
 * after. This package is its heart and may import the model only ({@code RulesApplication} and {@code RulesSettings},
 * the wiring, excepted). Start with {@code RulesApplication}, then {@code Publisher}.
 */
@NullMarked
package dev.sluice.rules;

import org.jspecify.annotations.NullMarked;
