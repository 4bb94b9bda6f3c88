/**
 * Text messages to phones. Which service sends them is behind {@link dev.sluice.activators.sms.SmsGateway}; there is one for
 * AWS End User Messaging. Imports {@code messages}, {@code http} and the root package. Start with {@link
 * dev.sluice.activators.sms.SmsChannel}.
 */
@NullMarked
package dev.sluice.activators.sms;

import org.jspecify.annotations.NullMarked;
