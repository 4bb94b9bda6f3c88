package dev.sluice.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a run can be told:
 * - a lake and an output, in any order, with or without slashes at the end; Parquet unless told otherwise;
 * - an output that would replace events is refused, as is anything missing, repeated or unknown;
 * - help is asked for by one word among any others, and names every argument.
 */
final class CountArgumentsTest {
    @Test
    void aLakeAndAnOutputAreEnough() {
        assertThat(CountArguments.parse("--output", "s3://counts/hourly/", "--lake", "s3://lake//"))
                .isEqualTo(new CountArguments("s3://lake", "s3://counts/hourly", OutputFormat.PARQUET));
    }

    @Test
    void theFormatCanBeJson() {
        assertThat(CountArguments.parse("--lake", "lake", "--output", "out", "--format", "json")
                        .format())
                .isEqualTo(OutputFormat.JSON);
    }

    @Test
    void foldersAreNamedFromTheRoots() {
        var told = new CountArguments("s3://lake", "s3://lake/counts", OutputFormat.PARQUET);

        assertThat(told.events()).isEqualTo("s3://lake/events");
        assertThat(told.counts()).isEqualTo("s3://lake/counts/counts");
        assertThat(told.setAside()).isEqualTo("s3://lake/counts/set-aside");
    }

    @ParameterizedTest
    @CsvSource({
        "--output out, --lake is missing",
        "--lake lake, --output is missing",
        "--lake lake --output, --output needs a value",
        "--lake lake --lake lake, --lake is given twice",
        "--lake lake --to out, unknown argument --to",
        "--lake lake --output out --format csv, --format csv is neither parquet nor json",
        "--lake / --output out, --lake '/' is not a folder",
        "--lake lake --output lake, --output lake would replace events",
        "--lake lake --output lake/events, --output lake/events would replace events",
        "--lake lake --output lake/events/2026/, --output lake/events/2026 would replace events",
    })
    void whatCannotBeMeantIsRefused(String line, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CountArguments.parse(line.split(" ", -1)))
                .withMessageStartingWith(message);
    }

    @Test
    void anOutputBesideTheEventsIsFine() {
        assertThat(CountArguments.parse("--lake", "lake", "--output", "lake/events-by-hour")
                        .output())
                .isEqualTo("lake/events-by-hour");
    }

    @Test
    void helpIsAskedForAmongAnythingElse() {
        assertThat(CountArguments.askForHelp("--lake", "--help")).isTrue();
        assertThat(CountArguments.askForHelp("--lake", "help")).isFalse();
        assertThat(CountArguments.USAGE).contains("--lake", "--output", "--format", "--help");
    }
}
