/**
 * E-mail through Amazon SES' interface of version 2, what comes back of it (bounces, complaints), and the page by which people
 * unsubscribe. Imports {@code messages}, {@code http}, the root package and Lambda's interfaces. Start with {@link
 * dev.sluice.activators.ses.SesChannel}.
 */
@NullMarked
package dev.sluice.activators.ses;

import org.jspecify.annotations.NullMarked;
