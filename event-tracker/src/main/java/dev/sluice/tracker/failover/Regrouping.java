package dev.sluice.tracker.failover;

import dev.sluice.model.EventJson;
import dev.sluice.model.JsonText;
import dev.sluice.model.LineBatch;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Ring;
import dev.sluice.tracker.BatchBounds;
import dev.sluice.tracker.SlotBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Events of several failover objects, grouped by slot into batches as the batcher would have. An object needs to carry
 * nothing beside its events: each says by its account and person to which slot it belongs, however the ring's shards
 * have changed since, and each compressed member says by its first bytes how it was compressed. One thread.
 */
final class Regrouping {
    /** Of an array and its place in a list. */
    private static final int OVERHEAD = 24;

    /** What Kinesis takes in one, 1 MiB, less what a packed line may be larger than itself and its partition key. */
    private static final int MOST_OF_RECORD = (1 << 20) - (4 << 10);

    private final BatchBounds bounds;
    private final Map<Integer, List<byte[]>> bySlot = new TreeMap<>();
    private final Map<String, Set<Integer>> slotsOf = new HashMap<>();
    private final Map<String, List<byte[]>> setApart = new HashMap<>();
    private long bytes;

    Regrouping(BatchBounds bounds) {
        this.bounds = bounds;
    }

    /**
     * Takes the lines of an object; those that are no events, or fit into no record, are kept apart.
     *
     * @return false if a line is of a version that only a later release reads; then the rest is not taken
     */
    boolean add(String key, List<byte[]> lines) {
        Set<Integer> slots = slotsOf.computeIfAbsent(key, any -> new HashSet<>());
        for (byte[] line : lines) {
            bytes += line.length + OVERHEAD;
            try {
                int slot = bounds.lane(Ring.slot(EventJson.read(line).key()));
                if (!fits(line)) {
                    // The stream would never take it, nor whatever is sent with it.
                    setApart(key, line);
                    continue;
                }
                bySlot.computeIfAbsent(slot, any -> new ArrayList<>()).add(line);
                slots.add(slot);
            } catch (MalformedException | ArithmeticException | NumberFormatException e) {
                // The last two: an exponent beyond what a BigDecimal can hold.
                if (isOfLaterVersion(line)) {
                    return false;
                }
                setApart(key, line);
            }
        }
        return true;
    }

    private boolean fits(byte[] line) {
        return line.length <= MOST_OF_RECORD
                || LineBatch.encode(List.of(line), bounds.packing()).length <= MOST_OF_RECORD;
    }

    private void setApart(String key, byte[] line) {
        setApart.computeIfAbsent(key, any -> new ArrayList<>()).add(line);
    }

    private static boolean isOfLaterVersion(byte[] line) {
        try {
            return JsonText.readObject(line).whole("v") > EventJson.VERSION;
        } catch (MalformedException | ArithmeticException | NumberFormatException e) {
            return false;
        }
    }

    /** Of all lines taken, as a measure of the memory that they take. */
    long bytes() {
        return bytes;
    }

    /** The objects of which lines were taken. */
    Set<String> keys() {
        return slotsOf.keySet();
    }

    /** The slots to which an object's events belong. */
    Set<Integer> slotsOf(String key) {
        return slotsOf.getOrDefault(key, Set.of());
    }

    /** The lines of an object that are no events, or fit into no record. */
    List<byte[]> setApart(String key) {
        return setApart.getOrDefault(key, List.of());
    }

    /** In rounds of one batch a slot, so that no round takes longer than the stream's stated time for one put. */
    List<List<SlotBatch>> rounds() {
        var rounds = new ArrayList<List<SlotBatch>>();
        bySlot.forEach((slot, own) -> {
            var batches = new ArrayList<SlotBatch>();
            cut(slot, own, batches);
            for (int round = 0; round < batches.size(); round++) {
                if (round == rounds.size()) {
                    rounds.add(new ArrayList<>());
                }
                rounds.get(round).add(batches.get(round));
            }
        });
        return rounds;
    }

    private void cut(int slot, List<byte[]> lines, List<SlotBatch> into) {
        var batch = new ArrayList<byte[]>();
        int most = Math.min(bounds.bytes(), MOST_OF_RECORD);
        long bytes = 0;
        for (byte[] line : lines) {
            boolean full = batch.size() == bounds.events() || bytes + line.length > most;
            if (full && !batch.isEmpty()) {
                into.add(new SlotBatch(slot, batch.size(), LineBatch.encode(batch, bounds.packing())));
                batch.clear();
                bytes = 0;
            }
            batch.add(line);
            bytes += line.length;
        }
        into.add(new SlotBatch(slot, batch.size(), LineBatch.encode(batch, bounds.packing())));
    }
}
