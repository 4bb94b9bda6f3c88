/**
 * Drills: the real tracker, Kinesis stand-in and S3 server, with faults between them and clients that count. They hold
 * the tracker to one promise: what was acknowledged is never lost. Start at {@link dev.sluice.local.drills.Rig}.
 */
@NullMarked
package dev.sluice.local.drills;

import org.jspecify.annotations.NullMarked;
