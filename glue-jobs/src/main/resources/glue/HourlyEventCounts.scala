// Glue 6.0 starts Scala or Python, not Java: this script starts the job's Java main. Glue compiles it; our build does not.
//
// Job settings:
//   --job-language  scala
//   --class         GlueApp
//   --extra-jars    s3://<artifacts>/glue-jobs.jar
//   --lake          s3://<the lake's bucket>
//   --output        s3://<the bucket for what jobs compute>/hourly-event-counts

import com.amazonaws.services.glue.util.GlueArgParser
import dev.sluice.glue.spark.HourlyEventCounts

object GlueApp {
  def main(arguments: Array[String]): Unit = {
    val told = GlueArgParser.getResolvedOptions(arguments, Array("lake", "output"))
    HourlyEventCounts.main(Array("--lake", told("lake"), "--output", told("output")))
  }
}
