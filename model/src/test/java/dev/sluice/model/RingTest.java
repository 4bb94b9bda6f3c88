package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: a person's slot never changes (the vectors were computed by another program from the Javadoc's words);
 * people spread evenly; neighbouring slots form groups, and a whole number of them fills the ring; a slot's explicit hash key is where its share of Kinesis' key space begins.
 */
class RingTest {
    @ParameterizedTest
    @CsvSource({
        "demo/u1,225",
        "demo/u2,139",
        "demo/anonymous:a1,230",
        "other/u1,64",
        "demo/玩家-7,105",
        "demo/user@example.com,215",
        "a/0,231"
    })
    void aPersonStandsWhereItAlwaysStood(String person, int slot) {
        assertThat(Ring.slot(PersonKey.parse(person))).isEqualTo(slot);
    }

    @Test
    void peopleSpreadEvenlyOverAllSlots() {
        var people = new int[Ring.SLOTS];
        for (int i = 0; i < 256_000; i++) {
            people[Ring.slot(new PersonKey("demo", "user-" + i))]++;
        }
        assertThat(IntStream.of(people).min().orElseThrow()).isEqualTo(920);
        assertThat(IntStream.of(people).max().orElseThrow()).isEqualTo(1082);
    }

    @Test
    void neighbouringSlotsFormGroupsThatFillTheRing() {
        int[] groups = IntStream.range(0, Ring.SLOTS)
                .map(slot -> Ring.group(slot, Ring.SLOTS_PER_RECORD))
                .toArray();

        assertThat(groups).containsSubsequence(0, 16, 32, 240);
        assertThat(groups[15]).isZero();
        assertThat(groups[255]).isEqualTo(240);
        assertThat(IntStream.of(groups).distinct()).hasSize(16);
        assertThat(IntStream.rangeClosed(-300, 300).filter(Ring::mayShareARecord))
                .containsExactly(1, 2, 4, 8, 16, 32, 64);
    }

    @Test
    void theHashKeysDivideTheKeySpaceEvenly() {
        assertThat(Ring.explicitHashKey(0)).isEqualTo("0");
        assertThat(new BigInteger(Ring.explicitHashKey(1))).isEqualTo(BigInteger.TWO.pow(120));
        assertThat(new BigInteger(Ring.explicitHashKey(255)).add(BigInteger.TWO.pow(120)))
                .isEqualTo(BigInteger.TWO.pow(128));
    }
}
