package dev.sluice.local;

import dev.sluice.local.servers.FreePorts;
import dev.sluice.local.simulator.Simulator;
import dev.sluice.local.simulator.SimulatorSettings;
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
}
