package dev.sluice.model.activation;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SegmentChangeJson;

/** One line of the activations stream, of whichever version. */
public sealed interface ActivationLine permits ProfileChange, ActivationLine.Single {
    /** Whom it is about. */
    PersonKey key();

    /**
     * One change by itself, as lines of version 1 hold: nothing is known of how the rest stands, nor of what is shared.
     * Lines of one version of a profile follow each other in the order of its changes.
     */
    record Single(SegmentChange change) implements ActivationLine {
        @Override
        public PersonKey key() {
            return change.key();
        }
    }

    /**
     * Reads a line of the stream.
     *
     * @throws MalformedException if it is none of the versions {@value SegmentChangeJson#VERSION} to {@value
     *     ProfileChangeJson#VERSION}, or not what its version says
     */
    static ActivationLine read(byte[] line) {
        Value.Fields json = JsonText.readObject(line).ofVersions(SegmentChangeJson.VERSION, ProfileChangeJson.VERSION);
        return json.whole("v") == ProfileChangeJson.VERSION
                ? ProfileChangeJson.of(json)
                : new Single(SegmentChangeJson.of(json));
    }
}
