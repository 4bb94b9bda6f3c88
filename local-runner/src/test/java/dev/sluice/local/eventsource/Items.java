package dev.sluice.local.eventsource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Records for tests: the number is the sequence number, and all arrived at {@link #ARRIVED}. */
final class Items {
    static final Instant ARRIVED = Instant.parse("2026-11-21T00:00:00Z");

    private Items() {}

    static BatchItem item(int number) {
        return new BatchItem(
                Integer.toString(number), ARRIVED, ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8));
    }

    static List<BatchItem> items(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Items::item).toList();
    }

    static List<Integer> numbers(List<BatchItem> items) {
        return items.stream()
                .map(item -> Integer.valueOf(item.sequenceNumber()))
                .toList();
    }
}
