/**
 * Access tokens for interfaces that take OAuth 2.0 service accounts. Imports the root package, {@code http} and Nimbus JOSE.
 * Start with {@link dev.sluice.activators.oauth.AccessTokens}.
 */
@NullMarked
package dev.sluice.activators.oauth;

import org.jspecify.annotations.NullMarked;
