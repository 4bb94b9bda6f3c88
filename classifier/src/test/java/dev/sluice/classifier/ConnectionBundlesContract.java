package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.activation.Connections;
import dev.sluice.model.activation.ReadKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link ConnectionBundles} promises. */
public abstract class ConnectionBundlesContract {
    /** The port under test, with nothing published. */
    protected abstract ConnectionBundles bundles();

    /** Publishes as the console does. */
    protected abstract void publish(Connections connections);

    /** Puts something there that is not connections. */
    protected abstract void spoil(String account, int number);

    /** Claims a key as the console does. */
    protected abstract void claim(String account, String sha256);

    /** Puts something there that is not a claim. */
    protected abstract void spoilClaim(String sha256);

    @Test
    public void aClaimSaysWhoseAKeyIs() {
        claim("demo", ReadKey.hash("k1"));
        spoilClaim(ReadKey.hash("k2"));

        assertThat(bundles().owner(ReadKey.hash("k1"))).isEqualTo(new Answer.Found<>(Optional.of("demo")));
        assertThat(bundles().owner(ReadKey.hash("k2"))).isInstanceOf(Answer.Unreadable.class);
        assertThat(bundles().owner(ReadKey.hash("k3"))).isEqualTo(new Answer.Found<>(Optional.empty()));
    }

    @Test
    public void theNewestOfEachAccountAreListedHighestFirst() {
        assertThat(bundles().newest(3)).isEqualTo(new Answer.Found<>(Map.of()));
        for (int number : List.of(1, 2, 3, 10, 11)) {
            publish(connections("demo", number));
        }
        publish(connections("other", 7));

        assertThat(bundles().newest(3))
                .isEqualTo(new Answer.Found<>(Map.of("demo", List.of(11, 10, 3), "other", List.of(7))));
    }

    @Test
    public void whatWasPublishedIsRead() {
        publish(connections("demo", 2));

        assertThat(bundles().read("demo", 2)).isEqualTo(new Answer.Found<>(connections("demo", 2)));
    }

    @Test
    public void whatIsNotThereOrNotConnectionsIsUnreadable() {
        spoil("demo", 1);

        assertThat(bundles().read("demo", 1)).isInstanceOf(Answer.Unreadable.class);
        assertThat(bundles().read("demo", 2)).isInstanceOf(Answer.Unreadable.class);
        assertThat(bundles().newest(5)).isEqualTo(new Answer.Found<>(Map.of("demo", List.of(1))));
    }

    private static Connections connections(String account, int number) {
        var key = new ReadKey("key", ReadKey.hash("k" + number), true, Optional.of(Set.of("gold")));
        return new Connections(account, number, List.of(), List.of(key));
    }
}
