package dev.sluice.tracker.command;

import dev.sluice.tracker.LakeBucket;
import dev.sluice.tracker.aws.AwsClients;
import dev.sluice.tracker.aws.S3LakeBucket;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Opens the lake that a command works with. */
@FunctionalInterface
interface Lakes {
    /** A bucket and what must be closed after it. */
    record Lake(LakeBucket bucket, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    Lake open(String bucket, boolean pathStyle);

    /** The real ones; Region, credentials and endpoints come from the SDK's own environment variables. */
    static Lakes inS3() {
        return (bucket, pathStyle) -> {
            try {
                var client = AwsClients.s3(Duration.ofSeconds(30), pathStyle);
                return new Lake(new S3LakeBucket(client, bucket), client::close);
            } catch (RuntimeException e) {
                throw Failure.unreachable("no client of S3 can be made; are AWS_REGION and credentials set? "
                        + e.getClass().getSimpleName());
            }
        };
    }

    /** What a call of the bucket gives; a failure of it ends the command. */
    static <T> T called(Supplier<T> call) {
        try {
            return call.get();
        } catch (CompletionException e) {
            throw Failure.unreachable("the lake does not answer: " + firstLine(e));
        }
    }

    private static String firstLine(CompletionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
