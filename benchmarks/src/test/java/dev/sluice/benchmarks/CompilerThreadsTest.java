package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Promises: what the compilers of this JVM have cost is seen, and is part of what the JVM has cost. */
class CompilerThreadsTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatWasCompiledSoFarIsPartOfWhatTheJvmCost() {
        Duration compiling = CompilerThreads.time();
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        assertThat(compiling).isPositive().isLessThan(Duration.ofNanos(system.getProcessCpuTime()));
    }
}
