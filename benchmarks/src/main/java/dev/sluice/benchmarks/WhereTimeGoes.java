package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Samples the JVM's threads while something runs and tells in which part of the classifier they were: a sample belongs to
 * the innermost frame that the table names. By processor time where the JVM can (Linux), which then includes what a thread
 * does inside the operating system; otherwise by where Java code was running.
 */
final class WhereTimeGoes implements AutoCloseable {
    private static final String BY_PROCESSOR_TIME = "jdk.CPUTimeSample";
    private static final String BY_PLACE = "jdk.ExecutionSample";
    private static final Duration EVERY = Duration.ofMillis(5);
    private static final int HOT_METHODS = 25;

    /** Beginnings of class and method names, and what they belong to. */
    private static final Map<String, String> PARTS = parts();

    private final Recording recording = new Recording();

    WhereTimeGoes() {
        recording.enable(BY_PROCESSOR_TIME).with("throttle", EVERY.toMillis() + "ms");
        recording.enable(BY_PLACE).withPeriod(EVERY);
        recording.start();
    }

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("dev.sluice.model.EventJson.", "event lines: read");
        parts.put("dev.sluice.model.profile.RecentJson.read", "state: read");
        parts.put("dev.sluice.model.profile.RecentJson.write", "state: write");
        parts.put("dev.sluice.classifier.StoredUserState.read", "state: read");
        parts.put("dev.sluice.model.profile.SegmentedProfileJson.", "profile: read and write");
        parts.put("dev.sluice.classifier.drools.", "rules (Drools)");
        parts.put("dev.sluice.model.rules.RuleNeeds.", "needs");
        parts.put("dev.sluice.classifier.RecentObservations", "sample for trials of rules");
        parts.put("dev.sluice.model.profile.KeptEvents.", "fold: placing events");
        parts.put("dev.sluice.model.profile.Standing.", "fold: memberships");
        parts.put("dev.sluice.model.profile.Fold.", "fold: the rest");
        parts.put("dev.sluice.classifier.redis.", "Redis client");
        parts.put("io.lettuce.", "Redis client");
        parts.put("io.netty.", "Redis client");
        parts.put("dev.sluice.classifier.aws.", "DynamoDB client");
        parts.put("software.amazon.awssdk.", "DynamoDB client");
        parts.put("org.apache.http.", "DynamoDB client");
        parts.put("dev.sluice.classifier.", "classifier: the rest");
        parts.put("dev.sluice.benchmarks.", "(making the events)");
        return parts;
    }

    /** Ends and prints. */
    void print(PrintStream out) {
        recording.stop();
        try {
            Path file = Files.createTempFile("where-time-goes", ".jfr");
            try {
                recording.dump(file);
                print(out, RecordingFile.readAllEvents(file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the recording cannot be read", failed);
        }
    }

    private static void print(PrintStream out, List<RecordedEvent> all) {
        List<RecordedEvent> byTime = named(all, BY_PROCESSOR_TIME);
        List<RecordedEvent> samples = byTime.isEmpty() ? named(all, BY_PLACE) : byTime;
        Map<String, Integer> parts = new HashMap<>();
        Map<String, Integer> methods = new HashMap<>();
        for (RecordedEvent sample : samples) {
            List<RecordedFrame> frames = sample.getStackTrace() == null
                    ? List.of()
                    : sample.getStackTrace().getFrames();
            parts.merge(part(frames), 1, Integer::sum);
            if (!frames.isEmpty()) {
                methods.merge(name(frames.get(0).getMethod()), 1, Integer::sum);
            }
        }
        out.printf("    %d samples, %s%n", samples.size(), byTime.isEmpty() ? BY_PLACE : BY_PROCESSOR_TIME);
        table(out, parts, samples.size(), Integer.MAX_VALUE);
        out.printf("    hottest methods%n");
        table(out, methods, samples.size(), HOT_METHODS);
    }

    private static List<RecordedEvent> named(List<RecordedEvent> all, String name) {
        return all.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    private static String part(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            String name = name(frame.getMethod());
            for (Map.Entry<String, String> part : PARTS.entrySet()) {
                if (name.startsWith(part.getKey())) {
                    return part.getValue();
                }
            }
        }
        return "the JVM and the rest";
    }

    private static String name(RecordedMethod method) {
        return method == null ? "?" : method.getType().getName() + "." + method.getName();
    }

    private static void table(PrintStream out, Map<String, Integer> counts, int all, int most) {
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .forEach(entry ->
                        out.printf("    %5.1f %%  %s%n", 100.0 * entry.getValue() / Math.max(1, all), entry.getKey()));
    }

    @Override
    public void close() {
        recording.close();
    }
}
