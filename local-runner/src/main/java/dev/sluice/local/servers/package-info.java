/**
 * The AWS-compatible servers of one machine: each a small class with {@code start}, {@code endpoint} and
 * {@code close}, and {@link dev.sluice.local.servers.ChildProcess} for every program that runs outside this JVM.
 * May import the JDK, the AWS SDK, S3Proxy and embedded Redis; nothing else of Sluice.
 * Start at {@link dev.sluice.local.servers.LocalServers}.
 */
@NullMarked
package dev.sluice.local.servers;

import org.jspecify.annotations.NullMarked;
