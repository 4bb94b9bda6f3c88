package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Profiles} promises:
 *
 * <ul>
 *   <li>of someone unknown there is none; what was written is read back at once;
 *   <li>version 1 is written only where there is none, a later one only over the one before it;
 *   <li>a write that had happened unheard is written, not a conflict;
 *   <li>of writers at once one wins; one person's conflict does not touch another's;
 *   <li>more than one request's worth is read and written as asked.
 * </ul>
 */
public abstract class ProfilesContract {
    private final PersonKey one = Samples.person("one/ä-" + UUID.randomUUID());
    private final PersonKey two = Samples.person("two-" + UUID.randomUUID());

    protected abstract Profiles profiles();

    @Test
    void ofSomeoneUnknownThereIsNone() {
        assertThat(profiles().read(List.of(one))).isEqualTo(Map.of(one, new Answer.Found<>(Optional.empty())));
    }

    @Test
    void whatWasWrittenIsReadBackAtOnce() {
        var profile = Samples.profile(one, 1, "w1", "skips-ads");

        assertThat(write(profile)).isEqualTo(WriteResult.WRITTEN);

        assertThat(read(one)).contains(profile);
    }

    @Test
    void aFirstVersionIsWrittenOnlyWhereThereIsNone() {
        assertThat(write(Samples.profile(one, 1, "w1", "a"))).isEqualTo(WriteResult.WRITTEN);

        assertThat(write(Samples.profile(one, 1, "w2", "b"))).isEqualTo(WriteResult.CONFLICT);

        assertThat(read(one)).contains(Samples.profile(one, 1, "w1", "a"));
    }

    @Test
    void aLaterVersionIsWrittenOnlyOverTheOneBefore() {
        assertThat(write(Samples.profile(one, 2, "w0", "a"))).isEqualTo(WriteResult.CONFLICT);
        assertThat(write(Samples.profile(one, 1, "w1", "a"))).isEqualTo(WriteResult.WRITTEN);
        assertThat(write(Samples.profile(one, 3, "w3", "b"))).isEqualTo(WriteResult.CONFLICT);

        assertThat(write(Samples.profile(one, 2, "w2", "b"))).isEqualTo(WriteResult.WRITTEN);

        assertThat(read(one)).contains(Samples.profile(one, 2, "w2", "b"));
    }

    @Test
    void aWriteThatHadHappenedUnheardIsWritten() {
        assertThat(write(Samples.profile(one, 1, "w1", "a"))).isEqualTo(WriteResult.WRITTEN);
        assertThat(write(Samples.profile(one, 1, "w1", "a"))).isEqualTo(WriteResult.WRITTEN);
        assertThat(write(Samples.profile(one, 2, "w2", "b"))).isEqualTo(WriteResult.WRITTEN);
        assertThat(write(Samples.profile(one, 2, "w2", "b"))).isEqualTo(WriteResult.WRITTEN);
        assertThat(write(Samples.profile(one, 1, "w1", "a"))).isEqualTo(WriteResult.CONFLICT);
    }

    @Test
    void ofWritersAtOnceOneWins() {
        List<CompletableFuture<WriteResult>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            var profile = Samples.profile(one, 1, "w" + i, "a");
            writers.add(CompletableFuture.supplyAsync(() -> write(profile)));
        }
        assertThat(writers.stream().map(CompletableFuture::join))
                .containsOnlyOnce(WriteResult.WRITTEN)
                .containsOnly(WriteResult.WRITTEN, WriteResult.CONFLICT);
    }

    @Test
    void onePersonsConflictDoesNotTouchAnother() {
        assertThat(write(Samples.profile(one, 1, "w1", "a"))).isEqualTo(WriteResult.WRITTEN);

        assertThat(profiles().write(List.of(Samples.profile(one, 1, "w2", "b"), Samples.profile(two, 1, "w3", "b"))))
                .isEqualTo(Map.of(one, WriteResult.CONFLICT, two, WriteResult.WRITTEN));
    }

    @Test
    void moreThanOneRequestsWorthIsReadAndWritten() {
        Map<PersonKey, Answer<Optional<SegmentedProfile>>> expected = new LinkedHashMap<>();
        List<SegmentedProfile> many = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            var key = Samples.person("many-" + i + "-" + UUID.randomUUID());
            var profile = Samples.profile(key, 1, "w" + i, "s" + i);
            many.add(profile);
            expected.put(key, new Answer.Found<>(Optional.of(profile)));
        }
        assertThat(profiles().write(many)).hasSize(130).containsValue(WriteResult.WRITTEN);

        assertThat(profiles().read(expected.keySet())).isEqualTo(expected);
    }

    private WriteResult write(SegmentedProfile profile) {
        return profiles().write(List.of(profile)).getOrDefault(profile.key(), WriteResult.UNREACHABLE);
    }

    private Optional<SegmentedProfile> read(PersonKey key) {
        return profiles().read(List.of(key)).get(key) instanceof Answer.Found<Optional<SegmentedProfile>>(var found)
                ? found
                : Optional.empty();
    }
}
