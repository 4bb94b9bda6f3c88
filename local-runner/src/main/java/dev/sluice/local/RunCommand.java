package dev.sluice.local;

import dev.sluice.local.chaos.ChaosPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code ./sluice run} was asked for.
 *
 * @param limit after which it ends by itself
 * @param report file for the summary as JSON
 * @param rate events a second
 * @param players simulated
 * @param seed of the simulation
 * @param traffic whether players are simulated at all
 * @param portBase first port
 * @param chaos seed of the faults that are played, if any
 */
record RunCommand(
        Optional<Duration> limit,
        Optional<Path> report,
        double rate,
        int players,
        long seed,
        boolean traffic,
        int portBase,
        Optional<Long> chaos) {

    private static final double MAX_RATE = 100_000;
    private static final int MAX_PLAYERS = 100_000;

    /** @throws IllegalArgumentException naming the option and what it may be */
    RunCommand {
        require(rate > 0 && rate <= MAX_RATE, "--rate must be over 0 and at most 100000");
        require(players >= 1 && players <= MAX_PLAYERS, "--players must be 1 to 100000");
        HouseSettings.requirePortBase(portBase);
        if (chaos.isPresent()) {
            require(traffic, "--chaos needs simulated players: without them there is nothing to compare");
            require(
                    limit.filter(run -> run.compareTo(ChaosPlan.SHORTEST_RUN) >= 0)
                            .isPresent(),
                    "--chaos needs --for with at least " + ChaosPlan.SHORTEST_RUN.toSeconds() + "s");
        }
        report.ifPresent(file -> {
            require(traffic, "--report needs simulated players: without them there is nothing to compare");
            require(limit.isPresent(), "--report needs --for: a run that is broken off has no verdict");
            Path folder = file.toAbsolutePath().getParent();
            require(
                    folder != null && Files.isDirectory(folder) && Files.isWritable(folder),
                    "--report: the folder " + folder + " does not exist or cannot be written");
        });
    }

    /** The faults that are played, if any. */
    Optional<ChaosPlan> plan() {
        return chaos.flatMap(seed -> limit.map(run -> ChaosPlan.of(seed, run)));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** {@code 90s}, {@code 5m}, {@code 1h}, or ISO 8601. */
    static final class Time implements ITypeConverter<Duration> {
        private static final Pattern SHORT = Pattern.compile("(\\d{1,6})(s|m|h)");
        private static final Duration MAX = Duration.ofDays(7);

        @Override
        public Duration convert(String text) {
            Duration time = parse(text);
            if (!time.isPositive() || time.compareTo(MAX) > 0) {
                throw new TypeConversionException("'" + text + "' must be over 0 and at most 7 days");
            }
            return time;
        }

        private static Duration parse(String text) {
            Matcher matcher = SHORT.matcher(text);
            if (!matcher.matches()) {
                try {
                    return Duration.parse(text);
                } catch (DateTimeParseException e) {
                    throw new TypeConversionException("'" + text + "' is not a time such as 60s, 5m or 1h");
                }
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
        }
    }
}
