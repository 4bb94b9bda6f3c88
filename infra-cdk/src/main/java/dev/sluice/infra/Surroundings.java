package dev.sluice.infra;

import java.util.Optional;
import software.amazon.awscdk.services.lambda.Code;

/**
 * What functions of one stack share.
 *
 * @param environment the deployed copy that they belong to
 * @param network where they run; empty: outside of any network of ours
 */
record Surroundings(Environment environment, Code code, Optional<Network> network, Alarms alarms) {
    static Surroundings of(Deployment deployment, Code code) {
        var connected = deployment.connected();
        return new Surroundings(
                deployment.environment(), code, connected.network(), new Alarms(connected.alarmTopic()));
    }

    /** For functions that call AWS alone. */
    Surroundings outsideOfNetworks() {
        return new Surroundings(environment, code, Optional.empty(), alarms);
    }
}
