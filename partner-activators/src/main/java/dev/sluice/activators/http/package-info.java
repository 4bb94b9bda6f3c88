/**
 * Calls to partners: bounded in time and size, without redirects, only to addresses that were let through. Imports the root
 * package and Apache HttpClient. Start with {@link dev.sluice.activators.http.PartnerHttp}, {@link
 * dev.sluice.activators.http.PinnedHttp} and {@link dev.sluice.activators.http.HttpOutcomes}.
 */
@NullMarked
package dev.sluice.activators.http;

import org.jspecify.annotations.NullMarked;
