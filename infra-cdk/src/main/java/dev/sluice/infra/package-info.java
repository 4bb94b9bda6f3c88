/**
 * The AWS infrastructure as CDK constructs: the stores (two streams, the profiles' table, two buckets) and the delivery
 * of events into the lake. May import the CDK and nothing of Sluice's programs; names reach those as stack outputs.
 * The Lambdas, Elastic Beanstalk, Redis and the network are not here yet: each comes with an issue of its own.
 * Start at {@link dev.sluice.infra.SluiceApp}, then {@link dev.sluice.infra.StoresStack}.
 */
@NullMarked
package dev.sluice.infra;

import org.jspecify.annotations.NullMarked;
