package dev.sluice.classifier.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;

/** A command about one key, for one use. */
record Request<T>(byte[] key, AsyncCommand<byte[], byte[], T> command) {

    static <T> Request<T> of(
            ProtocolKeyword type, CommandOutput<byte[], byte[], T> output, byte[] key, byte[]... arguments) {
        return new Request<>(key, command(type, output, args().addKey(key).addValues(arguments)));
    }

    /** A command for which its sender waits only so long. */
    static <T> AsyncCommand<byte[], byte[], T> command(
            ProtocolKeyword type, CommandOutput<byte[], byte[], T> output, CommandArgs<byte[], byte[]> arguments) {
        return new Awaited<>(new Command<>(type, output, arguments));
    }

    /** A command for which nobody waits: it fails by itself when it is not answered in time. */
    static <T> AsyncCommand<byte[], byte[], T> unattended(
            ProtocolKeyword type, CommandOutput<byte[], byte[], T> output, CommandArgs<byte[], byte[]> arguments) {
        return new AsyncCommand<>(new Command<>(type, output, arguments));
    }

    /** Of which there are many at once, so that a timer for each would cost more than it is worth. */
    static final class Awaited<T> extends AsyncCommand<byte[], byte[], T> {
        private Awaited(Command<byte[], byte[], T> command) {
            super(command);
        }
    }

    static CommandArgs<byte[], byte[]> args() {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }
}
