package dev.sluice.activators.partners;

import dev.sluice.activators.Partner;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.http.PinnedHttp;
import dev.sluice.activators.webhook.WebhookPartner;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The kinds of partner that there are: a new one is one folder and one line here. Stateless. */
final class Partners {
    private static final Map<String, Function<Services, Partner>> KINDS = new TreeMap<>(Map.of(
            "webhook", it -> new WebhookPartner(it.http(), it.http().guard(), it.secrets(), it.clock())));

    private Partners() {}

    /** What a partner's adapter may need. */
    record Services(PinnedHttp http, Secrets secrets, Clock clock) {}

    /** @throws IllegalArgumentException if there is no such kind */
    static Partner byName(String name, Services services) {
        Function<Services, Partner> kind = KINDS.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("SLUICE_PARTNER must be one of " + String.join(", ", KINDS.keySet()));
        }
        return kind.apply(services);
    }

    /** Names of all kinds. */
    static Set<String> names() {
        return KINDS.keySet();
    }
}
