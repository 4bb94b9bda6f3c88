package dev.sluice.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Promises: latency is the nearest rank, from the first post or from when it was due; the report is written as JSON and as
 * text; faults are counted by kind.
 */
class ReportTest {
    private final SampleRun run = new SampleRun();

    @Test
    void percentilesAreTheNearestRank() {
        assertThat(Percentiles.ofNanos(LongStream.rangeClosed(1, 100).map(i -> i * 1_000_000)))
                .isEqualTo(new Percentiles(50, 99, 100));
        assertThat(Percentiles.ofNanos(LongStream.of(7_250_000))).isEqualTo(new Percentiles(7.3, 7.3, 1));
        assertThat(Percentiles.ofNanos(LongStream.empty())).isEqualTo(new Percentiles(0, 0, 0));
    }

    @Test
    void latencyRunsFromTheFirstPostAndFromTheInterception() {
        Report report = run.judge();
        // e1 was sent at 1 ms and arrived at 5 ms; it was intercepted 20 ms before its arrival. Others are unknown.
        assertThat(report.latencyMillis()).isEqualTo(new Percentiles(4, 4, 3));
        assertThat(report.interceptionToPartnerMillis()).isEqualTo(new Percentiles(20, 20, 3));
    }

    @Test
    void whatTimeChangedIsCountedFromWhenItWasDueAndNotFromTheLastEvent() {
        run.deliveries.add(SampleRun.delivery("m9", false, "demo/ann", "new-player", 7, "time"));
        Report report = run.judge();
        assertThat(report.latencyMillis().count()).isEqualTo(3);
        assertThat(report.interceptionToPartnerMillis().count()).isEqualTo(3);
        assertThat(report.dueToPartnerMillis()).isEqualTo(new Percentiles(0, 0, 1));
    }

    @Test
    void theReportIsWrittenAsJson() {
        run.deliveries.clear();
        run.deliveries.add(SampleRun.delivery("m1", true, "demo/ann", "new-player", 1));
        run.changes.retainAll(Set.of("m1"));
        run.lake.remove("e1");
        assertThat(ReportJson.text(run.judge())).isEqualTo("""
                {"v":1,"passed":false,"tookMillis":60000,"accepted":2,"rejected":1,"wronglyAccepted":0,\
                "wronglyRejected":0,"unclearAnswers":0,"uncertain":0,"classified":10,"profileWrites":8,"changes":1,\
                "setAside":0,"delivered":1,"superseded":0,"redelivered":5,"lost":1,"duplicatesDelivered":0,\
                "latencyMillis":{"p50":4.0,"p99":4.0,"count":1},\
                "interceptionToPartnerMillis":{"p50":20.0,"p99":20.0,"count":1},\
                "dueToPartnerMillis":{"p50":0.0,"p99":0.0,"count":0},"peopleCompared":2,\
                "uncertainPeople":0,"membershipMismatches":0,"pushMismatches":0,\
                "failures":["1 accepted events are lost"],\
                "mismatches":["event e1 was accepted and is not in the lake"]}""");
    }

    @Test
    void theReportCountsTheFaultsOfEachKind() {
        run.faults = Faults.ofChaos(7, new TreeMap<>(Map.of("redis-dropped", 2L, "write-late", 1L)));

        assertThat(ReportJson.text(run.judge()))
                .endsWith(",\"chaos\":{\"seed\":7,\"faults\":3,\"byKind\":{\"redis-dropped\":2,\"write-late\":1}}}");
        assertThat(ReportText.of(run.judge()))
                .endsWith("\n  chaos        seed 7, 3 faults; latency is not judged"
                        + "\n               2 redis-dropped, 1 write-late");
    }
}
