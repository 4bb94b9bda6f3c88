package dev.sluice.local.eventsource;

import static dev.sluice.local.eventsource.Items.items;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.lambda.InvocationResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reading an answer promises:
 * an empty or missing list is success; the lowest of several failures counts; what is malformed fails the whole batch;
 * without partial answers any return is success; an error, a crash and a timeout fail the batch.
 */
final class BatchOutcomeTest {
    private static final List<BatchItem> BATCH = items(10, 14);

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"batchItemFailures\":[]}", "{\"batchItemFailures\":null}", "{}", "null", "", "{\"other\":1}"})
    void anEmptyOrMissingListIsSuccess(String answer) {
        assertThat(partial(answer)).isEqualTo(new BatchOutcome.Done());
    }

    @ParameterizedTest
    @CsvSource({"10,0", "12,2", "14,4"})
    void theNamedRecordIsWhereItFailed(String sequenceNumber, int index) {
        assertThat(partial("{\"batchItemFailures\":[{\"itemIdentifier\":\"" + sequenceNumber + "\"}]}"))
                .isEqualTo(new BatchOutcome.FailedFrom(index));
    }

    @Test
    void theLowestOfSeveralCounts() {
        assertThat(
                        partial(
                                "{\"batchItemFailures\":[{\"itemIdentifier\":\"13\"},{\"itemIdentifier\":\"11\"},{\"itemIdentifier\":\"12\"}]}"))
                .isEqualTo(new BatchOutcome.FailedFrom(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
                "{\"batchItemFailures\":[{\"itemIdentifer\":\"12\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"99\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"12\"},{\"itemIdentifier\":\"99\"}]}",
                "{\"batchItemFailures\":\"12\"}",
                "{\"batchItemFailures\":",
                "\"ok\"",
                "7"
            })
    void whatIsMalformedFailsTheWholeBatch(String answer) {
        assertThat(partial(answer)).isInstanceOf(BatchOutcome.Failed.class);
    }

    @Test
    void withoutPartialAnswersAnyReturnIsSuccess() {
        var answer = new InvocationResult.Success(bytes("{\"batchItemFailures\":[{\"itemIdentifier\":\"12\"}]}"));

        assertThat(BatchOutcome.of(answer, BATCH, false)).isEqualTo(new BatchOutcome.Done());
    }

    @Test
    void anErrorACrashAndATimeoutFailTheBatch() {
        assertThat(BatchOutcome.of(new InvocationResult.FunctionError("T", "m", bytes("{}")), BATCH, true))
                .isEqualTo(new BatchOutcome.Failed("T: m"));
        assertThat(BatchOutcome.of(new InvocationResult.Crash("gone"), BATCH, true))
                .isEqualTo(new BatchOutcome.Failed("gone"));
        assertThat(BatchOutcome.of(new InvocationResult.Timeout(Duration.ofSeconds(1)), BATCH, true))
                .isEqualTo(new BatchOutcome.Failed("timed out after PT1S"));
    }

    private static BatchOutcome partial(String answer) {
        return BatchOutcome.of(new InvocationResult.Success(bytes(answer)), BATCH, true);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
