package dev.sluice.rules;

import dev.sluice.model.Value;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.sentence.SentenceException;
import dev.sluice.model.rules.sentence.Sentences;

/**
 * Segments whose {@code when} is a sentence in place of JSON: what authors may send, and what they may be shown. Bundles
 * always hold JSON. Stateless.
 */
public final class SentenceConditions {
    private static final String WHEN = "when";

    private SentenceConditions() {}

    /**
     * The segment with the sentence's condition in JSON; as it is if it has no sentence.
     *
     * @throws InvalidRuleException if the sentence is no condition; the place is that of the only segment of a set
     */
    static Value read(Value segment) {
        if (segment instanceof Value.Fields fields && fields.fields().get(WHEN) instanceof Value.Text sentence) {
            try {
                return fields.with(WHEN, RuleSetJson.writeCondition(Sentences.parse(sentence.text())));
            } catch (SentenceException e) {
                throw new InvalidRuleException("segments[0].when: " + e.mistake(), e);
            }
        }
        return segment;
    }

    /** The segment, of a published rule set, with its condition as a sentence. */
    public static Value.Fields write(Value.Fields segment) {
        return segment.with(WHEN, Value.of(Sentences.print(RuleSetJson.readCondition(segment.inner(WHEN)))));
    }
}
