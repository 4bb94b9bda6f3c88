package dev.sluice.local.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Promises: the picture is this one, eighty columns wide whatever the numbers; colours change nothing but colours; the
 * plain line is ASCII.
 */
class DrawingTest {
    private static final Frame FRAME = new Frame(
            snapshot(12_345, Duration.ofSeconds(42)),
            new Frame.Rates(204.4, 160, 155.2, 22.6, 5.25),
            IntStream.range(0, 44)
                    .mapToDouble(i -> 130 + 130 * Math.sin(i / 4.0))
                    .boxed()
                    .toList());

    @Test
    void theBoxIsThisOne() {
        assertThat(String.join("\n", Drawing.box(FRAME, false))).isEqualTo("""
                ╭─ Sluice ─────────────────────────────────────────────────── running · 00:42 ─╮
                │  tracker    http://127.0.0.1:18080     console    http://127.0.0.1:18082     │
                │  classifier http://127.0.0.1:18081                                           │
                │                                                                              │
                │  events/s   ▅▅▆▇▇████▇▇▆▅▄▃▃▂▁▁▁▁▁▂▃▄▄▅▆▇▇████▇▇▆▅▄▃▃▂▁▁    204   peak 260   │
                │                                                                              │
                │            in   ▸ classified     ▸ profiles      ▸ changes        ▸ pushes   │
                │        12,345          9,876          8,765          1,234           1,233   │
                │         204/s          160/s          155/s           23/s           5.3/s   │
                │                                                                              │
                │  POST to partner  p50 46 ms  p99 210 ms       lag 300 ms        failures 0   │
                ╰─────────────────────────────────────────────────────────────── Ctrl-C stops ─╯""");
    }

    @Test
    void everyLineIsEightyColumnsWideWhateverTheNumbers() {
        var huge = new LiveSnapshot(
                "waiting for the very last of all the pushes",
                Duration.ofHours(123),
                List.of(
                        new LiveSnapshot.Address("a-very-long-name", "http://127.0.0.1:65535/with/a/long/path"),
                        new LiveSnapshot.Address("b", "c"),
                        new LiveSnapshot.Address("d", "e")),
                1_234_567_890L,
                1_234_567_890L,
                1_234_567_890L,
                1_234_567_890L,
                1_234_567_890L,
                99_999,
                999_999,
                Duration.ofDays(2),
                123_456);
        var frame = new Frame(huge, new Frame.Rates(99_999, 99_999, 99_999, 99_999, 0), List.of(0.0));
        assertThat(Drawing.box(frame, false))
                .allSatisfy(line -> assertThat(line).hasSize(80));
        assertThat(Drawing.box(FRAME, false))
                .allSatisfy(line -> assertThat(line).hasSize(80));
    }

    @Test
    void coloursChangeNothingButColours() {
        List<String> coloured = Drawing.box(FRAME, true);
        assertThat(coloured.getFirst()).contains("\033[1;36m Sluice \033[0m");
        assertThat(coloured.stream().map(line -> line.replaceAll("\033\\[[0-9;]*m", "")))
                .containsExactlyElementsOf(Drawing.box(FRAME, false));
    }

    @Test
    void aSlowOrFailingRunIsMarked() {
        LiveSnapshot now = snapshot(1, Duration.ofSeconds(1));
        var bad = new LiveSnapshot(
                now.state(), now.elapsed(), now.addresses(), 1, 1, 1, 1, 1, 900, 1_500, Duration.ofSeconds(6), 3);
        String box = String.join("\n", Drawing.box(new Frame(bad, FRAME.rates(), List.of()), true));
        assertThat(box).contains("\033[1;31m1.5 s", "\033[1;31m6.0 s", "\033[1;31m3");
    }

    @Test
    void thePlainLineIsAscii() {
        assertThat(Drawing.line(FRAME))
                .isEqualTo("00:42 running: in 12345 (204/s), classified 9876, profile writes 8765, changes 1234,"
                        + " pushes 1233, p50 46 ms, p99 210 ms, lag 300 ms, failures 0");
    }

    @Test
    void ratesAreOverTheLastTwoSeconds() {
        var recollection = new Recollection();
        assertThat(recollection.next(snapshot(0, Duration.ZERO)).rates().in()).isZero();
        for (int i = 1; i <= 8; i++) {
            recollection.next(snapshot(i * 50L, Duration.ofMillis(i * 500L)));
        }
        Frame frame = recollection.next(snapshot(8 * 50 + 200, Duration.ofMillis(4_500)));
        // The counts of the instants 2.5 s (250) and 4.5 s (600).
        assertThat(frame.rates().in()).isEqualTo(175);
        assertThat(frame.inPerSecond()).hasSize(10).contains(100.0).endsWith(175.0);
    }

    static LiveSnapshot snapshot(long in, Duration elapsed) {
        return new LiveSnapshot(
                "running",
                elapsed,
                List.of(
                        new LiveSnapshot.Address("tracker", "http://127.0.0.1:18080"),
                        new LiveSnapshot.Address("console", "http://127.0.0.1:18082"),
                        new LiveSnapshot.Address("classifier", "http://127.0.0.1:18081")),
                in,
                9_876,
                8_765,
                1_234,
                1_233,
                45.6,
                210,
                Duration.ofMillis(300),
                0);
    }
}
