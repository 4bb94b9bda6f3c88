package dev.sluice.dispatcher;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request to the classifier, and what its answer means for the records. If the classifier refuses the request or
 * fails over it, each record is sent alone: one that is refused alone is set aside, one that fails alone comes again, and
 * the others are done. Thread-safe if its ports are.
 */
final class Delivery {
    private final Classification classification;
    private final Aside aside;

    Delivery(Classification classification, Aside aside) {
        this.classification = classification;
        this.aside = aside;
    }

    /** @param setAside lines that were */
    record Result(int setAside, Optional<Stop> stop) {}

    /** The first record, by its position, that is not done. */
    record Stop(int record, String reason) {}

    /** @param lines not empty, in the order of their records */
    Result deliver(List<StreamRecord> records, List<Line> lines) {
        Classification.Verdict verdict = classify(lines);
        List<List<Line>> oneByOne = byRecord(lines);
        boolean isAboutTheLines = verdict instanceof Classification.Refused || verdict instanceof Classification.Failed;
        return isAboutTheLines && oneByOne.size() > 1
                ? deliver(records, oneByOne.iterator())
                : take(records, lines, verdict);
    }

    /** One record after the other, so that none has to come again because of what another holds. */
    private Result deliver(List<StreamRecord> records, Iterator<List<Line>> oneByOne) {
        int setAside = 0;
        Optional<Stop> stop = Optional.empty();
        while (oneByOne.hasNext() && stop.isEmpty()) {
            List<Line> lines = oneByOne.next();
            Result result = take(records, lines, classify(lines));
            setAside += result.setAside();
            stop = result.stop();
        }
        return new Result(setAside, stop);
    }

    private Classification.Verdict classify(List<Line> lines) {
        return classification.classify(lines.stream().map(Line::bytes).toList());
    }

    private Result take(List<StreamRecord> records, List<Line> lines, Classification.Verdict verdict) {
        int first = lines.getFirst().record();
        return switch (verdict) {
            case Classification.Unavailable(var reason) -> stop(first, reason);
            case Classification.Failed(var reason) -> stop(first, reason);
            case Classification.Refused(var reason) -> refuse(records.get(first), lines, reason);
            case Classification.Classified classified -> settle(records, lines, classified);
        };
    }

    private static Result stop(int record, String reason) {
        return new Result(0, Optional.of(new Stop(record, Limits.shortened(reason))));
    }

    /** @param lines of this one record */
    private Result refuse(StreamRecord record, List<Line> lines, String reason) {
        List<byte[]> bytes = lines.stream().map(Line::bytes).toList();
        return switch (aside.refused(record, bytes, reason)) {
            case SetAsides.Kept() -> new Result(bytes.size(), Optional.empty());
            case SetAsides.NotKept(var problem) -> stop(lines.getFirst().record(), problem);
        };
    }

    private static List<List<Line>> byRecord(List<Line> lines) {
        Map<Integer, List<Line>> byRecord = new LinkedHashMap<>();
        lines.forEach(line -> byRecord.computeIfAbsent(line.record(), record -> new ArrayList<>())
                .add(line));
        return List.copyOf(byRecord.values());
    }

    private Result settle(List<StreamRecord> records, List<Line> lines, Classification.Classified classified) {
        Optional<Stop> retry = classified.retry().stream()
                .min(Integer::compare)
                .map(index -> new Stop(lines.get(index).record(), "the classifier wants lines again"));
        int setAside = 0;
        for (Map.Entry<Integer, List<Classification.Hopeless>> one :
                byRecord(lines, classified).entrySet()) {
            int at = one.getKey();
            // What stands at or behind the stop comes again, and will be set aside then.
            if (retry.isPresent() && at >= retry.get().record()) {
                break;
            }
            List<byte[]> bytes = one.getValue().stream()
                    .map(hopeless -> lines.get(hopeless.index()).bytes())
                    .toList();
            switch (aside.hopeless(records.get(at), bytes, one.getValue().getFirst())) {
                case SetAsides.Kept() -> setAside += bytes.size();
                case SetAsides.NotKept(var reason) -> {
                    return new Result(setAside, Optional.of(new Stop(at, reason)));
                }
            }
        }
        return new Result(setAside, retry);
    }

    /** In the order of the records, which is that of the lines. */
    private static Map<Integer, List<Classification.Hopeless>> byRecord(
            List<Line> lines, Classification.Classified classified) {
        Map<Integer, List<Classification.Hopeless>> byRecord = new LinkedHashMap<>();
        classified.setAside().stream()
                .sorted((a, b) -> Integer.compare(a.index(), b.index()))
                .forEach(hopeless -> byRecord.computeIfAbsent(
                                lines.get(hopeless.index()).record(), record -> new ArrayList<>())
                        .add(hopeless));
        return byRecord;
    }
}
