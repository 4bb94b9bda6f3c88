package dev.sluice.local.eventsource;

import dev.sluice.local.lambda.InvocationResult;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an invocation means for its batch. */
sealed interface BatchOutcome {
    /** Every record was processed. */
    record Done() implements BatchOutcome {}

    /** The records before this index were processed; the one at it was not, and those after it must come again. */
    record FailedFrom(int index) implements BatchOutcome {}

    /** None of it counts as processed. */
    record Failed(String why) implements BatchOutcome {}

    /**
     * Reads an invocation's result as Lambda does. With partial answers, an empty or missing list is success; the
     * lowest sequence number of several counts; an identifier that is missing, empty or not of this batch, or an answer
     * that is not JSON, fails the whole batch.
     */
    static BatchOutcome of(InvocationResult result, List<BatchItem> batch, boolean partialAnswers) {
        return switch (result) {
            case InvocationResult.Success success ->
                partialAnswers ? PartialAnswer.outcome(success.payload(), batch) : new Done();
            case InvocationResult.FunctionError error -> new Failed(error.type() + ": " + error.message());
            case InvocationResult.Crash crash -> new Failed(crash.reason());
            case InvocationResult.Timeout timeout -> new Failed("timed out after " + timeout.limit());
        };
    }

    /** The answer {@code {"batchItemFailures":[{"itemIdentifier":"<sequence number>"}]}}. */
    final class PartialAnswer {
        private static final JsonMapper JSON = new JsonMapper();

        private PartialAnswer() {}

        static BatchOutcome outcome(byte[] payload, List<BatchItem> batch) {
            if (payload.length == 0) {
                return new Done();
            }
            try {
                return outcome(JSON.readTree(payload), batch);
            } catch (JacksonException notJson) {
                return new Failed("the answer is not JSON");
            }
        }

        private static BatchOutcome outcome(JsonNode answer, List<BatchItem> batch) {
            if (!answer.isObject() && !answer.isNull()) {
                return new Failed("the answer is not an object");
            }
            JsonNode failures = answer.path("batchItemFailures");
            if (failures.isMissingNode() || failures.isNull()) {
                return new Done();
            }
            if (!failures.isArray()) {
                return new Failed("the answer has no list of batchItemFailures");
            }
            int lowest = batch.size();
            for (JsonNode failure : failures) {
                int index = indexOf(failure.path("itemIdentifier").asString(""), batch);
                if (index < 0) {
                    return new Failed("the answer names a record that is not of this batch");
                }
                lowest = Math.min(lowest, index);
            }
            return lowest == batch.size() ? new Done() : new FailedFrom(lowest);
        }

        private static int indexOf(String sequenceNumber, List<BatchItem> batch) {
            return IntStream.range(0, batch.size())
                    .filter(i -> batch.get(i).sequenceNumber().equals(sequenceNumber))
                    .findFirst()
                    .orElse(-1);
        }
    }
}
