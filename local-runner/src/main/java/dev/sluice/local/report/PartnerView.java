package dev.sluice.local.report;

import dev.sluice.local.partner.Delivery;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who the partner believes to be in which segment, once deliveries are put in the order of profile versions. */
final class PartnerView {
    private final SortedMap<String, SortedSet<String>> segments = new TreeMap<>();
    private final Differences duplicates = new Differences();

    PartnerView(Collection<Delivery> deliveries) {
        var ordered = deliveries.stream()
                .sorted(Comparator.comparingLong(Delivery::version).thenComparingLong(Delivery::arrivedNanos))
                .toList();
        ordered.forEach(this::hear);
    }

    /** Deliveries that changed nothing: entered where already in, or left where not in. */
    Differences duplicates() {
        return duplicates;
    }

    SortedSet<String> of(String person) {
        return segments.getOrDefault(person, new TreeSet<>());
    }

    /** Everyone of whom the partner heard. */
    Collection<String> people() {
        return List.copyOf(segments.keySet());
    }

    private void hear(Delivery delivery) {
        SortedSet<String> in = segments.computeIfAbsent(delivery.person(), person -> new TreeSet<>());
        boolean news = delivery.entered() ? in.add(delivery.segment()) : in.remove(delivery.segment());
        if (!news) {
            duplicates.add("the partner was told again that %s %s %s (version %d, %s)"
                    .formatted(
                            delivery.person(),
                            delivery.entered() ? "entered" : "left",
                            delivery.segment(),
                            delivery.version(),
                            delivery.id()));
        }
    }
}
