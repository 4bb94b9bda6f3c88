/**
 * Jobs over the lake: what a job is told and what it reports, without Spark. Imports the JDK alone; class files of Java
 * 17, because AWS Glue runs them. The job that exists counts events by the hour in which they happened. Start at
 * {@link dev.sluice.glue.CountArguments}, then {@link dev.sluice.glue.spark.HourlyEventCounts}.
 */
@NullMarked
package dev.sluice.glue;

import org.jspecify.annotations.NullMarked;
