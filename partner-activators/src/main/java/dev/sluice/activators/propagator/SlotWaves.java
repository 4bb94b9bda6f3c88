package dev.sluice.activators.propagator;

import dev.sluice.activators.Pause;
import dev.sluice.model.LineBatch;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The changes of one invocation, sent so that no two of a slot can change places. Not thread-safe.
 *
 * <p>A call to the stream keeps no order between its records, and may refuse some. So a slot's changes are joined into
 * as few records as the limits allow, and a call (a wave) holds at most the first record that each slot still has to
 * send. What was refused is sent again in the next wave; until it is kept, or given up, the slot's later records wait.
 */
final class SlotWaves {
    private final PropagatorLimits limits;
    private final Map<Integer, Deque<Chunk>> slots = new TreeMap<>();
    /** The lowest index of a record that was given up; nothing from there on needs to be sent. */
    private int failed = Integer.MAX_VALUE;

    SlotWaves(PropagatorLimits limits) {
        this.limits = limits;
    }

    /** Adds a line after those that its slot has. {@code index} is that of the stream record it came from. */
    void add(int index, PersonKey key, byte[] line) {
        Deque<Chunk> chunks = slots.computeIfAbsent(Ring.slot(key), slot -> new ArrayDeque<>());
        Chunk last = chunks.peekLast();
        if (last == null || !last.hasRoomFor(line, limits)) {
            last = new Chunk(index);
            chunks.add(last);
        }
        last.add(line);
    }

    /** Sends everything; returns the lowest index of a record of which something was not sent. */
    OptionalInt send(ActivationSink sink, Pause pause, BooleanSupplier timeLeft) {
        for (List<Integer> wave = nextWave(); !wave.isEmpty(); wave = nextWave()) {
            if (!timeLeft.getAsBoolean()) {
                giveUp(slots.keySet());
                break;
            }
            int refused = sendWave(wave, sink);
            if (refused > 0) {
                pause.last(limits.firstPause().multipliedBy(1L << Math.min(refused - 1, 10)));
            }
        }
        return failed == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(failed);
    }

    /** Returns how often the most refused record of this wave has been refused by now. */
    private int sendWave(List<Integer> wave, ActivationSink sink) {
        List<ActivationRecord> records = new ArrayList<>();
        wave.forEach(slot -> records.add(new ActivationRecord(slot, first(slot).encoded())));
        Set<Integer> refusedIndexes = sink.put(records);
        int most = 0;
        for (int i = 0; i < wave.size(); i++) {
            int slot = wave.get(i);
            if (!refusedIndexes.contains(i)) {
                remove(slot);
                continue;
            }
            int refusals = ++first(slot).refusals;
            if (refusals >= limits.attempts()) {
                giveUp(List.of(slot));
            } else {
                most = Math.max(most, refusals);
            }
        }
        slots.values().removeIf(Deque::isEmpty);
        return most;
    }

    /** The slots whose first record goes into the next call: those needed, as many as a call takes. */
    private List<Integer> nextWave() {
        slots.values().removeIf(chunks -> chunks.getFirst().firstIndex >= failed);
        List<Integer> wave = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<Integer, Deque<Chunk>> slot : slots.entrySet()) {
            bytes += slot.getValue().getFirst().encoded().length;
            if (wave.size() == ActivationSink.MAX_RECORDS || (bytes > limits.callBytes() && !wave.isEmpty())) {
                break;
            }
            wave.add(slot.getKey());
        }
        return wave;
    }

    private void giveUp(Iterable<Integer> lost) {
        for (int slot : lost) {
            failed = Math.min(failed, first(slot).firstIndex);
        }
    }

    private Chunk first(int slot) {
        return chunks(slot).getFirst();
    }

    private void remove(int slot) {
        chunks(slot).removeFirst();
    }

    private Deque<Chunk> chunks(int slot) {
        Deque<Chunk> chunks = slots.get(slot);
        if (chunks == null) {
            throw new IllegalStateException("slot " + slot + " has nothing to send");
        }
        return chunks;
    }

    /** One record to be. */
    private static final class Chunk {
        private final int firstIndex;
        private final List<byte[]> lines = new ArrayList<>();
        private int bytes;
        private int refusals;
        private byte[] encoded = {};

        Chunk(int firstIndex) {
            this.firstIndex = firstIndex;
        }

        boolean hasRoomFor(byte[] line, PropagatorLimits limits) {
            return lines.size() < limits.lines() && bytes + line.length < limits.recordBytes();
        }

        void add(byte[] line) {
            lines.add(line);
            bytes += line.length + 1;
        }

        /** The record's bytes; made once, when all lines are there. */
        byte[] encoded() {
            if (encoded.length == 0) {
                encoded = LineBatch.encode(lines);
            }
            return encoded;
        }
    }
}
