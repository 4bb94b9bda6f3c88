package dev.sluice.userdata.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sluice.model.JsonText;
import dev.sluice.userdata.Outcome;
import dev.sluice.userdata.RowChange;
import dev.sluice.userdata.RowChangeJson;
import dev.sluice.userdata.RowLimits;
import dev.sluice.userdata.WriteThrough;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Lambda that the relational store's trigger calls with a row that changed; answers {@code
 * {"outcome":"written|removed|stale"}}.
 *
 * <p>The trigger calls it asynchronously (invocation type Event), so nobody reads an answer. Therefore a payload that is
 * malformed, and a stream or a Redis that does not take the change, fail the invocation: Lambda tries again and in the
 * end hands the event, payload and all, to the function's failure destination; whom it names can be told of again from the
 * table. Nothing waits behind it.
 */
public final class UserDataHandler implements RequestStreamHandler {
    private final WriteThrough writeThrough;

    /** As Lambda makes it. */
    public UserDataHandler() {
        this(UserDataWiring.writeThrough(UserDataConfig.of(System.getenv())));
    }

    UserDataHandler(WriteThrough writeThrough) {
        this.writeThrough = writeThrough;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        handle(input, output);
    }

    void handle(InputStream input, OutputStream output) throws IOException {
        byte[] payload = input.readNBytes(RowLimits.DEFAULT.payloadBytes() + 1);
        RowChange change = RowChangeJson.read(payload, RowLimits.DEFAULT);
        Outcome outcome = writeThrough.take(change);
        switch (outcome) {
            case NOT_TOLD -> throw new IOException("the events stream does not take the change; it must come again");
            case UNREACHABLE -> throw new IOException("Redis cannot be reached; the row must come again");
            case WRITTEN, REMOVED, STALE -> answer(outcome, output);
        }
    }

    private static void answer(Outcome outcome, OutputStream output) throws IOException {
        output.write(JsonText.writeObject(json -> json.writeStringProperty("outcome", outcome.word())));
    }
}
