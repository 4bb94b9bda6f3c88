/** Tests of access tokens. */
@NullMarked
package dev.sluice.activators.oauth;

import org.jspecify.annotations.NullMarked;
