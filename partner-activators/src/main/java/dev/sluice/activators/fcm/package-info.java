/**
 * Push messages to phones through Firebase Cloud Messaging's HTTP v1 interface. Imports {@code messages}, {@code http},
 * {@code oauth} and the root package. Start with {@link dev.sluice.activators.fcm.FcmChannel}.
 */
@NullMarked
package dev.sluice.activators.fcm;

import org.jspecify.annotations.NullMarked;
