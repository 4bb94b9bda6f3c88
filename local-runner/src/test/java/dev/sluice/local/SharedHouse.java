package dev.sluice.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the whole house, started once for the whole run, with the rules of the mobile game and the segments below,
 * which nobody can be in but who does what only one test's people do. Each test has people of its own, looks at nobody
 * else's, and leaves every part running.
 */
final class SharedHouse implements ParameterResolver {
    /** Who shares it comes after all others: an idle house takes time of the processor too. */
    static final int LAST = Integer.MAX_VALUE;

    /** An operating system that no simulated player has. */
    static final String DEVICE_OS = "PalmOS";
    /** An event that no simulated player sends. */
    static final String EVENT = "Parcel Ordered";

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SharedHouse.class);
    private static final String SEGMENTS = """
            {"id":"on-palm-os","kind":"live","when":{"trait":"deviceOS","equals":"%s"}},
            {"id":"ordered-lately","kind":"live","when":{"count":{"name":"%2$s","last":"PT20S","atLeast":1}}},
            {"id":"no-order-lately","kind":"live","when":{"allOf":[
              {"count":{"name":"%2$s","ever":true,"atLeast":1}},
              {"count":{"name":"%2$s","last":"PT20S","exactly":0}}]}},
            """.formatted(DEVICE_OS, EVENT);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == House.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(HERE).computeIfAbsent(House.class, key -> start(), House.class);
    }

    private static House start() {
        try {
            Path target = Files.createDirectories(Path.of("").toAbsolutePath().resolve("target"));
            House house = TestHouse.start(Files.createTempDirectory(target, "house"));
            TestHouse.publish(house, rules());
            return house;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static byte[] rules() throws IOException {
        try (InputStream starter = Objects.requireNonNull(House.class.getResourceAsStream("/rules/mobile-game.json"))) {
            String rules = new String(starter.readAllBytes(), StandardCharsets.UTF_8);
            String more = rules.replaceFirst("\"segments\"\\s*:\\s*\\[", "\"segments\": [" + SEGMENTS);
            if (more.equals(rules)) {
                throw new IllegalStateException("the rules of the mobile game have no segments");
            }
            return more.getBytes(StandardCharsets.UTF_8);
        }
    }
}
