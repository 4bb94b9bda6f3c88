package dev.sluice.dispatcher;

import dev.sluice.model.RejectedEvent;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Sets aside what cannot be processed, at most one object a record and cause: a record of thousands of bad lines must
 * not become thousands of requests. Thread-safe.
 */
final class Aside {
    private static final String NODE = "dispatcher-fn";

    private final SetAsides store;

    Aside(SetAsides store) {
        this.store = store;
    }

    /** A record that is no batch of lines: its bytes as they came. */
    SetAsides.Outcome poison(StreamRecord record, String problem) {
        return keep(record, "", new Original("unreadable_record", problem, record.data()));
    }

    /** Lines of a record that are not events. */
    SetAsides.Outcome unreadable(StreamRecord record, List<byte[]> lines, String problem) {
        String message = lines.size() + " lines; the first: " + problem;
        return keep(record, "-lines", new Original("unreadable_line", message, joined(lines)));
    }

    /** Lines of a record that the classifier will never take. */
    SetAsides.Outcome hopeless(StreamRecord record, List<byte[]> lines, Classification.Hopeless first) {
        String message = lines.size() + " lines; the first: " + first.message();
        return keep(record, "-classifier", new Original(first.code(), message, joined(lines)));
    }

    /** Lines of a record that the classifier will not take even alone. */
    SetAsides.Outcome refused(StreamRecord record, List<byte[]> lines, String reason) {
        String message = lines.size() + " lines: " + reason;
        return keep(record, "-classifier", new Original("refused_by_classifier", message, joined(lines)));
    }

    private record Original(String code, String message, byte[] bytes) {}

    private SetAsides.Outcome keep(StreamRecord record, String suffix, Original original) {
        var rejected = new RejectedEvent(
                "",
                Limits.shortened(original.code()),
                Limits.shortened(original.message()),
                record.arrivedAt(),
                NODE,
                original.bytes());
        return store.keep(record.arrivedAt(), record.sequenceNumber() + suffix, rejected);
    }

    private static byte[] joined(List<byte[]> lines) {
        var bytes = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            bytes.writeBytes(line);
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }
}
