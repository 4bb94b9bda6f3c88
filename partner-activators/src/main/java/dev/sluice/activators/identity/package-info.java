/**
 * How what is known of a person is brought into one form, so that a partner's hash of it can match ours. What partners agree
 * on stands here; each partner's package picks its rules. Imports {@code model} and libphonenumber. Start with {@link
 * dev.sluice.activators.identity.Hash}.
 */
@NullMarked
package dev.sluice.activators.identity;

import org.jspecify.annotations.NullMarked;
