package dev.sluice.dispatcher.replay;

import dev.sluice.dispatcher.Classification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Has classified what the dispatcher gave up, object by object. Events that the classifier knows are repeats to it and change
 * nothing, so a replay may be done at any time, beside new events, and again. Not thread-safe.
 */
public final class Replay {
    /** Lines of one request. */
    private static final int AT_ONCE = 500;

    /** Requests of the same lines before giving up. */
    private static final int MAX_TRIES = 5;

    /** Before the second try; twice as long before each further one: some 15 s in all. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** Longer ago nothing of it counts: an event that lies so far behind a person's newest is left out. */
    private static final Duration MAX_SPAN = Duration.ofDays(60);

    private final GivenUp givenUp;
    private final Classification classifier;
    private final Consumer<Duration> pause;

    /** @param pause waits between tries */
    public Replay(GivenUp givenUp, Classification classifier, Consumer<Duration> pause) {
        this.givenUp = givenUp;
        this.classifier = classifier;
        this.pause = pause;
    }

    /**
     * What was done, or would be.
     *
     * @param objects read
     * @param events of them, sent and done; those refused are not among them
     * @param refused lines that the classifier will not take even alone
     * @param unreadable objects and records that hold no lines
     * @param problem why it stopped before the end; empty if it did not
     */
    public record Summary(long objects, long events, long refused, long unreadable, Optional<String> problem) {}

    /**
     * Has everything of a time of at most 60 days classified, until all is or something is away.
     *
     * @param dry whether it is only read and counted
     * @throws IllegalArgumentException if the time is longer
     */
    public Summary run(Instant from, Instant to, boolean dry) {
        if (Duration.between(from, to).compareTo(MAX_SPAN) > 0) {
            throw new IllegalArgumentException("at most " + MAX_SPAN.toDays() + " days");
        }
        var run = new Run();
        try {
            for (String name : givenUp.names(from, to)) {
                GivenUp.Lines read = givenUp.read(name);
                run.objects++;
                run.unreadable += read.unreadable();
                if (dry) {
                    run.events += read.lines().size();
                } else {
                    run.sendAll(read.lines());
                }
                if (run.problem.isPresent()) {
                    break;
                }
            }
        } catch (GivenUp.UnavailableException e) {
            run.problem = Optional.of(String.valueOf(e.getMessage()));
        }
        return new Summary(run.objects, run.events, run.refused, run.unreadable, run.problem);
    }

    private final class Run {
        private long objects;
        private long events;
        private long refused;
        private long unreadable;
        private Optional<String> problem = Optional.empty();

        void sendAll(List<byte[]> lines) {
            for (int at = 0; at < lines.size() && problem.isEmpty(); at += AT_ONCE) {
                send(lines.subList(at, Math.min(lines.size(), at + AT_ONCE)));
            }
        }

        private void send(List<byte[]> lines) {
            List<byte[]> left = lines;
            String reason = "";
            for (int tries = 0; tries < MAX_TRIES; tries++) {
                if (tries > 0) {
                    pause.accept(FIRST_PAUSE.multipliedBy(1L << (tries - 1)));
                }
                switch (classifier.classify(left)) {
                    case Classification.Classified(var retry, var setAside, var ruleSets) -> {
                        refused += setAside.size();
                        events += left.size() - retry.size() - setAside.size();
                        if (retry.isEmpty()) {
                            return;
                        }
                        left = those(left, retry);
                        reason = "the classifier's stores keep " + retry.size() + " lines from being done";
                    }
                    case Classification.Unavailable(var why) -> reason = why;
                    case Classification.Refused(var why) -> {
                        halve(left);
                        return;
                    }
                    case Classification.Failed(var why) -> {
                        halve(left);
                        return;
                    }
                }
            }
            problem = Optional.of(reason);
        }

        /** Until the line is alone over which the classifier stumbles: it stays where it is, the others are done. */
        private void halve(List<byte[]> lines) {
            if (lines.size() == 1) {
                refused++;
                return;
            }
            int half = lines.size() / 2;
            send(lines.subList(0, half));
            if (problem.isEmpty()) {
                send(lines.subList(half, lines.size()));
            }
        }

        private static List<byte[]> those(List<byte[]> lines, Iterable<Integer> indexes) {
            List<byte[]> some = new ArrayList<>();
            var inOrder = new TreeSet<Integer>();
            indexes.forEach(inOrder::add);
            inOrder.forEach(index -> some.add(lines.get(index)));
            return some;
        }
    }
}
