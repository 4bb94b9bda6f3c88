package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A report:
 *
 * <ul>
 *   <li>survives being written and read, whatever its state;
 *   <li>has a reason if and only if it is a refusal, and a bounded one;
 *   <li>has an instance's name that can be part of an object's key;
 *   <li>is refused when it is anything else.
 * </ul>
 */
class RuleSetReportTest {
    private static final Instant AT = Instant.parse("2026-11-21T06:40:10.123Z");

    @Test
    void itSurvivesWhateverItsState() {
        for (RuleSetReport report : List.of(
                report("i-1", RuleSetReport.State.RUNNING, Optional.empty()),
                report("i-1", RuleSetReport.State.REFUSED, Optional.of("does not build")))) {
            assertThat(RuleSetReportJson.read(RuleSetReportJson.write(report))).isEqualTo(report);
        }
    }

    @Test
    void aReasonBelongsToARefusal() {
        assertThatThrownBy(() -> report("i-1", RuleSetReport.State.RUNNING, Optional.of("why")))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> report("i-1", RuleSetReport.State.REFUSED, Optional.empty()))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void aLongReasonIsCutBetweenCharacters() {
        String reason = "x".repeat(RuleSetReport.MAX_REASON - 1) + "\ud83d\ude00";
        RuleSetReport report = report("i-1", RuleSetReport.State.REFUSED, Optional.of(reason));

        assertThat(report.reason()).contains("x".repeat(RuleSetReport.MAX_REASON - 1));
    }

    @Test
    void anInstanceIsNamedByWhateverNamesItElsewhere() {
        assertThat(RuleSetReport.instanceName("2026/11/21/[$LATEST]0a1b")).isEqualTo("2026-11-21-LATEST-0a1b");
        assertThat(RuleSetReport.instanceName("")).isEqualTo("unknown");
        assertThat(RuleSetReport.instanceName("a".repeat(200) + "b"))
                .hasSize(RuleSetReport.MAX_INSTANCE)
                .endsWith("ab");
    }

    @Test
    void anInstanceThatWouldLeaveItsKeyIsRefused() {
        assertThatThrownBy(() -> report("../x", RuleSetReport.State.RUNNING, Optional.empty()))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("instance");
    }

    @Test
    void whatIsNotAReportIsRefused() {
        String good = new String(
                RuleSetReportJson.write(report("i-1", RuleSetReport.State.RUNNING, Optional.empty())),
                StandardCharsets.UTF_8);
        for (String bad : List.of(
                good.replace("\"v\":1", "\"v\":2"),
                good.replace("\"number\":7", "\"number\":0"),
                good.replace("running", "asleep"),
                good.replace("demo", "Demo"),
                good.replace("classifier", "a/b"),
                good.replace("Z\"", "\""))) {
            assertThatThrownBy(() -> RuleSetReportJson.read(bad.getBytes(StandardCharsets.UTF_8)))
                    .as(bad)
                    .isInstanceOf(MalformedException.class);
        }
    }

    private static RuleSetReport report(String instance, RuleSetReport.State state, Optional<String> reason) {
        return new RuleSetReport("demo", 7, "classifier", instance, state, reason, AT);
    }
}
