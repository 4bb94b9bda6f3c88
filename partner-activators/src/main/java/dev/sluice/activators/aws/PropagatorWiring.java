package dev.sluice.activators.aws;

import dev.sluice.activators.Pause;
import dev.sluice.activators.Propagator;
import dev.sluice.activators.PropagatorLimits;

/** How the propagator is put together, once for each Lambda environment. */
final class PropagatorWiring {
    private PropagatorWiring() {}

    static Propagator propagator(PropagatorConfig config) {
        var sink = new KinesisActivationSink(AwsClients.kinesis(), config.activationsStream());
        sink.prime();
        var setAside = new S3SetAside(AwsClients.s3(config.s3PathStyle()), config.lakeBucket());
        return new Propagator(sink, setAside, pause(), PropagatorLimits.DEFAULT);
    }

    private static Pause pause() {
        return duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
