package dev.sluice.classifier.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.LastGoodRules;
import dev.sluice.classifier.LastGoodRules.Kept;
import dev.sluice.classifier.LastGoodRulesContract;
import dev.sluice.classifier.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Beside what every {@link LastGoodRules} promises:
 *
 * <ul>
 *   <li>it leaves one file an account, whatever was left half written before;
 *   <li>a file that was cut short anywhere, or is another account's, is unreadable and never taken for less;
 *   <li>a directory that cannot be used is said to be so.
 * </ul>
 */
class DiskLastGoodRulesTest extends LastGoodRulesContract {
    private static final Kept KEPT = new Kept(Optional.of(Samples.rules(7, 2)), Map.of(8, "why"));

    @TempDir
    private Path directory;

    @Override
    protected LastGoodRules lastGood() {
        return new DiskLastGoodRules(directory.resolve("made/when/needed"));
    }

    private Path file() {
        return directory.resolve("made/when/needed/demo.json");
    }

    @Test
    void itLeavesOneFileAnAccount() throws IOException {
        lastGood().keep("demo", KEPT);
        Files.writeString(file().resolveSibling("demo.json.new"), "half wri");
        lastGood().keep("demo", KEPT);

        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void aFileCutShortAnywhereIsUnreadable() throws IOException {
        lastGood().keep("demo", KEPT);
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThat(lastGood().read("demo")).as("%d bytes", length).isInstanceOf(Answer.Unreadable.class);
        }
    }

    @Test
    void aFileOfAnotherAccountIsUnreadable() throws IOException {
        lastGood().keep("demo", KEPT);
        Files.move(file(), file().resolveSibling("other.json"));

        assertThat(lastGood().read("other")).isInstanceOf(Answer.Unreadable.class);
    }

    @Test
    void aFileThatIsTooLargeIsUnreadable() throws IOException {
        lastGood().keep("demo", KEPT);
        Files.write(file(), new byte[DiskLastGoodRules.MAX_FILE + 1]);

        assertThat(lastGood().read("demo")).isInstanceOf(Answer.Unreadable.class);
    }

    @Test
    void aDirectoryThatCannotBeUsedIsSaidToBeSo() throws IOException {
        Path notADirectory = Files.createFile(directory.resolve("file"));
        var nowhere = new DiskLastGoodRules(notADirectory);

        assertThat(nowhere.keep("demo", KEPT))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("the last good rule set cannot be kept"));
        assertThat(nowhere.read("demo")).isInstanceOf(Answer.Unreachable.class);
    }
}
