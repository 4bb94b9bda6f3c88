/**
 * The jobs as Spark programs: may import Spark and the package above. Spark is there when a job runs, on Glue or beside
 * a test, and is never shipped with it. Start at {@link dev.sluice.glue.spark.HourlyEventCounts}.
 */
@NullMarked
package dev.sluice.glue.spark;

import org.jspecify.annotations.NullMarked;
