/**
 * The Lambda that the database calls, and the stream that it tells. Imports the root package, {@code redis} for the
 * wiring, the Lambda library and AWS's SDK. Start with {@code UserDataHandler}.
 */
@NullMarked
package dev.sluice.userdata.aws;

import org.jspecify.annotations.NullMarked;
