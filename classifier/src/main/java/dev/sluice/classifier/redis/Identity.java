package dev.sluice.classifier.redis;

import dev.sluice.classifier.StoreLoss;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which server answers, and with which data.
 *
 * @param process the {@code run_id} that a server gives itself when it starts
 * @param data a random word that whoever met it empty wrote into it
 */
record Identity(String process, String data) {
    /** The key of {@link #data}; in a cluster, each node has one, with a number. */
    static final String MARK = "sluice:epoch";

    private static final Pattern RUN_ID = Pattern.compile("(?m)^run_id:(\\w{1,64})\\r?$");

    /** The process that a reply to {@code INFO server} tells of. */
    static String process(String info) {
        Matcher line = RUN_ID.matcher(info);
        return line.find() ? line.group(1) : "unknown";
    }

    /** What must have happened since another was met at the same place. */
    Optional<StoreLoss.Kind> since(Identity before) {
        if (!data.equals(before.data)) {
            return Optional.of(StoreLoss.Kind.EMPTIED);
        }
        return process.equals(before.process) ? Optional.empty() : Optional.of(StoreLoss.Kind.REPLACED);
    }
}
