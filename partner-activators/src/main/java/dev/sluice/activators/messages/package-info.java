/**
 * Messages to people: a campaign is a connection whose partner is a channel (push, e-mail, web push, SMS). Here stands what
 * all channels share: templates, quiet hours, caps, control groups, suppressions. Each channel is a folder beside this one.
 *
 * <p>Imports the root package, {@code http} and the template library. Start with {@link dev.sluice.activators.messages.MessagePartner}.
 */
@NullMarked
package dev.sluice.activators.messages;

import org.jspecify.annotations.NullMarked;
