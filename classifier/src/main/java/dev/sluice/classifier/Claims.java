package dev.sluice.classifier;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.Identifier;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an event says of who is who: every id of a kind that the account looks at goes by the person whom the event's key
 * names. The {@code previousId} of an alias may have been a user id or an anonymous id; whatever it was, it goes by the
 * person. Stateless.
 */
final class Claims {
    private Claims() {}

    /**
     * Reads them.
     *
     * @param claims in the order of the ids
     * @param blocked ids that were passed over because they are nobody's
     */
    record Found(List<Claim> claims, int blocked) {
        static final Found NONE = new Found(List.of(), 0);
    }

    static Found of(Event event, IdentityPolicy policy) {
        if (event.identifiers().size() < 2) {
            return Found.NONE;
        }
        PersonKey person = event.key();
        boolean personIsBlocked = policy.isBlocked(person.id());
        List<Claim> claims = new ArrayList<>();
        int blocked = 0;
        for (Identifier identifier : event.identifiers()) {
            for (PersonKey name : names(event, identifier, policy)) {
                if (personIsBlocked || policy.isBlocked(identifier.value())) {
                    blocked++;
                } else {
                    boolean eitherWay = isDevice(person) && isDevice(name) && event.type() != EventType.ALIAS;
                    claims.add(new Claim(name, person, eitherWay, event));
                }
            }
        }
        return new Found(claims, blocked);
    }

    private static boolean isDevice(PersonKey name) {
        return !name.kind().equals(Identifier.USER);
    }

    /** The names that an id may be, without the event's own key. */
    private static List<PersonKey> names(Event event, Identifier identifier, IdentityPolicy policy) {
        List<String> kinds = switch (identifier.kind()) {
            case Identifier.PREVIOUS ->
                event.type() == EventType.ALIAS ? List.of(Identifier.ANONYMOUS, Identifier.USER) : List.of();
            // The user id is the key. One among the external ids is nobody's word that two users are one.
            case Identifier.USER -> List.of();
            default -> List.of(identifier.kind());
        };
        return kinds.stream()
                .filter(policy::takes)
                .flatMap(kind -> name(event.key().account(), kind, identifier.value()).stream())
                .filter(name -> !name.equals(event.key()))
                .toList();
    }

    private static Optional<PersonKey> name(String account, String kind, String value) {
        try {
            return Optional.of(
                    switch (kind) {
                        case Identifier.USER -> PersonKey.ofUser(account, value);
                        case Identifier.ANONYMOUS -> PersonKey.ofAnonymous(account, value);
                        default -> PersonKey.ofIdentifier(account, kind, value);
                    });
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
