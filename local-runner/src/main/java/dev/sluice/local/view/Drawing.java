package dev.sluice.local.view;

import dev.sluice.local.view.Line.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Turns a frame into text: a box of eighty columns, or one plain line. Pure. */
final class Drawing {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int EDGE = Line.WIDTH - 1;
    private static final int[] COLUMN_ENDS = {15, 30, 45, 60, 76};
    private static final int MAX_ADDRESSES = 4;
    private static final double SLOW_MILLIS = 1_000;
    private static final Duration LONG_LAG = Duration.ofSeconds(5);

    private final Frame frame;
    private final boolean colours;

    private Drawing(Frame frame, boolean colours) {
        this.frame = frame;
        this.colours = colours;
    }

    /** The lines of the box, each eighty columns wide without its colours. */
    static List<String> box(Frame frame, boolean colours) {
        return new Drawing(frame, colours).box();
    }

    /** The same in one line of ASCII. */
    static String line(Frame frame) {
        LiveSnapshot now = frame.now();
        return String.format(
                Locale.ROOT,
                "%s %s: in %d (%.0f/s), classified %d, profile writes %d, changes %d, pushes %d,"
                        + " p50 %s, p99 %s, lag %s, failures %d",
                clock(now.elapsed()),
                now.state(),
                now.in(),
                frame.rates().in(),
                now.classified(),
                now.profileWrites(),
                now.changes(),
                now.pushes(),
                millis(now.p50Millis()),
                millis(now.p99Millis()),
                millis(now.lag().toMillis()),
                now.failures());
    }

    private List<String> box() {
        var lines = new ArrayList<Line>();
        lines.add(top());
        List<LiveSnapshot.Address> addresses = frame.now().addresses();
        for (int i = 0; i < Math.min(MAX_ADDRESSES, addresses.size()); i += 2) {
            lines.add(addresses(addresses.subList(i, Math.min(i + 2, addresses.size()))));
        }
        lines.add(inside(line -> {}));
        lines.add(inside(this::wave));
        lines.add(inside(line -> {}));
        lines.add(inside(this::names));
        lines.add(inside(this::totals));
        lines.add(inside(this::rates));
        lines.add(inside(line -> {}));
        lines.add(inside(this::health));
        lines.add(new Line(colours)
                .add(Style.FRAME, "╰")
                .ruleTo(EDGE - 15)
                .add(Style.LABEL, " Ctrl-C stops ")
                .ruleTo(EDGE)
                .add(Style.FRAME, "╯"));
        return lines.stream().map(Line::toString).toList();
    }

    private Line top() {
        String state = " " + frame.now().state() + " · " + clock(frame.now().elapsed()) + " ";
        return new Line(colours)
                .add(Style.FRAME, "╭─")
                .add(Style.TITLE, " Sluice ")
                .ruleTo(EDGE - 1 - state.length())
                .add(Style.PLAIN, state)
                .ruleTo(EDGE)
                .add(Style.FRAME, "╮");
    }

    private Line addresses(List<LiveSnapshot.Address> two) {
        return inside(line -> {
            int column = 3;
            for (LiveSnapshot.Address address : two) {
                line.to(column).add(Style.LABEL, cut(address.name(), 10));
                line.to(column + 11).add(Style.PLAIN, cut(address.uri(), 26));
                column += 38;
            }
        });
    }

    private void wave(Line line) {
        double peak = frame.inPerSecond().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        var bars = new StringBuilder();
        for (double value : frame.inPerSecond()) {
            int height = peak <= 0 ? 0 : (int) Math.round(value / peak * (BARS.length() - 1));
            bars.append(BARS.charAt(Math.clamp(height, 0, BARS.length() - 1)));
        }
        line.to(3).add(Style.LABEL, "events/s").to(14).add(Style.WAVE, bars.toString());
        line.endAt(65, Style.NUMBER, perSecond(frame.rates().in()));
        line.endAt(76, Style.LABEL, "peak " + perSecond(peak));
    }

    private void names(Line line) {
        row(line, Style.LABEL, List.of("in", "▸ classified", "▸ profiles", "▸ changes", "▸ pushes"));
    }

    private void totals(Line line) {
        LiveSnapshot now = frame.now();
        row(
                line,
                Style.NUMBER,
                List.of(
                        count(now.in()),
                        count(now.classified()),
                        count(now.profileWrites()),
                        count(now.changes()),
                        count(now.pushes())));
    }

    private void rates(Line line) {
        Frame.Rates rates = frame.rates();
        row(
                line,
                Style.LABEL,
                List.of(
                        perSecond(rates.in()) + "/s",
                        perSecond(rates.classified()) + "/s",
                        perSecond(rates.profileWrites()) + "/s",
                        perSecond(rates.changes()) + "/s",
                        perSecond(rates.pushes()) + "/s"));
    }

    private void health(Line line) {
        LiveSnapshot now = frame.now();
        line.to(3).add(Style.LABEL, "POST to partner  p50 ").add(Style.NUMBER, millis(now.p50Millis()));
        line.add(Style.LABEL, "  p99 ").add(goodIf(now.p99Millis() < SLOW_MILLIS), millis(now.p99Millis()));
        String lag = millis(now.lag().toMillis());
        String failures = count(now.failures());
        line.to(48).add(Style.LABEL, "lag ").add(goodIf(now.lag().compareTo(LONG_LAG) < 0), lag);
        line.endAt(76 - failures.length(), Style.LABEL, "failures ").add(goodIf(now.failures() == 0), failures);
    }

    private static void row(Line line, Style style, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            line.endAt(COLUMN_ENDS[i], style, cells.get(i));
        }
    }

    private Line inside(Consumer<Line> content) {
        var line = new Line(colours).add(Style.FRAME, "│");
        content.accept(line);
        return line.to(EDGE).add(Style.FRAME, "│");
    }

    private static Style goodIf(boolean good) {
        return good ? Style.GOOD : Style.BAD;
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String perSecond(double rate) {
        return String.format(Locale.ROOT, rate < 10 && rate > 0 ? "%.1f" : "%,.0f", rate);
    }

    private static String millis(double millis) {
        return millis < 1_000
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.1f s", millis / 1_000);
    }

    private static String clock(Duration elapsed) {
        return elapsed.toHours() > 0
                ? String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        elapsed.toHours(),
                        elapsed.toMinutesPart(),
                        elapsed.toSecondsPart())
                : String.format(Locale.ROOT, "%02d:%02d", elapsed.toMinutesPart(), elapsed.toSecondsPart());
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
