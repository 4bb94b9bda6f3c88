package dev.sluice.activators.propagator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.UnreachableException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * What every place for marks promises: the last written stands, each under its own name; what was removed, or never written,
 * is not there; a place that is down says so.
 */
public abstract class MarksContract {
    protected abstract Marks marks();

    protected abstract void down(boolean isDown);

    @Test
    void theLastWrittenStands() {
        assertThat(marks().read("gap")).isEmpty();
        marks().write("gap", bytes("one"));
        marks().write("gap", bytes("two"));
        marks().write("other", bytes("three"));

        assertThat(marks().read("gap"))
                .hasValueSatisfying(mark -> assertThat(mark).isEqualTo(bytes("two")));
        marks().remove("gap");
        marks().remove("gap");
        assertThat(marks().read("gap")).isEmpty();
        assertThat(marks().read("other")).isPresent();
    }

    @Test
    void aPlaceThatIsDownSaysSo() {
        down(true);

        assertThatThrownBy(() -> marks().read("gap")).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> marks().write("gap", bytes("x"))).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> marks().remove("gap")).isInstanceOf(UnreachableException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
