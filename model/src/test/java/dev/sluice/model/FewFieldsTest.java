package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/**
 * Promises: few fields and many behave as a map that keeps its order; an object that was read has the fields that were
 * written, in their order, however many there are.
 */
class FewFieldsTest {
    @Test
    void itIsTheMapThatItWasMadeOf() {
        for (int size = 0; size <= FewFields.MAX; size++) {
            Map<String, Value> fields = fields(size);
            FewFields few = FewFields.copyOf(fields);

            assertThat(few).hasSize(size).isEqualTo(fields).hasSameHashCodeAs(fields);
            assertThat(fields).isEqualTo(few);
            assertThat(new ArrayList<>(few.keySet())).isEqualTo(new ArrayList<>(fields.keySet()));
            List<String> seen = new ArrayList<>();
            few.forEach((name, value) -> {
                seen.add(name);
                assertThat(few.get(name)).isEqualTo(value).isEqualTo(fields.get(name));
                assertThat(few.containsKey(name)).isTrue();
            });
            assertThat(seen).isEqualTo(new ArrayList<>(fields.keySet()));
            assertThat(few.get("other")).isNull();
            assertThat(few.containsKey("other")).isFalse();
        }
    }

    @Test
    void nothingCanBeChanged() {
        FewFields few = FewFields.copyOf(fields(2));
        assertThatThrownBy(() -> few.put("other", Value.of(1))).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> few.remove("name-0")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> few.entrySet().iterator().next().setValue(Value.of(1)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void itEnds() {
        var entries = FewFields.copyOf(fields(1)).entrySet().iterator();
        entries.next();
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void anObjectOfAnySizeIsReadInItsOrder() {
        for (int size = 0; size <= 2 * FewFields.MAX + 1; size++) {
            var written = new Value.Fields(fields(size));
            byte[] json = JsonText.writeObject(out -> written.fields().forEach((name, value) -> {
                out.writeName(name);
                JsonText.write(out, value);
            }));
            Value.Fields read = JsonText.readObject(json);

            assertThat(read).isEqualTo(written).hasSameHashCodeAs(written);
            assertThat(new ArrayList<>(read.fields().keySet()))
                    .isEqualTo(new ArrayList<>(fields(size).keySet()));
        }
    }

    @Test
    void aChangeOfTheMapThatItWasMadeOfDoesNotReachIt() {
        Map<String, Value> fields = fields(2);
        var made = new Value.Fields(fields);
        fields.clear();
        assertThat(made.fields()).hasSize(2);
    }

    @Test
    void wholeNumbersAreReadToTheLastDigit() {
        for (String number : List.of(
                "0",
                "-0",
                "10",
                "-100",
                "9223372036854775807",
                "-9223372036854775808",
                "9223372036854775808",
                "12345678901234567890123456789012345678")) {
            Value.Fields read = JsonText.readObject(("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8));
            assertThat(read.find("n")).contains(new Value.Decimal(new BigDecimal(number)));
        }
    }

    private static Map<String, Value> fields(int size) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            fields.put("name-" + (i * 7 % 40), Value.of(i));
        }
        return fields;
    }
}
