package dev.sluice.activators.propagator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.People;
import dev.sluice.activators.UnreachableException;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every table of profiles promises: all segments together hold everybody once; a table that is down says so. */
public abstract class ProfilePagesContract {
    protected abstract ProfilePages pages();

    protected abstract void store(SegmentedProfile profile);

    protected abstract void down(boolean isDown);

    @Test
    void allSegmentsTogetherHoldEverybodyOnce() {
        List<String> stored = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            store(People.profile("u" + i, 1, "a"));
            stored.add("u" + i);
        }
        for (int segments : List.of(1, 3)) {
            List<String> found = new ArrayList<>();
            for (int segment = 0; segment < segments; segment++) {
                Optional<String> after = Optional.empty();
                for (int i = 0; i == 0 || after.isPresent(); i++) {
                    ProfilePages.Page page = pages().page(segment, segments, after, 4);
                    assertThat(page.profiles()).hasSizeLessThanOrEqualTo(4);
                    page.profiles()
                            .forEach(json -> found.add(
                                    SegmentedProfileJson.read(json).key().person()));
                    after = page.next();
                }
            }
            assertThat(found).containsExactlyInAnyOrderElementsOf(stored);
        }
    }

    @Test
    void aTableThatIsDownSaysSo() {
        down(true);

        assertThatThrownBy(() -> pages().page(0, 1, Optional.empty(), 4)).isInstanceOf(UnreachableException.class);
    }
}
