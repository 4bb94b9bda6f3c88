package dev.sluice.dispatcher.schedule;

import dev.sluice.dispatcher.Classification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Sends the lake's events through the classifier once more, file by file, so that it knows again what its cache has lost.
 * Events that it knows are repeats to it and change nothing, so a rebuild may be done at any time, and again.
 */
public final class Rebuild {
    /** Lines of one request. */
    private static final int AT_ONCE = 500;

    /** Requests for lines that a store kept from being done, before giving the file up for now. */
    private static final int MAX_TRIES = 5;

    private final Lake lake;
    private final Classification classifier;

    public Rebuild(Lake lake, Classification classifier) {
        this.lake = lake;
        this.classifier = classifier;
    }

    /**
     * What was done.
     *
     * @param files read
     * @param events of them, sent and done
     * @param unreadable files that are none of the lake's, passed over
     * @param next the last file done, after which to go on; empty if all were
     * @param problem why it stopped before; empty if it did not
     */
    public record Summary(long files, long events, long unreadable, Optional<String> next, Optional<String> problem) {}

    /**
     * Sends everything after a file, until all is sent, time is over, or something is away.
     *
     * @param after name of a file or beginning of one
     * @param time whether there is time for one more file
     */
    public Summary run(String after, BooleanSupplier time) {
        long files = 0;
        long events = 0;
        long unreadable = 0;
        String last = after;
        try {
            for (List<String> page = lake.filesAfter(last); !page.isEmpty(); page = lake.filesAfter(last)) {
                for (String file : page) {
                    if (!time.getAsBoolean()) {
                        return new Summary(files, events, unreadable, Optional.of(last), Optional.empty());
                    }
                    Optional<List<byte[]>> lines = lake.lines(file);
                    Optional<String> problem = send(lines.orElse(List.of()));
                    if (problem.isPresent()) {
                        return new Summary(files, events, unreadable, Optional.of(last), problem);
                    }
                    files++;
                    events += lines.map(List::size).orElse(0);
                    unreadable += lines.isEmpty() ? 1 : 0;
                    last = file;
                }
            }
            return new Summary(files, events, unreadable, Optional.empty(), Optional.empty());
        } catch (Lake.UnavailableException e) {
            return new Summary(
                    files, events, unreadable, Optional.of(last), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private Optional<String> send(List<byte[]> lines) {
        for (int from = 0; from < lines.size(); from += AT_ONCE) {
            Optional<String> problem = sendSome(lines.subList(from, Math.min(lines.size(), from + AT_ONCE)));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<String> sendSome(List<byte[]> lines) {
        List<byte[]> left = lines;
        String reason = "";
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            switch (classifier.classify(left)) {
                case Classification.Classified(var retry, var setAside, var ruleSets) -> {
                    if (retry.isEmpty()) {
                        return Optional.empty();
                    }
                    List<byte[]> again = new ArrayList<>();
                    for (int index : new TreeSet<>(retry)) {
                        again.add(left.get(index));
                    }
                    left = again;
                    reason = "the classifier's stores keep " + retry.size() + " lines from being done";
                }
                case Classification.Unavailable(var why) -> reason = why;
                case Classification.Refused(var why) -> reason = why;
                case Classification.Failed(var why) -> reason = why;
            }
        }
        return Optional.of(reason);
    }
}
