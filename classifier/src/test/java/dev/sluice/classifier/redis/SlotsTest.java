package dev.sluice.classifier.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Place;
import io.lettuce.core.cluster.SlotHash;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The text of slots holds exactly their keys; of very scattered slots, and of what is no such text, every key. */
class SlotsTest {
    @Test
    void theTextHoldsExactlyTheirKeys() {
        List<Integer> slots = IntStream.concat(IntStream.of(0, 16_383, 9_000), IntStream.range(100, 5_461))
                .boxed()
                .toList();
        assertThat(Slots.text(slots)).isEqualTo("0 100-5460 9000 16383");
        Predicate<byte[]> holding = Slots.holding(Slots.text(slots));
        for (int i = 0; i < 1_000; i++) {
            byte[] key = Request.bytes("user:demo/p" + i + ":data");
            assertThat(holding.test(key)).isEqualTo(slots.contains(SlotHash.getSlot(key)));
        }
        assertThat(Slots.holding(Slots.text(List.of()))).rejects(Request.bytes("a"));
    }

    @Test
    void ofScatteredSlotsAndOfNoSuchTextItIsEveryKey() {
        assertThat(Slots.text(IntStream.range(0, 8_000).map(i -> 2 * i).boxed().toList()))
                .isEqualTo(Place.EVERYTHING);
        for (String text : List.of(Place.EVERYTHING, "a", "1-", "-1", "999999")) {
            assertThat(Slots.holding(text)).accepts(Request.bytes("a"), Request.bytes("b"));
        }
    }
}
