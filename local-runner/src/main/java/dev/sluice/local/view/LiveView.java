package dev.sluice.local.view;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows how a run stands, again and again until it is closed: twice a second in place on a terminal, every five
 * seconds as a plain line elsewhere. The supplier is asked on the view's own thread.
 */
public final class LiveView implements AutoCloseable {
    private static final String HIDE_CURSOR = "\033[?25l";
    private static final String SHOW_CURSOR = "\033[?25h";
    private static final String CLEAR_BELOW = "\033[J";

    /** What the output can do. */
    public enum Mode {
        COLOURS(Duration.ofMillis(500)),
        NO_COLOURS(Duration.ofMillis(500)),
        PLAIN_LINES(Duration.ofSeconds(5));

        private final Duration pause;

        Mode(Duration pause) {
            this.pause = pause;
        }

        /** By whether the output is a terminal, and by NO_COLOR and TERM of the environment. */
        public static Mode of(boolean terminal, Map<String, String> environment) {
            if (!terminal || "dumb".equals(environment.get("TERM"))) {
                return PLAIN_LINES;
            }
            return environment.getOrDefault("NO_COLOR", "").isEmpty() ? COLOURS : NO_COLOURS;
        }
    }

    private final Supplier<LiveSnapshot> snapshots;
    private final PrintStream out;
    private final Mode mode;
    private final Recollection recollection = new Recollection();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread painter;
    private int linesDrawn;

    private LiveView(Supplier<LiveSnapshot> snapshots, PrintStream out, Mode mode) {
        this.snapshots = snapshots;
        this.out = out;
        this.mode = mode;
        this.painter = Thread.ofPlatform().name("view").daemon().unstarted(this::paint);
    }

    /** Begins to draw; {@code out} must write UTF-8 unless the mode is plain lines. */
    public static LiveView start(Supplier<LiveSnapshot> snapshots, PrintStream out, Mode mode) {
        var view = new LiveView(snapshots, out, mode);
        view.painter.start();
        return view;
    }

    /** Draws once more, gives the cursor back and ends. */
    @Override
    public void close() {
        closing.countDown();
        try {
            painter.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void paint() {
        try {
            boolean last;
            do {
                last = closing.await(linesDrawn == 0 ? 0 : mode.pause.toMillis(), TimeUnit.MILLISECONDS);
                show(recollection.next(snapshots.get()));
            } while (!last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (mode != Mode.PLAIN_LINES) {
                out.print(SHOW_CURSOR);
                out.flush();
            }
        }
    }

    private void show(Frame frame) {
        if (mode == Mode.PLAIN_LINES) {
            out.println(Drawing.line(frame));
            linesDrawn = 1;
        } else {
            List<String> lines = Drawing.box(frame, mode == Mode.COLOURS);
            // Over the last picture; what another program wrote below it is wiped.
            String back = linesDrawn == 0 ? HIDE_CURSOR : "\033[" + linesDrawn + "A\r" + CLEAR_BELOW;
            out.print(back + String.join("\n", lines) + "\n");
            linesDrawn = lines.size();
        }
        out.flush();
    }
}
