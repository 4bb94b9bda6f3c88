package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetReport.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RuleSetReports} promises: of one rule set, what each classifier said last is read, and nothing that
 * dispatchers said or that was said of another number or account.
 */
public abstract class RuleSetReportsContract {
    protected abstract RuleSetReports reports();

    @Test
    void ofOneOfWhichNothingWasSaidThereIsNothing() {
        put("demo", 8, "classifier", "i-1", Optional.empty());
        put("demo-2", 7, "classifier", "i-1", Optional.empty());
        put("demo", 7, "dispatcher", "i-1", Optional.empty());

        assertThat(reports().ofClassifiers("demo", 7)).isEqualTo(new Answer.Found<>(List.of()));
    }

    @Test
    void whatEachSaidLastIsRead() {
        put("demo", 7, "classifier", "i-1", Optional.empty());
        RuleSetReport first = put("demo", 7, "classifier", "i-1", Optional.of("why"));
        RuleSetReport second = put("demo", 7, "classifier", "i-2", Optional.empty());

        List<RuleSetReport> said =
                reports().ofClassifiers("demo", 7) instanceof Answer.Found<List<RuleSetReport>>(var found)
                        ? found
                        : List.of();
        assertThat(said).containsExactlyInAnyOrder(first, second);
    }

    private RuleSetReport put(String account, int number, String program, String instance, Optional<String> refused) {
        var state = refused.isPresent() ? State.REFUSED : State.RUNNING;
        var report = new RuleSetReport(account, number, program, instance, state, refused, Samples.NOON);
        assertThat(reports().put(report)).isTrue();
        return report;
    }
}
