/**
 * The Lambda that the database calls. Imports the root package, {@code redis} for the wiring, and the Lambda library.
 * Start with {@code UserDataHandler}.
 */
@NullMarked
package dev.sluice.userdata.aws;

import org.jspecify.annotations.NullMarked;
