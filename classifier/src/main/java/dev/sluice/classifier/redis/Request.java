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

    static <T> AsyncCommand<byte[], byte[], T> command(
            ProtocolKeyword type, CommandOutput<byte[], byte[], T> output, CommandArgs<byte[], byte[]> arguments) {
        return new AsyncCommand<>(new Command<>(type, output, arguments));
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
