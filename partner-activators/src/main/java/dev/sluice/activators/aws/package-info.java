/**
 * Where the heart meets AWS: the propagator's Lambda handler, Kinesis as the activations stream, S3 for what is set
 * aside. Imports the root package, the Lambda libraries and the AWS SDK. Start with {@code PropagatorHandler}; {@code
 * PropagatorWiring} puts it together.
 */
@NullMarked
package dev.sluice.activators.aws;

import org.jspecify.annotations.NullMarked;
