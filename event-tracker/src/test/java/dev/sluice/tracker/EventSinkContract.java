package dev.sluice.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.LineBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EventSink} promises: an outcome for each batch in order, what is reported as stored is there with
 * every byte, a slot's batches keep their order, and being unable is an outcome and no exception.
 */
public abstract class EventSinkContract {
    protected abstract EventSink sink();

    /** The lines that are durable, those of one slot in their order. */
    protected abstract List<String> lines();

    /** From now on nothing can be stored. */
    protected abstract void fail();

    @Test
    void nothingIsStoredAsNothing() {
        assertThat(sink().put(List.of()).join()).isEmpty();
    }

    @Test
    void whatIsReportedAsStoredIsThere() {
        List<Outcome> outcomes =
                sink().put(List.of(batch(3, "a"), batch(200, "b"))).join();

        assertThat(outcomes).containsExactly(Outcome.STORED, Outcome.STORED);
        assertThat(lines()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void batchesOfOneSlotKeepTheirOrder() {
        var puts = new ArrayList<CompletableFuture<List<Outcome>>>();
        var expected = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            expected.add("n" + i);
            puts.add(sink().put(List.of(batch(9, "n" + i))));
        }
        puts.forEach(CompletableFuture::join);

        // At least once: a call that was too slow is made again.
        assertThat(lines().stream().distinct()).containsExactlyElementsOf(expected);
    }

    @Test
    void beingUnableIsAnOutcome() {
        fail();

        List<Outcome> outcomes =
                sink().put(List.of(batch(1, "a"), batch(2, "b"))).join();

        assertThat(outcomes).hasSize(2).noneMatch(Outcome::stored);
    }

    /** A batch of one line. */
    public static SlotBatch batch(int slot, String line) {
        return new SlotBatch(slot, 1, LineBatch.encode(List.of(line.getBytes(StandardCharsets.UTF_8))));
    }

    /** The lines of a batch's body. */
    public static List<String> lines(byte[] body) {
        return LineBatch.decode(body, 1 << 20).stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }
}
