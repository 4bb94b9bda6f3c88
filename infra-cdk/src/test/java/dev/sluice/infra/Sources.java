package dev.sluice.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the programs' sources say that the infrastructure must follow. Nothing is compiled against them: the CDK's app must
 * build alone.
 */
final class Sources {
    private static final Path MODULES = Path.of("..");
    private static final Pattern KIND = Pattern.compile("\"([a-z0-9]+)\",\\s*it ->");
    private static final Pattern VARIABLE = Pattern.compile("\\b(SLUICE_[A-Z0-9_]+)");
    private static final Pattern REQUIRED = Pattern.compile(
            "required\\(\\s*(?:environment,\\s*)?\"(SLUICE_[A-Z0-9_]+)\"|\"(SLUICE_[A-Z0-9_]+) (?:is not set|must be set)");

    private Sources() {}

    /** The kinds of partner that the program has. */
    static Set<String> kinds() {
        return found(KIND, source("partner-activators", "dev.sluice.activators.partners.Partners"));
    }

    /** Variables without which a program does not start, by the classes that read them. */
    static Set<String> required(String module, String... classes) {
        return found(REQUIRED, sources(module, classes));
    }

    /** All variables of which these classes know. */
    static Set<String> known(String module, String... classes) {
        return found(VARIABLE, sources(module, classes));
    }

    /** Whether there is such a class. */
    static boolean has(String module, String name) {
        return Files.isRegularFile(path(module, name));
    }

    private static String sources(String module, String... classes) {
        return Arrays.stream(classes).map(name -> source(module, name)).reduce("", String::concat);
    }

    private static String source(String module, String name) {
        try {
            return Files.readString(path(module, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path path(String module, String name) {
        return MODULES.resolve(module).resolve("src/main/java").resolve(name.replace('.', '/') + ".java");
    }

    private static Set<String> found(Pattern pattern, String text) {
        var found = new TreeSet<String>();
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    found.add(matcher.group(group));
                }
            }
        }
        return found;
    }
}
