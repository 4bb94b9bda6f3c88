package dev.sluice.activators.ledger;

import dev.sluice.activators.Delivery;
import dev.sluice.model.profile.SegmentChange.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Packs deliveries into calls: of one direction, as many as a call takes, of one audience if it must be. Not thread-safe. */
public final class Batches {
    private final int size;
    private final boolean byAudience;
    private final Map<String, List<Claim.Sending>> groups = new TreeMap<>();

    public Batches(Telling telling) {
        this.size = telling.partner().limits(telling.connection()).batch();
        this.byAudience = telling.partner().oneAudienceACall();
    }

    public void addAll(Collection<Claim.Sending> sendings) {
        sendings.forEach(sending -> groups.computeIfAbsent(group(sending.delivery()), any -> new ArrayList<>())
                .add(sending));
    }

    /** Calls that they make. */
    public int calls() {
        return groups.values().stream()
                .mapToInt(group -> Math.ceilDiv(group.size(), size))
                .sum();
    }

    /** Calls that they would make with these too. */
    public int callsWith(Collection<Claim.Sending> more) {
        Map<String, Integer> added = new TreeMap<>();
        more.forEach(sending -> added.merge(group(sending.delivery()), 1, Integer::sum));
        int calls = calls();
        for (Map.Entry<String, Integer> group : added.entrySet()) {
            int before = groups.getOrDefault(group.getKey(), List.of()).size();
            calls += Math.ceilDiv(before + group.getValue(), size) - Math.ceilDiv(before, size);
        }
        return calls;
    }

    /** The calls: those of people who left first. */
    public List<List<Claim.Sending>> all() {
        List<List<Claim.Sending>> calls = new ArrayList<>();
        for (List<Claim.Sending> group : groups.values()) {
            for (int from = 0; from < group.size(); from += size) {
                calls.add(List.copyOf(group.subList(from, Math.min(group.size(), from + size))));
            }
        }
        return calls;
    }

    private String group(Delivery delivery) {
        String direction = delivery.direction() == Direction.LEFT ? "0" : "1";
        return byAudience ? direction + delivery.audience() : direction;
    }
}
