package dev.sluice.tracker.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an event says of its trace:
 *
 * <ul>
 *   <li>the client's context, if it is one
 *   <li>otherwise a fresh one, never one with an id of zeros, whatever the random numbers are
 *   <li>of fresh ones no two are alike, and no more than eight bytes differ
 * </ul>
 */
final class TraceParentsTest {
    private static final String FORM = "00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01";

    @Test
    void theClientsContextIsKept() {
        String clients = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

        assertThat(new TraceParents(new SplittableRandom(1)).of(clients)).isEqualTo(clients);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "00-00000000000000000000000000000000-b7ad6b7169203331-00",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-00"
            })
    void inThePlaceOfAnythingElseStandsAFreshOne(String header) {
        assertThat(new TraceParents(new SplittableRandom(1)).of(header)).matches(FORM);
        assertThat(new TraceParents(() -> 0).of(header)).matches(FORM);
    }

    @Test
    void noTwoFreshOnesAreAlikeAndNoMoreThanEightBytesDiffer() {
        var traces = new TraceParents(new SplittableRandom(1));

        assertThat(IntStream.range(0, 1_000).mapToObj(i -> traces.of(null)))
                .doesNotHaveDuplicates()
                .allSatisfy(trace -> {
                    assertThat(trace).startsWith(traces.of(null).substring(0, 19));
                    assertThat(trace.substring(36, 52)).isEqualTo(trace.substring(19, 35));
                });
    }
}
