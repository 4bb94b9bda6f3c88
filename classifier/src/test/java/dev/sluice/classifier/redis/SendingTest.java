package dev.sluice.classifier.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandType;
import org.junit.jupiter.api.Test;

/** Who waits for the last answer of many takes those that came, whatever became of the last. */
class SendingTest {
    private final AsyncCommand<byte[], byte[], String> first = command();
    private final AsyncCommand<byte[], byte[], String> last = command();
    private final Sending sending = new Sending();

    @Test
    void whatIsAnsweredCountsThoughTheLastIsNotInTime() throws Exception {
        send();
        first.complete("done");

        sending.await(1);

        assertThat(first).isCompletedWithValue("done");
        assertThat(last).isNotDone();
    }

    @Test
    void whatIsAnsweredCountsThoughTheLastFailed() throws Exception {
        send();
        first.complete("done");
        last.completeExceptionally(new RedisException("refused"));

        sending.await(Long.MAX_VALUE);

        assertThat(first).isCompletedWithValue("done");
    }

    @Test
    void whatIsAnsweredCountsThoughTheLastWasGivenUp() throws Exception {
        send();
        first.complete("done");
        last.cancel(true);

        sending.await(Long.MAX_VALUE);

        assertThat(first).isCompletedWithValue("done");
    }

    private void send() {
        sending.add(first);
        sending.add(last);
    }

    private static AsyncCommand<byte[], byte[], String> command() {
        return Request.command(CommandType.PING, new StatusOutput<>(ByteArrayCodec.INSTANCE), Request.args());
    }
}
