package dev.sluice.tracker.web;

import java.util.Locale;

/** Prometheus' text exposition format, version 0.0.4, as far as the tracker needs it. Not thread-safe. */
final class PrometheusText {
    private final StringBuilder text = new StringBuilder(8192);

    /**
     * How often a time fell where.
     *
     * @param millis upper bounds, rising
     * @param counts of each class, and one more for what is beyond
     * @param sumMicros of all times
     */
    record Classes(int[] millis, long[] counts, long sumMicros) {}

    /** {@code kinesisRecords} becomes {@code kinesis_records}. */
    static String snake(String camel) {
        return camel.replaceAll("([a-z])([A-Z0-9])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    void gauge(String name, String help, double value) {
        head(name, help, "gauge");
        sample(name, value);
    }

    /** A name without {@code _total}, which is added. */
    void counter(String name, String help, double value) {
        head(name + "_total", help, "counter");
        sample(name + "_total", value);
    }

    void histogram(String name, String help, Classes classes) {
        head(name, help, "histogram");
        long sum = 0;
        for (int i = 0; i < classes.millis().length; i++) {
            sum += classes.counts()[i];
            sample(name + "_bucket{le=\"" + classes.millis()[i] / 1000.0 + "\"}", sum);
        }
        sum += classes.counts()[classes.millis().length];
        sample(name + "_bucket{le=\"+Inf\"}", sum);
        sample(name + "_sum", classes.sumMicros() / 1e6);
        sample(name + "_count", sum);
    }

    private void head(String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        text.append(name).append(' ').append(whole ? Long.toString((long) value) : Double.toString(value));
        text.append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
