package dev.sluice.glue.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.glue.CountArguments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Scala script, which only Glue compiles, calls the main class that exists with arguments that it understands. */
final class GlueScriptTest {
    @Test
    void theScriptCallsTheMainClassWithArgumentsItUnderstands() throws IOException {
        var script = script();
        var arguments = new ArrayList<String>();
        var literal = Pattern.compile("\"(--[a-z]+)\", told\\(\"([a-z]+)\"\\)").matcher(script);
        while (literal.find()) {
            arguments.add(literal.group(1));
            arguments.add(literal.group(2));
        }

        assertThat(script)
                .contains("import " + HourlyEventCounts.class.getName() + "\n")
                .contains("HourlyEventCounts.main(Array(");
        assertThat(CountArguments.parse(arguments.toArray(String[]::new)).lake())
                .isEqualTo("lake");
    }

    private static String script() throws IOException {
        try (var in = GlueScriptTest.class.getResourceAsStream("/glue/HourlyEventCounts.scala")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
