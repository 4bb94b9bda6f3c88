package dev.sluice.activators.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promise: a text is counted as what it is paid for (3GPP TS 23.038 and 23.040). */
class SmsTextTest {
    @ParameterizedTest
    @CsvSource({
        "a, 160, 1",
        "a, 161, 2",
        "a, 306, 2",
        "a, 307, 3",
        "a, 612, 4",
        "a, 613, 5",
        "é, 160, 1",
        "€, 80, 1",
        "€, 81, 2",
        "{, 306, 4",
        "ł, 70, 1",
        "ł, 71, 2",
        "ł, 268, 4",
        "ł, 269, 5",
        "😀, 35, 1",
        "😀, 36, 2",
        "😀, 134, 4",
    })
    void aTextIsSentAsSoManyMessages(String letter, int times, int messages) {
        assertThat(SmsText.messages(letter.repeat(times))).isEqualTo(messages);
    }
}
