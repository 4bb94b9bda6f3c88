package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.rules.RuleSet;
import dev.sluice.rules.memory.MemoryBundleCatalog;
import dev.sluice.rules.memory.MemoryBundleRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * What {@link History} and {@link RuleSetDiff} promise:
 *
 * <ul>
 *   <li>pages are newest first and bounded, and say whether there is more;
 *   <li>an entry that is missing in the catalog is made from the bundle, in full, and added;
 *   <li>a diff names what was added, removed and changed, and in what; order means nothing.
 * </ul>
 */
class HistoryTest {
    private final MemoryBundleRepository<RuleSet> repository = new MemoryBundleRepository<>(RuleSetKind.RULE_SETS);
    private final MemoryBundleCatalog catalog = new MemoryBundleCatalog();
    private final History history = new History(repository, catalog);

    @Test
    void pagesAreNewestFirst() {
        var publisher = new Publisher(repository, catalog, 1);
        for (int i = 0; i < 5; i++) {
            assertThat(publisher.publish("demo", Samples.segments("s"), Samples.AUTHORSHIP, OptionalInt.empty()))
                    .isInstanceOf(Publication.Published.class);
        }

        History.Page newest = history.before("demo", 999, 2);
        History.Page rest = history.before("demo", 4, 9);

        assertThat(newest.numbers()).containsExactly(1, 2, 3, 4, 5);
        assertThat(newest.entries()).extracting(History.Entry::number).containsExactly(5, 4);
        assertThat(newest.more()).isTrue();
        assertThat(rest.entries()).extracting(History.Entry::number).containsExactly(3, 2, 1);
        assertThat(rest.more()).isFalse();
        assertThat(history.before("nobody", 9, 9).entries()).isEmpty();
    }

    @Test
    void aMissingEntryIsMadeFromTheBundle() {
        var by = new Authorship(
                Optional.of("Zoë"), Optional.of("sale"), Instant.parse("2026-11-21T10:00:00Z"), OptionalInt.of(3));
        assertThat(repository.store(Samples.rules("demo", 1, "one"), by)).isTrue();
        assertThat(repository.store(Samples.rules("demo", 2, "two"), by)).isTrue();

        BundleInfo expected = BundleInfo.of(RuleSetKind.RULE_SETS, Samples.rules("demo", 1, "one"), by);
        assertThat(history.find("demo", 1)).contains(expected);
        assertThat(catalog.find("demo", 1)).contains(expected);
        assertThat(history.before("demo", 9, 9).entries())
                .extracting(History.Entry::info)
                .allMatch(Optional::isPresent);
        assertThat(catalog.find("demo", 2)).isPresent();
        assertThat(history.find("demo", 3)).isEmpty();
    }

    @Test
    void theHashIsOfTheContentAlone() {
        String hash = ContentHash.of(Samples.rules("demo", 1, "one"));

        assertThat(hash).matches("[0-9a-f]{64}").isEqualTo(ContentHash.of(Samples.rules("other", 2, "one")));
        assertThat(hash).isNotEqualTo(ContentHash.of(Samples.rules("demo", 1, "two")));
    }

    @Test
    void aDiffNamesWhatWasAddedRemovedAndChanged() {
        var before = Samples.parsed("demo", 1, """
                {"segments":[
                  {"id":"gone","kind":"live","when":{"trait":"t","exists":true}},
                  {"id":"same","kind":"live","when":{"trait":"t","exists":true}},
                  {"id":"rule","name":"Old","kind":"live","when":{"trait":"t","exists":true}},
                  {"id":"kind","kind":"overwrite","group":"g","rank":1,"parent":"same","when":{"trait":"t","exists":true}}]}
                """);
        var after = Samples.parsed("demo", 2, """
                {"segments":[
                  {"id":"kind","kind":"append","when":{"trait":"t","exists":true}},
                  {"id":"rule","name":"New","kind":"live","when":{"trait":"u","exists":true}},
                  {"id":"same","kind":"live","when":{"trait":"t","exists":true}},
                  {"id":"new","kind":"live","when":{"trait":"t","exists":true}}]}
                """);

        RuleSetDiff diff = RuleSetDiff.between(before, after);

        assertThat(diff.removed()).extracting(segment -> segment.text("id")).containsExactly("gone");
        assertThat(diff.added()).extracting(segment -> segment.text("id")).containsExactly("new");
        assertThat(diff.changed()).extracting(RuleSetDiff.Change::id).containsExactly("kind", "rule");
        assertThat(diff.changed().getFirst().what()).containsExactlyInAnyOrder("kind", "group", "rank", "parent");
        assertThat(diff.changed().getLast().what()).containsExactlyInAnyOrder("name", "when");
        assertThat(diff.changed().getLast().before().text("name")).isEqualTo("Old");
        assertThat(diff.same()).isEqualTo(1);
        assertThat(RuleSetDiff.between(after, after))
                .isEqualTo(new RuleSetDiff(List.of(), List.of(), List.of(), 4, Optional.empty()));
    }
}
