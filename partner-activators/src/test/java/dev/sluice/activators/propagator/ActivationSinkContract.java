package dev.sluice.activators.propagator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every activations stream promises:
 *
 * <ul>
 *   <li>an empty answer means that all records are kept, under their slot and byte for byte
 *   <li>of a call that is partly refused, the refused are named and the others are kept
 *   <li>a stream that is down refuses everything, and does not throw
 * </ul>
 */
public abstract class ActivationSinkContract {
    protected abstract ActivationSink sink();

    protected abstract List<ActivationRecord> kept();

    /** Makes the stream refuse the next {@code times} records of a slot. */
    protected abstract void refuse(int slot, int times);

    protected abstract void down(boolean isDown);

    @Test
    void whatIsNotRefusedIsKeptUnderItsSlotByteForByte() {
        assertThat(sink().put(List.of(record(0, "a"), record(255, "b")))).isEmpty();

        assertThat(texts()).containsExactlyInAnyOrder("0=a", "255=b");
    }

    @Test
    void theRefusedAreNamedAndTheOthersKept() {
        refuse(7, 1);

        assertThat(sink().put(List.of(record(6, "a"), record(7, "b"), record(8, "c"))))
                .containsExactly(1);
        assertThat(texts()).containsExactlyInAnyOrder("6=a", "8=c");
    }

    @Test
    void aRefusedRecordCanBePutAgain() {
        refuse(7, 1);
        assertThat(sink().put(List.of(record(7, "b")))).containsExactly(0);

        assertThat(sink().put(List.of(record(7, "b")))).isEmpty();
        assertThat(texts()).containsExactly("7=b");
    }

    @Test
    void aStreamThatIsDownRefusesEverything() {
        down(true);

        assertThat(sink().put(List.of(record(1, "a"), record(2, "b")))).containsExactlyInAnyOrder(0, 1);

        down(false);
        assertThat(kept()).isEmpty();
    }

    private List<String> texts() {
        return kept().stream()
                .map(record -> record.slot() + "=" + new String(record.data(), StandardCharsets.UTF_8))
                .toList();
    }

    private static ActivationRecord record(int slot, String text) {
        return new ActivationRecord(slot, text.getBytes(StandardCharsets.UTF_8));
    }
}
