package dev.sluice.activators.aws;

import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.util.List;
import java.util.Optional;

/** A stream handler's answer to its event source mapping. Stateless. */
public final class BatchResponse {
    private BatchResponse() {}

    /** Everything before {@code failedAt} is done; it and what follows must come again. Empty: all is done. */
    public static StreamsEventResponse of(Optional<String> failedAt) {
        return new StreamsEventResponse(
                failedAt.map(sequenceNumber -> List.of(new StreamsEventResponse.BatchItemFailure(sequenceNumber)))
                        .orElse(List.of()));
    }
}
