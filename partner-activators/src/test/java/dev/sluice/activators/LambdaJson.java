package dev.sluice.activators;

import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Events and answers in the JSON that Lambda sends and receives, turned by the code that Lambda's runtime uses. */
public final class LambdaJson {
    private LambdaJson() {}

    /** The event in a file of the test's resources. */
    public static <T> T event(String resource, Class<T> type) {
        return LambdaEventSerializers.serializerFor(type, LambdaJson.class.getClassLoader())
                .fromJson(new String(resource(resource), StandardCharsets.UTF_8));
    }

    /** The event in a JSON text. */
    public static <T> T parse(String json, Class<T> type) {
        return LambdaEventSerializers.serializerFor(type, LambdaJson.class.getClassLoader())
                .fromJson(json);
    }

    /** An answer as Lambda receives it. */
    public static <T> String text(T answer, Class<T> type) {
        var out = new ByteArrayOutputStream();
        LambdaEventSerializers.serializerFor(type, LambdaJson.class.getClassLoader())
                .toJson(answer, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** A file of the test's resources. */
    public static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(LambdaJson.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
