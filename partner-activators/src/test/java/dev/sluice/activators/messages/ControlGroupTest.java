package dev.sluice.activators.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.PersonKey;
import java.math.BigDecimal;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: the same people are held out for ever, and a query computes who; the share is right; a larger percentage holds
 * out the same people and more; another key holds out others.
 */
class ControlGroupTest {
    /** Part of 10,000 in which each person falls: vectors that must never change (echo -n demo/welcome/p1 | sha256sum). */
    @ParameterizedTest
    @CsvSource({"p1, 2850", "p2, 3871", "anonymous:7/8, 4282"})
    void vectors(String person, int part) {
        var key = new PersonKey("demo", person);

        assertThat(group(part, "welcome").holdsOut(key)).isFalse();
        assertThat(group(part + 1, "welcome").holdsOut(key)).isTrue();
    }

    @Test
    void aTenthOfThePeopleIsATenth() {
        assertThat(heldOut(group(1_000, "welcome"))).isBetween(1_900L, 2_100L);
    }

    @Test
    void moreHoldsOutTheSameAndMore() {
        long both = IntStream.range(0, 20_000)
                .mapToObj(ControlGroupTest::person)
                .filter(person ->
                        group(500, "a").holdsOut(person) && !group(1_000, "a").holdsOut(person))
                .count();

        assertThat(both).isZero();
    }

    @Test
    void anotherKeyHoldsOutOthers() {
        long both = IntStream.range(0, 20_000)
                .mapToObj(ControlGroupTest::person)
                .filter(person ->
                        group(1_000, "a").holdsOut(person) && group(1_000, "b").holdsOut(person))
                .count();

        assertThat(both).isBetween(140L, 260L);
    }

    @Test
    void noneAndAllArePossible() {
        assertThat(heldOut(group(0, "a"))).isZero();
        assertThat(heldOut(group(10_000, "a"))).isEqualTo(20_000);
        assertThatThrownBy(() -> group(10_001, "a")).isInstanceOf(IllegalArgumentException.class);
    }

    private static long heldOut(ControlGroup group) {
        return IntStream.range(0, 20_000).filter(i -> group.holdsOut(person(i))).count();
    }

    private static PersonKey person(int number) {
        return new PersonKey("demo", "person-" + number);
    }

    private static ControlGroup group(int parts, String key) {
        return new ControlGroup(BigDecimal.valueOf(parts, 2), key);
    }
}
