package dev.sluice.userdata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.PersonKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every events stream promises: what it says it took is kept, in order and byte for byte; a stream that is down says
 * that it did not take it, does not throw, and takes it when it is back.
 */
public abstract class ChangeEventsContract {
    protected static final PersonKey U1 = PersonKey.ofUser("demo", "u1");

    protected abstract ChangeEvents events();

    /** The lines kept, in order. */
    protected abstract List<String> kept();

    protected abstract void down(boolean isDown);

    @Test
    void whatItTookIsKeptInOrderAndByteForByte() {
        assertThat(put("{\"a\":\"é\"}")).isTrue();
        assertThat(put("{\"a\":2}")).isTrue();

        assertThat(kept()).containsExactly("{\"a\":\"é\"}", "{\"a\":2}");
    }

    @Test
    void whatAStreamThatIsDownDidNotTakeItTakesWhenItIsBack() {
        down(true);
        assertThat(put("{}")).isFalse();
        down(false);
        assertThat(kept()).isEmpty();

        assertThat(put("{}")).isTrue();
        assertThat(kept()).containsExactly("{}");
    }

    private boolean put(String line) {
        return events().put(U1, line.getBytes(StandardCharsets.UTF_8));
    }
}
