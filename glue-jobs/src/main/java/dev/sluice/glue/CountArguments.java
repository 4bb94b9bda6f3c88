package dev.sluice.glue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the hourly counts is told.
 *
 * @param lake the lake's root, which holds {@code events/YYYY/MM/DD/HH/}: a path or a URI, without a slash at the end
 * @param output where counts and unreadable lines go, replacing those of the run before; never within the lake's events
 * @param format of the counts
 */
public record CountArguments(String lake, String output, OutputFormat format) {
    public static final String USAGE = """
            Counts the lake's events by account, hour of event time, type and name.

              --lake PATH      the lake's root, which holds events/YYYY/MM/DD/HH/
              --output PATH    receives counts/ and set-aside/, replacing what is there
              --format FORMAT  parquet (default) or json
              --help           this text
            """;

    private static final List<String> OPTIONS = List.of("--lake", "--output", "--format");

    public CountArguments {
        lake = withoutLastSlashes("--lake", lake);
        output = withoutLastSlashes("--output", output);
        if (within(events(lake), output) || within(output, events(lake))) {
            throw new IllegalArgumentException("--output " + output + " would replace events of --lake " + lake);
        }
    }

    /** Whether the usage is asked for; then nothing else counts. */
    public static boolean askForHelp(String... arguments) {
        return List.of(arguments).contains("--help");
    }

    /**
     * Reads {@code --name value} pairs in any order.
     *
     * @throws IllegalArgumentException naming the first thing that is missing, repeated or not understood
     */
    public static CountArguments parse(String... arguments) {
        var values = pairs(arguments);
        return new CountArguments(
                required(values, "--lake"), required(values, "--output"), format(values.get("--format")));
    }

    /** The folder of the lake that holds the events. */
    public String events() {
        return events(lake);
    }

    public String counts() {
        return output + "/counts";
    }

    public String setAside() {
        return output + "/set-aside";
    }

    private static Map<String, String> pairs(String... arguments) {
        var values = new LinkedHashMap<String, String>();
        for (var i = 0; i < arguments.length; i += 2) {
            var option = arguments[i];
            if (!OPTIONS.contains(option)) {
                throw new IllegalArgumentException("unknown argument " + option);
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            if (values.put(option, arguments[i + 1]) != null) {
                throw new IllegalArgumentException(option + " is given twice");
            }
        }
        return values;
    }

    private static String required(Map<String, String> values, String option) {
        var value = values.get(option);
        if (value == null) {
            throw new IllegalArgumentException(option + " is missing");
        }
        return value;
    }

    private static OutputFormat format(@Nullable String typed) {
        if (typed == null) {
            return OutputFormat.PARQUET;
        }
        for (var format : OutputFormat.values()) {
            if (format.typed().equals(typed)) {
                return format;
            }
        }
        throw new IllegalArgumentException("--format " + typed + " is neither parquet nor json");
    }

    private static String events(String lake) {
        return lake + "/events";
    }

    private static boolean within(String inner, String outer) {
        return (inner + "/").startsWith(outer + "/");
    }

    private static String withoutLastSlashes(String option, String path) {
        var end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        if (end == 0) {
            throw new IllegalArgumentException(option + " '" + path + "' is not a folder that this job may use");
        }
        return path.substring(0, end);
    }
}
