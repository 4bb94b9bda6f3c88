package dev.sluice.dispatcher;

import static dev.sluice.dispatcher.DispatcherUnderTest.WANTED;
import static dev.sluice.dispatcher.DispatcherUnderTest.WANTED_TOO;
import static dev.sluice.dispatcher.Samples.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.RejectedEvent;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What the dispatcher promises of records that cannot be processed:
 *
 * <ul>
 *   <li>they are set aside as they came and do not stop the shard; if that fails they come again;
 *   <li>one that the classifier refuses holds up neither those before it nor those behind it.
 * </ul>
 */
class DispatchSetAsideTest {
    private static final StreamRecord POISON = new StreamRecord("2", Samples.ARRIVED, new byte[] {1, 2, 3});

    private final DispatcherUnderTest under = new DispatcherUnderTest();

    @Test
    void aPoisonousRecordIsSetAsideAndTheShardGoesOn() {
        assertThat(under.resume(record("1", WANTED), POISON, record("3", WANTED_TOO)))
                .isEmpty();

        assertThat(under.classifier.asked()).containsExactly(List.of(WANTED, WANTED_TOO));
        RejectedEvent kept = kept("2");
        assertThat(kept.bytes()).isEqualTo(POISON.data());
        assertThat(kept.code()).isEqualTo("unreadable_record");
    }

    @Test
    void badLinesOfARecordAreSetAsideTogetherAndTheOthersGoOn() {
        assertThat(under.resume(record("1", "{\"v\":1", WANTED, "{\"v\":7}", "[]", WANTED.replace("demo", "../etc"))))
                .isEmpty();

        assertThat(under.classifier.asked()).containsExactly(List.of(WANTED));
        RejectedEvent kept = kept("1-lines");
        assertThat(new String(kept.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"v\":1\n{\"v\":7}\n[]\n" + WANTED.replace("demo", "../etc") + "\n");
        assertThat(kept.message()).startsWith("4 lines");
    }

    @Test
    void aRecordOfTooManyLinesIsPoison() {
        String[] lines = Collections.nCopies(Limits.MAX_RECORD_LINES + 1, "{}").toArray(String[]::new);

        assertThat(under.resume(record("1", lines))).isEmpty();
        assertThat(under.aside.kept()).containsOnlyKeys("1");
    }

    @Test
    void aRecordThatUnpacksToTooMuchIsPoison() {
        assertThat(under.resume(record("1", " ".repeat(Limits.MAX_RECORD_BYTES + 1))))
                .isEmpty();
        assertThat(under.aside.kept()).containsOnlyKeys("1");
    }

    @Test
    void whatTheClassifierWillNeverTakeIsSetAside() {
        under.classifier.then(new Classification.Classified(
                Set.of(), List.of(new Classification.Hopeless(1, "broken_event", "no id")), Map.of()));

        assertThat(under.resume(record("1", WANTED), record("2", WANTED_TOO))).isEmpty();
        RejectedEvent kept = kept("2-classifier");
        assertThat(kept.code()).isEqualTo("broken_event");
        assertThat(new String(kept.bytes(), StandardCharsets.UTF_8)).isEqualTo(WANTED_TOO + "\n");
    }

    @Test
    void ifSettingAsideFailsTheRecordComesAgain() {
        under.aside.down(true);

        assertThat(under.resume(record("1", WANTED), POISON, record("3", WANTED)))
                .contains("2");
        assertThat(under.classifier.asked()).containsExactly(List.of(WANTED));
    }

    @Test
    void ifSettingAsideWhatTheClassifierRefusedFailsTheRecordComesAgain() {
        under.aside.down(true);
        under.classifier.then(new Classification.Classified(
                Set.of(2), List.of(new Classification.Hopeless(1, "broken_event", "no id")), Map.of()));

        assertThat(under.resume(record("1", WANTED), record("2", WANTED), record("3", WANTED)))
                .contains("2");
    }

    @Test
    void ofARefusedDeliveryOnlyTheRecordThatIsRefusedAloneIsSetAside() {
        under.classifier.then(new Classification.Refused("400"));
        under.classifier.then(new Classification.Classified(Set.of(), List.of(), Map.of()));
        under.classifier.then(new Classification.Refused("400"));

        Report report = under.dispatch(record("1", WANTED), record("2", WANTED, WANTED_TOO), record("3", WANTED_TOO));

        assertThat(report).isEqualTo(new Report(3, 4, 2, Optional.empty(), Map.of()));
        assertThat(under.classifier.asked())
                .containsExactly(
                        List.of(WANTED, WANTED, WANTED_TOO, WANTED_TOO),
                        List.of(WANTED),
                        List.of(WANTED, WANTED_TOO),
                        List.of(WANTED_TOO));
        assertThat(under.aside.kept()).containsOnlyKeys("2-classifier");
        assertThat(kept("2-classifier").code()).isEqualTo("refused_by_classifier");
        assertThat(kept("2-classifier").message()).isEqualTo("2 lines: 400");
        assertThat(new String(kept("2-classifier").bytes(), StandardCharsets.UTF_8))
                .isEqualTo(WANTED + "\n" + WANTED_TOO + "\n");
    }

    @Test
    void aRecordThatIsAloneAndRefusedIsSetAsideAtOnce() {
        under.classifier.then(new Classification.Refused("413"));

        assertThat(under.resume(record("1", WANTED))).isEmpty();
        assertThat(under.classifier.asked()).hasSize(1);
        assertThat(under.aside.kept()).containsOnlyKeys("1-classifier");
    }

    @Test
    void ifSettingARefusedRecordAsideFailsItComesAgain() {
        under.aside.down(true);
        under.classifier.then(new Classification.Refused("400"));
        under.classifier.then(new Classification.Classified(Set.of(), List.of(), Map.of()));
        under.classifier.then(new Classification.Refused("400"));

        assertThat(under.resume(record("1", WANTED), record("2", WANTED), record("3", WANTED)))
                .contains("2");
    }

    @Test
    void theEarlierOfTwoFailuresIsNamed() {
        under.aside.down(true);
        under.classifier.then(new Classification.Unavailable("down"));

        assertThat(under.resume(record("1", WANTED), POISON)).contains("1");
    }

    private RejectedEvent kept(String name) {
        return Objects.requireNonNull(under.aside.kept().get(name), name);
    }
}
