package dev.sluice.activators.aws;

import dev.sluice.activators.propagator.Marks;
import dev.sluice.activators.propagator.MarksContract;
import org.junit.jupiter.api.AfterEach;

/** The S3 adapter keeps the contract, through the real client. */
final class S3MarksTest extends MarksContract {
    private final FakeAws aws = new FakeAws();
    private final S3Marks marks = new S3Marks(AwsClients.s3(true, FakeAws.PATIENCE), "lake");

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    protected Marks marks() {
        return marks;
    }

    @Override
    protected void down(boolean isDown) {
        aws.down(isDown);
    }
}
