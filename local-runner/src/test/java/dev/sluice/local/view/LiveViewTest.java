package dev.sluice.local.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Promises: the mode follows the terminal; a picture replaces the last one; the cursor comes back. */
class LiveViewTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void theModeFollowsTheTerminal() {
        assertThat(LiveView.Mode.of(false, Map.of())).isEqualTo(LiveView.Mode.PLAIN_LINES);
        assertThat(LiveView.Mode.of(true, Map.of("TERM", "dumb"))).isEqualTo(LiveView.Mode.PLAIN_LINES);
        assertThat(LiveView.Mode.of(true, Map.of("NO_COLOR", "1"))).isEqualTo(LiveView.Mode.NO_COLOURS);
        assertThat(LiveView.Mode.of(true, Map.of("NO_COLOR", ""))).isEqualTo(LiveView.Mode.COLOURS);
    }

    @Test
    void aPictureReplacesTheLastOneAndTheCursorComesBack() throws Exception {
        String text = show(LiveView.Mode.NO_COLOURS);
        assertThat(text)
                .startsWith("\033[?25l╭─ Sluice")
                .endsWith("╯\n\033[?25h")
                .contains("\033[12A\r\033[J╭─ Sluice");
    }

    @Test
    void withoutATerminalThereAreLinesOnly() throws Exception {
        String text = show(LiveView.Mode.PLAIN_LINES);
        assertThat(text).doesNotContain("\033").startsWith("00:07 running: in 5");
        assertThat(text.lines()).hasSize(2);
    }

    private String show(LiveView.Mode mode) throws InterruptedException {
        var asked = new CountDownLatch(1);
        var view = LiveView.start(
                () -> {
                    asked.countDown();
                    return DrawingTest.snapshot(5, Duration.ofSeconds(7));
                },
                out,
                mode);
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        view.close();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
