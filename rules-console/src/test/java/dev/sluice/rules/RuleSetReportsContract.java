package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.rules.RuleSetReport;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RuleSetReports} promises:
 *
 * <ul>
 *   <li>reports of one rule set are found, the latest first, one of each instance, no more than asked for;
 *   <li>those of other accounts, numbers and programs are not, and hide none.
 * </ul>
 */
public abstract class RuleSetReportsContract {
    /** Without any. */
    protected abstract RuleSetReports reports();

    /** As a program does it. */
    protected abstract void report(RuleSetReport report);

    @Test
    void reportsAreFoundTheLatestFirst() {
        RuleSetReport first = running("demo", 7, "i-1", 1);
        RuleSetReport refused = new RuleSetReport(
                "demo",
                7,
                "classifier",
                "i-2",
                RuleSetReport.State.REFUSED,
                Optional.of("cannot be built"),
                Instant.EPOCH.plusSeconds(2));
        report(first);
        report(refused);

        assertThat(reports().of("demo", 7, "classifier", 10)).containsExactly(refused, first);
    }

    @Test
    void anInstanceHasOneReport() {
        report(running("demo", 7, "i-1", 1));
        report(running("demo", 7, "i-1", 2));

        assertThat(reports().of("demo", 7, "classifier", 10)).containsExactly(running("demo", 7, "i-1", 2));
    }

    @Test
    void othersReportsAreNotFound() {
        report(running("demo", 7, "i-1", 1));
        report(running("demo", 70, "i-2", 1));
        report(running("demo-2", 7, "i-3", 1));

        assertThat(reports().of("demo", 7, "classifier", 10)).containsExactly(running("demo", 7, "i-1", 1));
        assertThat(reports().of("demo", 8, "classifier", 10)).isEmpty();
    }

    @Test
    void oneProgramsReportsDoNotHideAnothers() {
        report(running("demo", 7, "i-1", 1));
        for (int i = 0; i < 5; i++) {
            report(new RuleSetReport(
                    "demo",
                    7,
                    "dispatcher",
                    "d-" + i,
                    RuleSetReport.State.RUNNING,
                    Optional.empty(),
                    Instant.EPOCH.plusSeconds(10 + i)));
        }

        assertThat(reports().of("demo", 7, "classifier", 3)).containsExactly(running("demo", 7, "i-1", 1));
        assertThat(reports().of("demo", 7, "dispatcher", 10)).hasSize(5);
        assertThat(reports().of("demo", 7, "class", 10)).isEmpty();
    }

    @Test
    void noMoreAreFoundThanAskedFor() {
        for (int i = 0; i < 5; i++) {
            report(running("demo", 7, "i-" + i, i));
        }

        assertThat(reports().of("demo", 7, "classifier", 3)).hasSize(3);
    }

    private static RuleSetReport running(String account, int number, String instance, int second) {
        return new RuleSetReport(
                account,
                number,
                "classifier",
                instance,
                RuleSetReport.State.RUNNING,
                Optional.empty(),
                Instant.EPOCH.plusSeconds(second));
    }
}
