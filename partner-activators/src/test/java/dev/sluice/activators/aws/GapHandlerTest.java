package dev.sluice.activators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.Environment;
import dev.sluice.activators.LambdaCall;
import dev.sluice.activators.People;
import dev.sluice.activators.propagator.Gap;
import dev.sluice.model.profile.SegmentedProfileJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Promises of the repair as deployed, through the real clients: a gap that is noted is repaired from the table and then no
 * more; without time it stays open; without a gap nothing is read or put; it does only its own work.
 */
final class GapHandlerTest {
    private final FakeAws aws = new FakeAws();
    private final GapHandler handler = new GapHandler(
            new Environment(Map.of(
                    "SLUICE_ACTIVATIONS_STREAM",
                    "activations",
                    "SLUICE_LAKE_BUCKET",
                    "lake",
                    "SLUICE_S3_PATH_STYLE",
                    "true",
                    "SLUICE_PROFILES_TABLE",
                    "profiles")),
            FakeAws.PATIENCE);

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void aGapIsRepairedFromTheTable() {
        aws.store(
                "demo/u1",
                new String(SegmentedProfileJson.write(People.profile("u1", 4, "a")), StandardCharsets.UTF_8));
        assertThat(handle(60_000)).isEqualTo(Map.of("open", false, "profiles", 0L));
        assertThat(aws.records()).isEmpty();
        marks().write(Gap.NAME, new Gap(Instant.EPOCH, Gap.Reason.WAS_OFF).toJson());

        assertThat(handle(1_000)).isEqualTo(Map.of("open", true, "profiles", 0L));
        var call = new LambdaCall(60_000);
        assertThat(handler.handleRequest(Map.of("work", "gap"), call)).isEqualTo(Map.of("open", false, "profiles", 1L));

        assertThat(call.log()).contains("{\"function\":\"gap\",\"gap\":true,\"open\":false,\"profiles\":1,");
        assertThat(People.lines(aws.records()))
                .singleElement()
                .satisfies(line -> assertThat(line.key().person()).isEqualTo("u1"));
        assertThat(marks().read(Gap.NAME)).isEmpty();
    }

    @Test
    void itDoesOnlyItsOwnWorkAndSaysWhenItCannot() {
        assertThatThrownBy(() -> handler.handleRequest(Map.of("work", "due"), new LambdaCall(60_000)))
                .hasMessage("work must be gap");
        aws.down(true);
        assertThatThrownBy(() -> handle(60_000)).hasMessage("the notes of gaps do not answer");
    }

    private Map<String, Object> handle(int millis) {
        return handler.handleRequest(Map.of("work", "gap"), new LambdaCall(millis));
    }

    private static S3Marks marks() {
        return new S3Marks(AwsClients.s3(true, FakeAws.PATIENCE), "lake");
    }
}
