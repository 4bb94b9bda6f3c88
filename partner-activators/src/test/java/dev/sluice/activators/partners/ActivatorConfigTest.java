package dev.sluice.activators.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.Environment;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Promises: what is missing is named; what stands in for a partner, and gets its secret, is on this machine. */
class ActivatorConfigTest {
    private final Map<String, String> variables = new HashMap<>(Map.of(
            "SLUICE_LEDGER_TABLE", "ledger", "SLUICE_LAKE_BUCKET", "lake", "SLUICE_RULE_SETS_BUCKET", "bundles"));

    @Test
    void whatIsMissingIsNamed() {
        variables.remove("SLUICE_LEDGER_TABLE");
        refused("SLUICE_LEDGER_TABLE");
    }

    @Test
    void aStandInOnThisMachineIsTaken() {
        variables.put("SLUICE_EGRESS_ALLOW_LOOPBACK", "true");
        variables.put("SLUICE_PARTNER_STAND_IN", "http://127.0.0.1:8080");
        assertThat(config().standIn()).contains(URI.create("http://127.0.0.1:8080"));
    }

    @Test
    void aStandInElsewhereIsRefused() {
        variables.put("SLUICE_EGRESS_ALLOW_LOOPBACK", "true");
        for (String address : new String[] {"https://example.com", "http://127.0.0.1.example.com", "http:///x", "x"}) {
            variables.put("SLUICE_PARTNER_STAND_IN", address);
            refused("SLUICE_PARTNER_STAND_IN");
        }
    }

    @Test
    void aStandInNeedsLeaveToCallThisMachine() {
        variables.put("SLUICE_PARTNER_STAND_IN", "http://127.0.0.1:8080");
        refused("SLUICE_EGRESS_ALLOW_LOOPBACK");
    }

    private void refused(String name) {
        assertThatThrownBy(this::config)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    private ActivatorConfig config() {
        return ActivatorConfig.of(new Environment(variables));
    }
}
