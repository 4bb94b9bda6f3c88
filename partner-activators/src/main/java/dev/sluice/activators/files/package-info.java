/**
 * What one machine keeps in files where AWS has a service: secrets, and connections to partners. Imports the root package.
 * Start with {@code FileSecrets}.
 */
@NullMarked
package dev.sluice.activators.files;

import org.jspecify.annotations.NullMarked;
