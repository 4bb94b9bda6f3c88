package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Codec;
import dev.sluice.model.EventJson;
import dev.sluice.model.LineBatch;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.RecentJson;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Promises: what is measured does what it says, so that a figure is never of work not done. */
class BenchmarksTest {
    @Test
    void theSampleEventsAreEventsOfAboutTheStatedSize() {
        assertThat(SampleEvents.lines(500)).allSatisfy(line -> {
            assertThat(line.length).isBetween(450, 600);
            assertThat(EventJson.read(line).properties().find("brand")).isPresent();
        });
    }

    @Test
    void aBatchOfFiveHundredComesBackWhole() {
        var wire = new WireBenchmark();
        assertThat(LineBatch.decode(wire.pack500(), 1 << 22)).hasSize(500);
        assertThat(wire.unpack500()).hasSize(500);
    }

    @Test
    void bothReadersKeepEveryEvent() {
        var intake = new IntakeBenchmark();
        for (IntakeBenchmark.Reader reader : IntakeBenchmark.Reader.values()) {
            intake.reader = reader;
            assertThat(intake.single()).isEqualTo(2_500);
            assertThat(intake.batchOf50()).isEqualTo(2_500);
        }
    }

    @Test
    void eachCodecPacksWhatComesBackWhole() {
        var codecs = new CodecBenchmark();
        for (String codec : List.of("GZIP-1", "ZSTD-3")) {
            codecs.codec = codec;
            assertThat(LineBatch.decode(codecs.pack(), 1 << 22)).hasSize(500);
        }
    }

    @Test
    void aFullBatchIsAQuarterOfItsEventsByGzipAndAFifthByZstd() {
        List<byte[]> lines = new IntakeBenchmark().stored().subList(0, 450);
        int raw = lines.stream().mapToInt(line -> line.length).sum();

        assertThat(LineBatch.encode(lines, Codec.GZIP).length).isLessThan(raw / 4);
        assertThat(LineBatch.encode(lines, Codec.ZSTD).length).isLessThan(raw / 5);
    }

    @Test
    void allEnginesGiveTheSameAnswersAboutWhatIsMeasuredAndSomeAreYes() {
        var game = new GameRules(RulesBenchmark.SEED, 1_000);
        RuleSet rules = game.rules(1_000);
        List<Matcher> engines = Stream.of(RulesBenchmark.Engine.values())
                .map(engine -> engine.of(rules))
                .toList();
        int yes = 0;
        for (Observation observation : game.observations(50)) {
            List<Set<String>> answers = engines.stream()
                    .<Set<String>>map(engine -> Set.copyOf(engine.matching(observation)))
                    .distinct()
                    .toList();
            assertThat(answers).hasSize(1);
            yes += answers.get(0).size();
        }
        assertThat(yes).isBetween(50, 5_000);
    }

    @Test
    void anEventThatIsCalledQuietIsKeptAndChangesNoMembership() {
        var events = new QuietEvents(1_000);
        for (int person = 0; person < events.count(); person++) {
            Recent before = events.read(person).recent();
            Recent after = RecentJson.read(events.take(person));
            assertThat(after.events()).hasSize(before.events().size() + 1);
            assertThat(after.head().memberships()).isEqualTo(before.head().memberships());
            assertThat(after).isEqualTo(events.fold(person));
            assertThat(after).isEqualTo(RecentJson.read(events.write(person)));
        }
    }

    @Test
    void whatIsBuiltAnswers() {
        var build = new RulesBuildBenchmark();
        build.segments = 100;
        build.read();
        build.forget();

        assertThat(build.buildAndSwap())
                .isEqualTo(RulesBenchmark.Engine.PLAIN_JAVA
                        .of(new GameRules(RulesBenchmark.SEED, 100).rules(100))
                        .matching(onePerson()));
    }

    private static Observation onePerson() {
        var game = new GameRules(RulesBenchmark.SEED, 100);
        game.rules(100);
        return game.observations(1).get(0);
    }
}
