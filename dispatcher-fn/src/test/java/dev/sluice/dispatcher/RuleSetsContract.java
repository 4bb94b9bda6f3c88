package dev.sluice.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RuleSets} promises:
 *
 * <ul>
 *   <li>the highest number is read if it is higher than the one known, else nothing;
 *   <li>another account's, whose name begins alike, is never taken;
 *   <li>the highest is said to be unreadable, even if a lower one is not;
 *   <li>one is read by its number, and is unreadable if it is not there.
 * </ul>
 */
public abstract class RuleSetsContract {
    private static final AtomicInteger ACCOUNTS = new AtomicInteger();

    private final String account = "acme" + ACCOUNTS.incrementAndGet() + "x";

    protected abstract RuleSets ruleSets();

    /** Publishes a bundle as it is. */
    protected abstract void publish(String ofAccount, int number, byte[] bundle);

    @Test
    void ofAnAccountThatPublishedNothingThereIsNone() {
        publish(rules(account + "-other", 4));

        assertThat(ruleSets().newest(account, 0)).isEqualTo(new RuleSets.NothingNewer());
    }

    @Test
    void theHighestNumberIsRead() {
        publish(rules(account, 2));
        publish(rules(account, 10));
        publish(rules(account, 9));

        assertThat(ruleSets().newest(account, 0)).isEqualTo(new RuleSets.Found(rules(account, 10)));
        assertThat(ruleSets().newest(account, 9)).isEqualTo(new RuleSets.Found(rules(account, 10)));
    }

    @Test
    void oneThatIsKnownIsNotReadAgain() {
        publish(rules(account, 3));

        assertThat(ruleSets().newest(account, 3)).isEqualTo(new RuleSets.NothingNewer());
        assertThat(ruleSets().newest(account, 4)).isEqualTo(new RuleSets.NothingNewer());
    }

    @Test
    void oneIsReadByItsNumber() {
        publish(rules(account, 1));
        publish(rules(account, 2));
        publish(account, 3, new byte[] {'{'});

        assertThat(ruleSets().read(account, 1)).isEqualTo(new RuleSets.Found(rules(account, 1)));
        assertThat(ruleSets().read(account, 3)).isInstanceOf(RuleSets.Unreadable.class);
        assertThat(ruleSets().read(account, 4)).isInstanceOf(RuleSets.Unreadable.class);
    }

    @Test
    void aBundleThatIsNotARuleSetIsUnreadable() {
        publish(rules(account, 1));
        publish(account, 2, "{\"v\":1,\"account\":".getBytes(StandardCharsets.UTF_8));

        assertThat(ruleSets().newest(account, 0)).isInstanceOf(RuleSets.Unreadable.class);
    }

    @Test
    void aBundleOfAnotherAccountOrNumberIsUnreadable() {
        publish(account, 1, RuleSetJson.write(rules("another", 1)));
        assertThat(ruleSets().newest(account, 0)).isInstanceOf(RuleSets.Unreadable.class);

        publish(account, 2, RuleSetJson.write(rules(account, 1)));
        assertThat(ruleSets().newest(account, 0)).isInstanceOf(RuleSets.Unreadable.class);
    }

    private void publish(RuleSet rules) {
        publish(rules.account(), rules.number(), RuleSetJson.write(rules));
    }

    private static RuleSet rules(String ofAccount, int number) {
        return Samples.naming(ofAccount, number, "Ad Clicked");
    }
}
