package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.LastGoodRules.Kept;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LastGoodRules} promises:
 *
 * <ul>
 *   <li>of an account of which nothing was kept, nothing is;
 *   <li>what was kept last is what is read, whole, and another account's is another's.
 * </ul>
 */
public abstract class LastGoodRulesContract {
    protected abstract LastGoodRules lastGood();

    @Test
    void whatWasNeverKeptIsNothing() {
        assertThat(lastGood().read("demo")).isEqualTo(new Answer.Found<>(Kept.NOTHING));
    }

    @Test
    void whatWasKeptLastIsWhatIsRead() {
        var first = new Kept(Optional.of(Samples.rules(1, 2)), Map.of(2, "segment \"x\"\nwould", 3, "ä"));
        var second = new Kept(Optional.of(Samples.rules(2, 3)), Map.of());

        assertThat(lastGood().keep("demo", first)).isEmpty();
        assertThat(lastGood().read("demo")).isEqualTo(new Answer.Found<>(first));
        assertThat(lastGood().keep("demo", second)).isEmpty();
        assertThat(lastGood().read("demo")).isEqualTo(new Answer.Found<>(second));
        assertThat(lastGood().read("demo-2")).isEqualTo(new Answer.Found<>(Kept.NOTHING));
    }

    @Test
    void refusalsAloneAreKeptToo() {
        var refusals = new Kept(Optional.empty(), Map.of(2, "why"));

        assertThat(lastGood().keep("demo", refusals)).isEmpty();
        assertThat(lastGood().read("demo")).isEqualTo(new Answer.Found<>(refusals));
    }
}
