package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.servers.FreePorts;
import dev.sluice.local.servers.ServerFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promises: what prevents the start is told in one line, and nothing is left running. */
class HouseStartTest {
    @Test
    void aPortInUseIsNamedAndNothingIsLeftRunning(@TempDir Path folder) throws IOException {
        int base = FreePorts.base(HouseSettings.PORTS);
        var settings = HouseSettings.of(TestHouse.ROOT, folder, base);
        Set<Long> before = children();
        try (var taken = new ServerSocket(settings.trackerPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();

            assertThatThrownBy(() -> House.start(settings, words -> {}))
                    .isInstanceOf(ServerFailure.class)
                    .hasMessage("port " + base + " is in use (event-tracker); free it or choose --port-base");
        }
        assertThat(children()).isEqualTo(before);
    }

    @Test
    void aProgramThatIsNotBuiltIsNamedWithTheWayOut(@TempDir Path folder) {
        var settings = HouseSettings.of(folder, folder, FreePorts.base(HouseSettings.PORTS));

        assertThatThrownBy(() -> House.start(settings, words -> {}))
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("./sluice build");
    }

    private static Set<Long> children() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    }
}
