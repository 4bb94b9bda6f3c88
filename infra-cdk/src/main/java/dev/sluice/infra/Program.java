package dev.sluice.infra;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * One function as it is to run.
 *
 * @param handler class of the handler
 * @param limits how much of everything it may take
 * @param readsSecrets whether it gets the extension that reads secrets
 * @param variables its environment, by what its configuration reads
 * @param allowed what it may do beside writing its log
 */
record Program(
        String handler,
        Limits limits,
        boolean readsSecrets,
        Map<String, String> variables,
        List<PolicyStatement> allowed) {
    Program {
        variables = Map.copyOf(variables);
        allowed = List.copyOf(allowed);
    }

    /**
     * What a function may take.
     *
     * @param memoryMegabytes which also decides on its share of a processor: 1,769 are one
     * @param timeout longer than what the function allows its own calls, so that it ends by itself
     * @param atOnce invocations at one time, reserved: neither more, nor fewer because of others
     */
    record Limits(int memoryMegabytes, Duration timeout, int atOnce) {}
}
