package dev.sluice.activators.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.LambdaJson;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerLine;
import dev.sluice.activators.ledger.LedgerSamples;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Promises: an entry is read as it was written, that of the golden file too; a person's name stands in it once. */
final class LedgerEntryJsonTest {
    @Test
    void theGoldenFileIsReadAndWritten() {
        byte[] golden = LambdaJson.resource("/golden/v1/ledger-entry.json");

        assertThat(LedgerEntryJson.read(golden)).isEqualTo(LedgerSamples.claimed());
        assertThat(new String(LedgerEntryJson.write(LedgerSamples.claimed()), StandardCharsets.UTF_8))
                .isEqualTo(new String(golden, StandardCharsets.UTF_8).strip());
    }

    @Test
    void aNameStandsInItOnce() {
        String json = new String(LedgerEntryJson.write(LedgerSamples.claimed()), StandardCharsets.UTF_8);

        assertThat(json.split("a@example\\.com", -1)).hasSize(2);
    }

    @Test
    void whatIsKeptOfAnEventIsReadAsItWasWritten() {
        LedgerEntry entry = LedgerSamples.claimed();
        var lines = new TreeMap<>(entry.lines());
        lines.replaceAll((segment, line) -> new LedgerLine(
                line.wanted(), line.places(), line.last(), Optional.of("{\"event.product\":\"Sword\"}")));

        assertThat(LedgerEntryJson.read(LedgerEntryJson.write(entry.with(lines))))
                .isEqualTo(entry.with(lines));
        assertThat(new String(LedgerEntryJson.write(entry.with(lines)), StandardCharsets.UTF_8).split("Sword", -1))
                .hasSize(2);
    }
}
