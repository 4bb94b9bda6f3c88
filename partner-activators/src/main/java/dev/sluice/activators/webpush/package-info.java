/**
 * Messages to browsers through their makers' push services (RFC 8030), encrypted (RFC 8188, RFC 8291) and signed (VAPID, RFC
 * 8292). Imports {@code messages}, {@code http}, the root package and Nimbus JOSE. Start with {@link
 * dev.sluice.activators.webpush.WebPushChannel}.
 */
@NullMarked
package dev.sluice.activators.webpush;

import org.jspecify.annotations.NullMarked;
