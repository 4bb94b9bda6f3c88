package dev.sluice.userdata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every store of profile rows promises:
 *
 * <ul>
 *   <li>the highest version wins in whatever order changes come; the same or an older one changes nothing
 *   <li>a removal's version stays behind: an older row does not come back, a newer one does
 *   <li>versions are told apart over the whole range of 64 bits
 *   <li>one person's row is no other's; accounts are apart
 * </ul>
 */
public abstract class ProfileRowsContract {
    protected static final PersonKey U1 = PersonKey.ofUser("demo", "u1");

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    protected abstract ProfileRows rows();

    protected abstract Optional<Value.Fields> traits(PersonKey key);

    @Test
    void aRowIsWrittenAndANewerOneTakesItsPlaceWholly() {
        assertThat(rows().apply(written(U1, 1, new Value.Fields(Map.of("os", Value.of("iOS"), "old", Value.of(1))))))
                .isEqualTo(Outcome.WRITTEN);
        assertThat(rows().apply(written(2, "Android"))).isEqualTo(Outcome.WRITTEN);

        assertThat(traits(U1)).contains(os("Android"));
    }

    @Test
    void theSameOrAnOlderVersionChangesNothing() {
        rows().apply(written(5, "iOS"));

        assertThat(rows().apply(written(5, "Android"))).isEqualTo(Outcome.STALE);
        assertThat(rows().apply(written(4, "Android"))).isEqualTo(Outcome.STALE);
        assertThat(rows().apply(removed(U1, 5))).isEqualTo(Outcome.STALE);

        assertThat(traits(U1)).contains(os("iOS"));
    }

    @Test
    void aRemovedRowDoesNotComeBackByAnOlderChange() {
        rows().apply(written(5, "iOS"));
        assertThat(rows().apply(removed(U1, 6))).isEqualTo(Outcome.REMOVED);
        assertThat(traits(U1)).isEmpty();

        assertThat(rows().apply(written(5, "iOS"))).isEqualTo(Outcome.STALE);
        assertThat(traits(U1)).isEmpty();

        assertThat(rows().apply(written(7, "Android"))).isEqualTo(Outcome.WRITTEN);
        assertThat(traits(U1)).contains(os("Android"));
    }

    @Test
    void aRemovalThatComesFirstHoldsBackWhatIsOlder() {
        assertThat(rows().apply(removed(U1, 6))).isEqualTo(Outcome.REMOVED);

        assertThat(rows().apply(written(5, "iOS"))).isEqualTo(Outcome.STALE);
    }

    /** Neighbours that are one and the same number as doubles, and lengths that text order would get wrong. */
    @ParameterizedTest
    @CsvSource({
        "9, 10",
        "99, 100",
        "2, 10",
        "9007199254740992, 9007199254740993",
        "9223372036854775806, 9223372036854775807",
        "999999999999999999, 1000000000000000000"
    })
    void versionsAreToldApartExactly(long older, long newer) {
        assertThat(rows().apply(written(older, "older"))).isEqualTo(Outcome.WRITTEN);
        assertThat(rows().apply(written(newer, "newer"))).isEqualTo(Outcome.WRITTEN);
        assertThat(rows().apply(written(older, "older"))).isEqualTo(Outcome.STALE);

        assertThat(traits(U1)).contains(os("newer"));
    }

    @Test
    void peopleAndAccountsAreApart() {
        rows().apply(written(5, "iOS"));
        PersonKey sameNameElsewhere = PersonKey.ofUser("other", "u1");

        assertThat(rows().apply(written(sameNameElsewhere, 1, os("Android")))).isEqualTo(Outcome.WRITTEN);
        assertThat(traits(U1)).contains(os("iOS"));
        assertThat(traits(sameNameElsewhere)).contains(os("Android"));
        assertThat(traits(PersonKey.ofUser("demo", "u2"))).isEmpty();
    }

    @Test
    void anyOrderAndAnyRepetitionEndInTheNewest() {
        for (int seed = 1; seed <= 30; seed++) {
            var random = new Random(seed);
            PersonKey key = PersonKey.ofUser("demo", "seed-" + seed);
            List<RowChange> changes = new ArrayList<>();
            for (int version = 1; version <= 12; version++) {
                changes.add(random.nextInt(4) == 0 ? removed(key, version) : written(key, version, os("v" + version)));
            }
            Optional<Value.Fields> newest = changes.getLast() instanceof RowChange.Written written
                    ? Optional.of(written.traits())
                    : Optional.empty();
            changes.addAll(List.copyOf(changes.subList(0, 6)));
            Collections.shuffle(changes, random);

            for (RowChange change : changes) {
                assertThat(rows().apply(change)).as("seed %d", seed).isNotEqualTo(Outcome.UNREACHABLE);
            }

            assertThat(traits(key)).as("seed %d", seed).isEqualTo(newest);
        }
    }

    protected static RowChange written(long version, String os) {
        return written(U1, version, os(os));
    }

    protected static RowChange written(PersonKey key, long version, Value.Fields traits) {
        return new RowChange.Written(key, version, AT, RowChange.Operation.UPDATE, traits);
    }

    protected static RowChange removed(PersonKey key, long version) {
        return new RowChange.Removed(key, version, AT);
    }

    protected static Value.Fields os(String os) {
        return new Value.Fields(Map.of("os", Value.of(os)));
    }
}
