/**
 * What partners that keep audiences of people have in common: how their settings are read, how a person's name to them is
 * written, how a secret is fetched and how an answer is taken apart. Imports the root package, {@code http} and {@code
 * model}; knows no partner. Start with {@link dev.sluice.activators.audience.AudienceCall}.
 */
@NullMarked
package dev.sluice.activators.audience;

import org.jspecify.annotations.NullMarked;
