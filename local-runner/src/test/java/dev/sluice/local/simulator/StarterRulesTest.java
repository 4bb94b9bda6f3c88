package dev.sluice.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Promises: the truth knows every segment of the starter rule set, in its order, and no other. */
class StarterRulesTest {
    @Test
    void theTruthKnowsEverySegmentOfTheStarterRuleSet() throws IOException {
        List<String> ids = new ArrayList<>();
        try (InputStream file =
                        Objects.requireNonNull(StarterRulesTest.class.getResourceAsStream("/rules/mobile-game.json"));
                JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), file)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && json.currentName().equals("id")) {
                    json.nextToken();
                    ids.add(json.getString());
                }
            }
        }
        assertThat(ids).isEqualTo(Segments.ALL);
    }
}
