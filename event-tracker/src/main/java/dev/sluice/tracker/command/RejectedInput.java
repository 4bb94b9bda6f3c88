package dev.sluice.tracker.command;

import dev.sluice.model.LineBatch;
import dev.sluice.model.MalformedException;
import dev.sluice.model.RejectedEvent;
import dev.sluice.tracker.LakeBucket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the tracker refused, as it lies in the lake: {@code rejected/<hour>/<reason>/<node>-<id>.ndjson.gz}. */
final class RejectedInput {
    private static final String PREFIX = "rejected/";
    private static final String SUFFIX = ".ndjson.gz";
    private static final int PAGE = 1000;
    private static final int MOST_OBJECTS = 1_000_000;
    private static final int MAX_UNPACKED = 256 << 20;
    /** An object's hour is that of its writing, which may be later than its events by as long as S3 was away. */
    private static final Duration WRITTEN_LATE = Duration.ofDays(1);

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/HH/").withZone(ZoneOffset.UTC);

    private final LakeBucket bucket;

    RejectedInput(LakeBucket bucket) {
        this.bucket = bucket;
    }

    /**
     * Which are asked for.
     *
     * @param from received at or after
     * @param to received before
     * @param reason the code; empty for all
     * @param account empty for all
     */
    record Query(Instant from, Instant to, Optional<String> reason, Optional<String> account) {
        boolean matches(RejectedEvent event) {
            return !event.receivedAt().isBefore(from)
                    && event.receivedAt().isBefore(to)
                    && reason.map(event.code()::equals).orElse(true)
                    && account.map(event.account()::equals).orElse(true);
        }

        boolean matchesReasonOf(String key) {
            return reason.map(code -> key.contains("/" + code + "/")).orElse(true);
        }
    }

    /** One of them; {@code id} names it for {@code show}. */
    record Found(String id, RejectedEvent event) {}

    /** Gives all that match, by hour of writing and reason; returns how many objects could not be read. */
    int find(Query query, Consumer<Found> consumer) {
        String after = PREFIX + HOUR.format(query.from());
        String end = PREFIX + HOUR.format(query.to().plus(WRITTEN_LATE)) + "~";
        int unreadable = 0;
        List<LakeBucket.Entry> page;
        int objects = 0;
        do {
            String from = after;
            page = Lakes.called(() -> bucket.list(PREFIX, from, PAGE).join());
            for (LakeBucket.Entry entry : page) {
                if (entry.key().compareTo(end) > 0) {
                    return unreadable;
                }
                objects++;
                if (query.matchesReasonOf(entry.key()) && !read(entry.key(), query, consumer)) {
                    unreadable++;
                }
            }
            after = page.isEmpty() ? after : page.getLast().key();
        } while (page.size() == PAGE && objects < MOST_OBJECTS);
        return unreadable;
    }

    private boolean read(String key, Query query, Consumer<Found> consumer) {
        try {
            List<byte[]> lines = lines(key);
            for (int line = 0; line < lines.size(); line++) {
                RejectedEvent event = RejectedEvent.fromJson(lines.get(line));
                if (query.matches(event)) {
                    consumer.accept(new Found(id(key, line), event));
                }
            }
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    /** The one of that name. */
    Found one(String id) {
        int hash = id.lastIndexOf('#');
        if (hash < 0 || !id.substring(hash + 1).matches("[0-9]{1,6}")) {
            throw Failure.wrongUse("an id is what list --events prints, such as 2026/11/21/12/bad_field/10.0.0.7-…#0");
        }
        try {
            List<byte[]> lines = lines(PREFIX + id.substring(0, hash) + SUFFIX);
            int line = Integer.parseInt(id.substring(hash + 1));
            if (line >= lines.size()) {
                throw Failure.wrongUse("there are only " + lines.size() + " in that object");
            }
            return new Found(id, RejectedEvent.fromJson(lines.get(line)));
        } catch (MalformedException e) {
            throw Failure.notAll("the object cannot be read: " + e.getMessage());
        }
    }

    private List<byte[]> lines(String key) {
        return LineBatch.decode(Lakes.called(() -> bucket.fetch(key).join()), MAX_UNPACKED);
    }

    private static String id(String key, int line) {
        String name = key.substring(PREFIX.length());
        return (name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name) + "#" + line;
    }
}
