package dev.sluice.local;

import dev.sluice.local.servers.ServerFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a program's JVM is started.
 *
 * @param variables of its environment
 * @param flags what stands before {@code -jar}
 */
public record Jvm(Map<String, String> variables, List<String> flags) {
    /** A program that has no Procfile: starts quickly, and several of them fit one machine. */
    public static final Jvm SMALL = new Jvm(
            Map.of(),
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx320m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow"));

    /** The one line of a Procfile: {@code web: NAME=value java -flag -jar program.jar}. */
    private static final Pattern WEB =
            Pattern.compile("web:((?: [A-Z_]+=\\S+)*) java((?: -\\S+)*) -jar \\S+\\.jar\\s*");

    public Jvm {
        variables = Map.copyOf(variables);
        flags = List.copyOf(flags);
    }

    /**
     * As a module's Procfile starts it in production, {@link #SMALL} if the module has none.
     *
     * @throws ServerFailure if the Procfile cannot be read or starts something else
     */
    public static Jvm of(Path module) {
        Path procfile = module.resolve("Procfile");
        return Files.exists(procfile) ? read(procfile) : SMALL;
    }

    private static Jvm read(Path procfile) {
        try {
            Matcher web = WEB.matcher(Files.readString(procfile));
            if (!web.matches()) {
                throw new ServerFailure(procfile + " is not of the form: web: NAME=value java -flag -jar program.jar");
            }
            Map<String, String> variables = new LinkedHashMap<>();
            words(web.group(1)).map(word -> word.split("=", 2)).forEach(pair -> variables.put(pair[0], pair[1]));
            return new Jvm(variables, words(web.group(2)).toList());
        } catch (IOException failed) {
            throw new ServerFailure(procfile + " cannot be read: " + failed.getMessage(), failed);
        }
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty());
    }
}
