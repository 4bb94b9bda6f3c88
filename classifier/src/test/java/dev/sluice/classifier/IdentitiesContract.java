package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.PersonKey;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Identities} promises:
 *
 * <ul>
 *   <li>of a name of which nothing is stored it says so; what was written is read back at once, all of it;
 *   <li>version 1 is written only where there is none, a later one only over the one before it;
 *   <li>a write that had happened unheard is written, not a conflict; one name's conflict does not touch another's.
 * </ul>
 */
public abstract class IdentitiesContract {
    private final PersonKey one = PersonKey.ofAnonymous("demo", "one/\u00e4-" + UUID.randomUUID());
    private final PersonKey two = Samples.person("two-" + UUID.randomUUID());

    protected abstract Identities identities();

    @Test
    void ofANameOfWhichNothingIsStoredItSaysSo() {
        assertThat(identities().read(List.of(one))).isEqualTo(Map.of(one, new Answer.Found<>(Identity.unknown(one))));
    }

    @Test
    void whatWasWrittenIsReadBackAtOnce() {
        Identity first = Identity.unknown(one).with(two, 2, "w1");
        Identity second = first.goingBy(two, "e1", Samples.NOON, "w2");
        Identity third = second.partedFrom(two, "w3");

        for (Identity identity : List.of(first, second, third)) {
            assertThat(write(identity)).isEqualTo(WriteResult.WRITTEN);
            assertThat(identities().read(List.of(one))).isEqualTo(Map.of(one, new Answer.Found<>(identity)));
        }
    }

    @Test
    void aVersionIsWrittenOnlyOverTheOneBefore() {
        Identity first = Identity.unknown(one).goingBy(two, "e1", Samples.NOON, "w1");
        assertThat(write(first.partedFrom(two, "w2"))).isEqualTo(WriteResult.CONFLICT);
        assertThat(write(first)).isEqualTo(WriteResult.WRITTEN);
        assertThat(write(Identity.unknown(one).with(two, 0, "w3"))).isEqualTo(WriteResult.CONFLICT);

        assertThat(identities().read(List.of(one))).isEqualTo(Map.of(one, new Answer.Found<>(first)));
    }

    @Test
    void aWriteThatHadHappenedUnheardIsWritten() {
        Identity first = Identity.unknown(one).goingBy(two, "e1", Samples.NOON, "w1");
        assertThat(write(first)).isEqualTo(WriteResult.WRITTEN);
        assertThat(write(first)).isEqualTo(WriteResult.WRITTEN);
    }

    @Test
    void oneNamesConflictDoesNotTouchAnother() {
        assertThat(write(Identity.unknown(one).with(two, 0, "w1"))).isEqualTo(WriteResult.WRITTEN);

        assertThat(identities()
                        .write(List.of(
                                Identity.unknown(one).with(two, 0, "w2"),
                                Identity.unknown(two).with(one, 0, "w3"))))
                .isEqualTo(Map.of(one, WriteResult.CONFLICT, two, WriteResult.WRITTEN));
    }

    private WriteResult write(Identity identity) {
        return identities().write(List.of(identity)).getOrDefault(identity.name(), WriteResult.UNREACHABLE);
    }
}
