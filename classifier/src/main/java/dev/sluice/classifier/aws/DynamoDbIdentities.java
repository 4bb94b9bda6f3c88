package dev.sluice.classifier.aws;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Identities;
import dev.sluice.classifier.Identity;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Names as {@link VersionedItems}: the attribute {@code identity} is the JSON. */
public final class DynamoDbIdentities implements Identities {
    private final VersionedItems<PersonKey, Identity> items;

    /** As the other, within a minute. */
    public DynamoDbIdentities(DynamoDbClient dynamoDb, String table, Executor executor) {
        this(dynamoDb, table, executor, Duration.ofMinutes(1));
    }

    /**
     * @param executor bounds how many requests are under way at once, and may turn requests away; the caller closes it
     * @param within how long a call about several people waits: who is not done then is unreachable
     */
    public DynamoDbIdentities(DynamoDbClient dynamoDb, String table, Executor executor, Duration within) {
        this.items = new VersionedItems<>(dynamoDb, table, new Text(), executor, within);
    }

    @Override
    public Map<PersonKey, Answer<Identity>> read(Collection<PersonKey> names) {
        Map<PersonKey, Answer<Identity>> answers = new LinkedHashMap<>();
        items.read(names)
                .forEach((name, answer) -> answers.put(
                        name,
                        switch (answer) {
                            case Answer.Found<Optional<Identity>>(var found) ->
                                new Answer.Found<>(found.orElse(Identity.unknown(name)));
                            case Answer.Unreadable<Optional<Identity>>(var reason) -> new Answer.Unreadable<>(reason);
                            case Answer.Unreachable<Optional<Identity>>(var reason) -> new Answer.Unreachable<>(reason);
                        }));
        return answers;
    }

    @Override
    public Map<PersonKey, WriteResult> write(List<Identity> identities) {
        return items.write(identities);
    }

    private static final class Text implements VersionedItems.Form<PersonKey, Identity> {
        @Override
        public String attribute() {
            return "identity";
        }

        @Override
        public PersonKey key(Identity item) {
            return item.name();
        }

        @Override
        public String text(PersonKey key) {
            return key.qualified();
        }

        @Override
        public long version(Identity item) {
            return item.version();
        }

        @Override
        public String writer(Identity item) {
            return item.writer();
        }

        @Override
        public byte[] write(Identity item) {
            return IdentityJson.write(item);
        }

        @Override
        public Identity read(byte[] json) {
            return IdentityJson.read(json);
        }
    }
}
