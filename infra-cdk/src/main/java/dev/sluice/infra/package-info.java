/**
 * The AWS infrastructure as CDK constructs: the stores, the delivery of events into the lake, and the functions on the way
 * from events to partners, each with a role of its own. May import the CDK and nothing of Sluice's programs: names reach
 * those as variables and stack outputs, and tests hold them to what the programs read. Elastic Beanstalk, Redis and the
 * network are not here. Start at {@link dev.sluice.infra.SluiceApp}, then {@link dev.sluice.infra.ActivationStack}.
 */
@NullMarked
package dev.sluice.infra;

import org.jspecify.annotations.NullMarked;
