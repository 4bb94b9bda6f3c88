package dev.sluice.activators.messages;

import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a {@link Campaign} from a connection's settings, strictly, all mistakes at once. Stateless. */
final class CampaignReader {
    private static final Set<String> COMMON = Set.of(
            "template",
            "translations",
            "defaults",
            "topic",
            "quietHours",
            "caps",
            "holdoutPercent",
            "holdoutKey",
            "triggered",
            "ttl");
    private static final Duration LONGEST_TTL = Duration.ofHours(75);
    private static final Duration DEFAULT_TTL = Duration.ofHours(24);
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";
    private static final int MOST_TRANSLATIONS = 100;
    private static final int MOST_DEFAULTS = 200;

    private CampaignReader() {}

    static Campaign read(Connection connection, Channel channel) throws InvalidCampaignException {
        var settings = new Settings("", connection.settings(), new ArrayList<>());
        Set<String> known = new HashSet<>(COMMON);
        known.addAll(channel.settings());
        settings.only(known);
        channel.check(connection, settings);
        Optional<Settings> quiet = settings.inner("quietHours");
        var campaign = new Campaign(
                connection.name(),
                named(settings, "topic").orElse(connection.name()),
                templates(settings, channel),
                defaults(settings),
                quiet.flatMap(CampaignReader::quietHours),
                quiet.flatMap(hours -> hours.parsed("zone", ZoneId::of, "a time zone as Europe/Berlin"))
                        .orElse(ZoneOffset.UTC),
                caps(settings),
                controlGroup(settings, connection),
                triggered(settings),
                ttl(settings));
        if (!settings.problems().isEmpty()) {
            throw new InvalidCampaignException(settings.problems());
        }
        return campaign;
    }

    private static Map<String, Map<String, Template>> templates(Settings settings, Channel channel) {
        Map<String, Map<String, Template>> templates = new HashMap<>();
        Optional<Settings> template = settings.inner("template");
        if (template.isEmpty()) {
            settings.problem("template", "is missing");
        }
        template.ifPresent(parts -> templates.put(Campaign.ANY_LANGUAGE, parts(parts, channel)));
        settings.inner("translations").ifPresent(translations -> {
            if (translations.json().fields().size() > MOST_TRANSLATIONS) {
                settings.problem("translations", "may be " + MOST_TRANSLATIONS);
                return;
            }
            for (String language : translations.json().fields().keySet()) {
                if (!language.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
                    translations.problem("(a key)", "must be a language tag as de or pt-BR");
                    continue;
                }
                translations.inner(language).ifPresent(parts -> templates.put(language, parts(parts, channel)));
            }
        });
        return templates;
    }

    private static Map<String, Template> parts(Settings texts, Channel channel) {
        Map<String, Template> parts = new HashMap<>();
        Set<String> known = new HashSet<>();
        for (Part part : channel.parts()) {
            known.add(part.name());
            Optional<String> text = texts.text(part.name());
            if (text.isEmpty()
                    && part.required()
                    && texts.json().find(part.name()).isEmpty()) {
                texts.problem(part.name(), "is missing");
            }
            text.ifPresent(source -> {
                try {
                    parts.put(part.name(), Template.of(source, part.html() ? Template.Kind.HTML : Template.Kind.TEXT));
                } catch (IllegalArgumentException e) {
                    texts.problem(part.name(), String.valueOf(e.getMessage()));
                }
            });
        }
        texts.only(known);
        return parts;
    }

    private static Map<String, Object> defaults(Settings settings) {
        Map<String, Object> defaults = new HashMap<>();
        settings.inner("defaults")
                .ifPresent(values -> values.json().fields().forEach((name, value) -> {
                    boolean simple = !(value instanceof Value.Fields || value instanceof Value.Nothing);
                    if (simple && defaults.size() < MOST_DEFAULTS) {
                        Values.plain(value).ifPresent(plain -> defaults.put(name, plain));
                    } else {
                        values.problem(
                                name.matches("[A-Za-z0-9._-]{1,64}") ? name : "(a key)",
                                "must be a text, a number, a flag or a list, one of at most " + MOST_DEFAULTS);
                    }
                }));
        return defaults;
    }

    private static Optional<QuietHours> quietHours(Settings hours) {
        hours.only(Set.of("from", "to", "zone"));
        Optional<LocalTime> from = hours.parsed("from", LocalTime::parse, "a time as 22:00");
        Optional<LocalTime> to = hours.parsed("to", LocalTime::parse, "a time as 08:00");
        if (from.isEmpty() || to.isEmpty()) {
            hours.problem("from", "and to must both be times as 22:00");
            return Optional.empty();
        }
        if (from.equals(to)) {
            hours.problem("to", "must differ from from");
            return Optional.empty();
        }
        return Optional.of(new QuietHours(from.get(), to.get()));
    }

    private static Caps caps(Settings settings) {
        if (settings.json().find("caps").orElse(Value.NOTHING) instanceof Value.Text(String word)) {
            if (!word.equals("none")) {
                settings.problem("caps", "must be none or an object with day and week");
            }
            return Caps.NONE;
        }
        Optional<Settings> inner = settings.inner("caps");
        if (inner.isEmpty()) {
            return Caps.DEFAULT;
        }
        inner.get().only(Set.of("day", "week"));
        int day = inner.get().whole("day", 1, Caps.MOST).orElse(Caps.DEFAULT.day());
        int week = inner.get().whole("week", 1, Caps.MOST).orElse(Math.max(day, Caps.DEFAULT.week()));
        if (week < day) {
            inner.get().problem("week", "must be no less than day");
            return Caps.DEFAULT;
        }
        return new Caps(day, week);
    }

    private static Optional<ControlGroup> controlGroup(Settings settings, Connection connection) {
        Optional<BigDecimal> percent = settings.number("holdoutPercent");
        String key = named(settings, "holdoutKey").orElse(connection.name());
        if (percent.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ControlGroup(percent.get(), key));
        } catch (IllegalArgumentException e) {
            settings.problem("holdoutPercent", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static boolean triggered(Settings settings) {
        Value triggered = settings.json().find("triggered").orElse(Value.of(true));
        if (triggered instanceof Value.Flag(boolean flag)) {
            return flag;
        }
        settings.problem("triggered", "must be true or false");
        return true;
    }

    private static Duration ttl(Settings settings) {
        Duration ttl =
                settings.parsed("ttl", Duration::parse, "a duration as PT24H").orElse(DEFAULT_TTL);
        if (ttl.compareTo(Duration.ofMinutes(1)) < 0 || ttl.compareTo(LONGEST_TTL) > 0) {
            settings.problem("ttl", "must be 1 minute to 75 hours");
        }
        return ttl;
    }

    private static Optional<String> named(Settings settings, String key) {
        Optional<String> name = settings.text(key);
        name.filter(text -> !text.matches(NAME)).ifPresent(text -> settings.problem(key, "must match " + NAME));
        return name;
    }
}
