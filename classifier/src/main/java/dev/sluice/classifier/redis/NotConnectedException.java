package dev.sluice.classifier.redis;

import io.lettuce.core.RedisException;
import java.io.Serial;

/** There is no connection, or no node, to send a command to. */
final class NotConnectedException extends RedisException {
    @Serial
    private static final long serialVersionUID = 1L;

    NotConnectedException() {
        super("not connected");
    }
}
