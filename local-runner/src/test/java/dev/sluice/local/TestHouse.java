package dev.sluice.local;

import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.FreePorts;
import dev.sluice.local.simulator.Simulator;
import dev.sluice.local.simulator.SimulatorSettings;
import dev.sluice.model.JsonText;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Map;

/** The whole house for a test, on ports of its own. */
final class TestHouse {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private TestHouse() {}

    static HouseSettings settings(Path folder) {
        return HouseSettings.of(ROOT, folder, FreePorts.base(HouseSettings.PORTS));
    }

    static House start(Path folder) {
        return House.start(settings(folder), words -> {});
    }

    static House start(Path folder, Map<String, String> classifierEnvironment) {
        return House.start(settings(folder).withClassifierEnvironment(classifierEnvironment), words -> {});
    }

    static Simulator players(House house, int players, double rate, long seed) {
        return new Simulator(
                SimulatorSettings.usual(players, rate, seed, house.tracker().address()), house.users());
    }

    /** Publishes the house's second rule set and waits until it runs. */
    static void publish(House house, byte[] rules) throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            new RulesPublisher(http, house.rulesConsole().address(), Secrets.read(house.rulesTokenFile()))
                    .publish(rules);
        }
        Eventually.until("the classifier runs them", () -> running(house) == 2);
    }

    private static long running(House house) {
        try {
            return JsonText.readObject(house.classifier().ask("/health/ready").body())
                    .inner("ruleSets")
                    .whole(House.ACCOUNT);
        } catch (IOException busy) {
            return 0;
        }
    }
}
