package dev.sluice.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.RejectedEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link SetAsides} promises: the original is kept whole, and keeping it again leaves one copy. */
public abstract class SetAsidesContract {
    private static final RejectedEvent ORIGINAL = new RejectedEvent(
            "", "unreadable_record", "no gzip", Samples.ARRIVED, "dispatcher-fn", new byte[] {0, -1, 10});

    protected abstract SetAsides setAsides();

    /** What is kept under a name that arrived at {@link Samples#ARRIVED}. */
    protected abstract Optional<byte[]> kept(String name);

    /** How many things are kept. */
    protected abstract int count();

    @Test
    void theOriginalIsKeptAndKeepingItAgainLeavesOneCopy() {
        assertThat(setAsides().keep(Samples.ARRIVED, "42-lines", ORIGINAL)).isEqualTo(new SetAsides.Kept());
        assertThat(setAsides().keep(Samples.ARRIVED, "42-lines", ORIGINAL)).isEqualTo(new SetAsides.Kept());

        assertThat(kept("42-lines")).contains(ORIGINAL.toJson());
        assertThat(kept("42")).isEmpty();
        assertThat(count()).isEqualTo(1);
    }
}
