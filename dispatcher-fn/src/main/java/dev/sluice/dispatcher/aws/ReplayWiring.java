package dev.sluice.dispatcher.aws;

import dev.sluice.dispatcher.replay.Replay;
import dev.sluice.dispatcher.web.HttpClassification;
import java.util.Map;

/** The replay as it runs, by the variables of the scheduled function and {@code SLUICE_EVENTS_STREAM}. */
public final class ReplayWiring {
    private ReplayWiring() {}

    /** @throws IllegalArgumentException naming the variable and what it may be */
    public static Replay replay(Map<String, String> environment) {
        ScheduleConfig config = ScheduleConfig.of(environment);
        String stream = environment.getOrDefault("SLUICE_EVENTS_STREAM", "");
        if (stream.isBlank()) {
            throw new IllegalArgumentException("SLUICE_EVENTS_STREAM must be set");
        }
        return new Replay(
                new S3GivenUp(Wiring.s3(config.s3PathStyle()), config.lakeBucket(), stream),
                new HttpClassification(config.classifier(), config.classifierTimeout()),
                pause -> {
                    try {
                        Thread.sleep(pause);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
