/**
 * Plays Lambda: runs the real handlers in JVMs of their own, against Lambda's Runtime API served here.
 * May import the JDK, AWS's runtime interface client and {@code dev.sluice.local.servers}.
 * Start at {@link dev.sluice.local.lambda.LambdaFunction}.
 */
@NullMarked
package dev.sluice.local.lambda;

import org.jspecify.annotations.NullMarked;
