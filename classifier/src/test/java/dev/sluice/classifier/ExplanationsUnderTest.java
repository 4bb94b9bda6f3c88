package dev.sluice.classifier;

import dev.sluice.classifier.drools.DroolsMatcher;
import dev.sluice.classifier.drools.Explanation;
import dev.sluice.classifier.memory.MemoryDueIndex;
import dev.sluice.classifier.memory.MemoryIdentities;
import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Explanations of one account over stores in memory, at a moment that is set.
 */
final class ExplanationsUnderTest {
    static final PersonKey ANNA = Samples.person("anna");

    static final RuleSet RULES = new RuleSet("demo", 7, RuleSetJson.readSegments("""
            {"segments":[
              {"id":"buyer","kind":"append","when":{"event":{"name":"Order Completed"}}},
              {"id":"skipping-buyer","kind":"live","when":{"allOf":[
                {"segment":"buyer"},{"count":{"name":"Ad Skipped","last":"P1D","atLeast":2}}]}},
              {"id":"quiet","kind":"live","when":{"count":{"name":"Ad Skipped","last":"P1D","exactly":0}}}]}""".getBytes(StandardCharsets.UTF_8)));

    final AtomicInteger tokens = new AtomicInteger();

    final MemoryDueIndex dues = new MemoryDueIndex();

    final MemoryUserStates states = new MemoryUserStates();

    final MemoryIdentities identities = new MemoryIdentities();

    final RunningRules rules = running();

    final MemoryProfiles profiles = new MemoryProfiles();

    Instant now = Samples.NOON.plusSeconds(600);

    final Explanations explanations = new Explanations(rules, stores(), new Explanation(RuleFunctions.installed()));

    static RunningRules running() {
        var published = new MemoryRuleSets();
        published.publish(RULES);
        var rules = Samples.runningRules(published, DroolsMatcher::of, List.of("demo"));
        rules.poll();
        return rules;
    }

    static Occurrence occurrence(String id, Instant at) {
        return new Occurrence(id, EventType.TRACK, Optional.of("Ad Skipped"), at, at, Value.Fields.NONE);
    }

    Stores stores() {
        return new Stores(states, profiles, dues, identities, tokens::toString, () -> now);
    }

    static Value.Fields json(String text) {
        return JsonText.readObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
