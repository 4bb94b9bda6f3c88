package dev.sluice.activators.aws;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.activators.propagator.ActivationRecord;
import dev.sluice.activators.propagator.ActivationSink;
import dev.sluice.activators.propagator.ActivationSinkContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Kinesis adapter keeps the contract, through the real client; and priming never fails. */
final class KinesisActivationSinkTest extends ActivationSinkContract {
    private final FakeAws aws = new FakeAws();
    private final KinesisActivationSink sink =
            new KinesisActivationSink(AwsClients.kinesis(FakeAws.PATIENCE), "activations");

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void primingDoesNotFailWhenTheStreamIsDown() {
        down(true);

        assertThatCode(sink::prime).doesNotThrowAnyException();
    }

    @Override
    protected ActivationSink sink() {
        return sink;
    }

    @Override
    protected List<ActivationRecord> kept() {
        return aws.records();
    }

    @Override
    protected void refuse(int slot, int times) {
        aws.refuse(slot, times);
    }

    @Override
    protected void down(boolean isDown) {
        aws.down(isDown);
    }
}
