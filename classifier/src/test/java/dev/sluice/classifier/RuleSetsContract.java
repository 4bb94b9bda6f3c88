package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RuleSets} promises:
 *
 * <ul>
 *   <li>of an account that published nothing there is none; else the numbers above the one known, the highest first;
 *   <li>another account's, whose name begins alike, is never taken;
 *   <li>each is read by its number, and is unreadable if it is not there or not that account's of that number.
 * </ul>
 */
public abstract class RuleSetsContract {
    private static final AtomicInteger ACCOUNTS = new AtomicInteger();

    private final String account = "acme" + ACCOUNTS.incrementAndGet() + "x";

    protected abstract RuleSets ruleSets();

    /** Publishes a bundle as it is. */
    protected abstract void publish(String account, int number, byte[] bundle);

    @Test
    void ofAnAccountThatPublishedNothingThereIsNone() {
        publish(rules(account + "-other", 4));

        assertThat(numbers(account, 0, 10)).isEqualTo(List.of());
        assertThat(ruleSets().read(account, 4)).isInstanceOf(Answer.Unreadable.class);
    }

    @Test
    void theHighestNumbersAreListedHighestFirst() {
        publish(rules(account, 2));
        publish(rules(account, 10));
        publish(rules(account, 9));
        publish(account, 11, new byte[] {1});

        assertThat(numbers(account, 0, 10)).isEqualTo(List.of(11, 10, 9, 2));
        assertThat(numbers(account, 0, 2)).isEqualTo(List.of(11, 10));
    }

    @Test
    void thoseUpToTheOneThatIsKnownAreNotListed() {
        publish(rules(account, 2));
        publish(rules(account, 3));

        assertThat(numbers(account, 2, 10)).isEqualTo(List.of(3));
        assertThat(numbers(account, 3, 10)).isEqualTo(List.of());
        assertThat(numbers(account, 4, 10)).isEqualTo(List.of());
    }

    @Test
    void oneIsReadByItsNumber() {
        publish(rules(account, 2));
        publish(rules(account, 3));

        assertThat(ruleSets().read(account, 2)).isEqualTo(new Answer.Found<>(rules(account, 2)));
    }

    @Test
    void aBundleThatIsNotARuleSetIsUnreadable() {
        publish(account, 2, "{\"v\":1,\"account\":".getBytes(StandardCharsets.UTF_8));

        assertThat(ruleSets().read(account, 2)).isInstanceOf(Answer.Unreadable.class);
    }

    @Test
    void aBundleOfAnotherAccountOrNumberIsUnreadable() {
        publish(account, 1, RuleSetJson.write(rules("another", 1)));
        publish(account, 2, RuleSetJson.write(rules(account, 1)));

        assertThat(ruleSets().read(account, 1)).isInstanceOf(Answer.Unreadable.class);
        assertThat(ruleSets().read(account, 2)).isInstanceOf(Answer.Unreadable.class);
    }

    @Test
    void whatWasJustPublishedMayBeOfAnyAgeButNeverNegative() {
        publish(rules(account, 2));

        assertThat(listed(account, 0, 10))
                .allSatisfy(one -> assertThat(one.age()).isGreaterThanOrEqualTo(Duration.ZERO));
    }

    private List<Integer> numbers(String ofAccount, int after, int most) {
        return listed(ofAccount, after, most).stream()
                .map(RuleSets.Listed::number)
                .toList();
    }

    private List<RuleSets.Listed> listed(String ofAccount, int after, int most) {
        return ruleSets().list(ofAccount, after, most) instanceof Answer.Found<List<RuleSets.Listed>>(var found)
                ? found
                : List.of(new RuleSets.Listed(-1, Duration.ZERO));
    }

    private void publish(RuleSet rules) {
        publish(rules.account(), rules.number(), RuleSetJson.write(rules));
    }

    private static RuleSet rules(String account, int number) {
        return new RuleSet(account, number, Samples.rules(1, 3).segments());
    }
}
