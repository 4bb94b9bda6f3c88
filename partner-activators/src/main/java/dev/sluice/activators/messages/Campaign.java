package dev.sluice.activators.messages;

import dev.sluice.model.activation.Connection;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a connection's settings say of the messages that are sent over it. Immutable.
 *
 * @param topic of which a person may unsubscribe without losing the channel's other topics
 * @param templates by language tag, then by part; under the empty tag stands what is used for everybody else
 * @param defaults values for those of whom they are not known
 * @param zone of people of whom none is known
 * @param triggered whether entering its segments sends it; if not, it is only sent by hand
 * @param ttl how long after a person entered the segment the message is of use
 */
record Campaign(
        String name,
        String topic,
        Map<String, Map<String, Template>> templates,
        Map<String, Object> defaults,
        Optional<QuietHours> quietHours,
        ZoneId zone,
        Caps caps,
        Optional<ControlGroup> controlGroup,
        boolean triggered,
        Duration ttl) {
    /** The tag of the texts for everybody else. */
    static final String ANY_LANGUAGE = "";

    /** @throws InvalidCampaignException with all that is wrong */
    static Campaign of(Connection connection, Channel channel) throws InvalidCampaignException {
        return CampaignReader.read(connection, channel);
    }

    /** The values that its templates name. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        templates.values().forEach(parts -> parts.values().forEach(part -> names.addAll(part.names())));
        return names;
    }

    /** The texts for a person of this language. */
    Map<String, Template> templates(Optional<String> locale) {
        String tag = locale.orElse(ANY_LANGUAGE).replace('_', '-');
        for (String wanted = tag;
                !wanted.isEmpty();
                wanted = wanted.substring(0, Math.max(0, wanted.lastIndexOf('-')))) {
            for (Map.Entry<String, Map<String, Template>> language : templates.entrySet()) {
                if (language.getKey().equalsIgnoreCase(wanted)) {
                    return language.getValue();
                }
            }
        }
        return templates.getOrDefault(ANY_LANGUAGE, Map.of());
    }

    /** The values for a person: what is known, else the defaults. */
    Map<String, Object> values(Recipient recipient, Map<String, Object> provided) {
        Map<String, Object> values = new LinkedHashMap<>(defaults);
        new TreeMap<>(recipient.values())
                .forEach((name, value) -> Values.plain(value).ifPresent(plain -> values.put(name, plain)));
        values.putAll(provided);
        return values;
    }
}
