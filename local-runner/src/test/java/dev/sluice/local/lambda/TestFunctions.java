package dev.sluice.local.lambda;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Settings of functions whose handlers are on this test's own class path. */
public final class TestFunctions {
    private TestFunctions() {}

    public static LambdaFunctionSettings settings(String name, Class<?> handler, Map<String, String> environment) {
        return LambdaFunctionSettings.of(name, handler.getName(), classPath(), environment);
    }

    private static List<Path> classPath() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .map(Path::of)
                .toList();
    }
}
