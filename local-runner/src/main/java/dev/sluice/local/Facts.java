package dev.sluice.local;

import dev.sluice.local.servers.AwsClients;
import dev.sluice.local.simulator.Person;
import dev.sluice.model.EventJson;
import dev.sluice.model.LineBatch;
import dev.sluice.model.activation.ActivationLine;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.DeliveryId;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What lies in the stores, read as anybody could read it. Reads everything: for the end of a run. */
public final class Facts {
    private static final int MAX_UNPACKED = 512 << 20;
    private static final int MAX_READS = 100_000;

    private final AwsClients clients;

    public Facts(AwsClients clients) {
        this.clients = clients;
    }

    /** {@code account/person} to segment to since, of every profile. */
    public Map<String, Map<String, Instant>> profiles() {
        Map<String, Map<String, Instant>> profiles = new HashMap<>();
        for (Map<String, AttributeValue> item : clients.dynamoDb()
                .scanPaginator(scan -> scan.tableName(Resources.PROFILES).consistentRead(true))
                .items()) {
            AttributeValue json = item.get("profile");
            if (json == null) {
                throw new IllegalStateException("an item of the profiles table has no profile");
            }
            SegmentedProfile profile = SegmentedProfileJson.read(json.s().getBytes(StandardCharsets.UTF_8));
            Map<String, Instant> since = new TreeMap<>();
            profile.memberships().forEach((segment, membership) -> since.put(segment, membership.since()));
            profiles.put(profile.key().qualified(), since);
        }
        return profiles;
    }

    /** Ids of the events in the lake. */
    public Set<String> lakeIds() {
        Set<String> ids = new HashSet<>();
        for (S3Object file : objects("events/")) {
            byte[] bytes = clients.s3()
                    .getObjectAsBytes(get -> get.bucket(Resources.LAKE).key(file.key()))
                    .asByteArray();
            LineBatch.decode(bytes, MAX_UNPACKED)
                    .forEach(line -> ids.add(EventJson.read(line).id()));
        }
        return ids;
    }

    /** Ids under which the players' changes on the activations stream are to be delivered to a partner. */
    public Set<String> deliveryIds(String partner) {
        Set<String> ids = new HashSet<>();
        for (Shard shard : clients.kinesis()
                .listShards(list -> list.streamName(Resources.ACTIVATIONS))
                .shards()) {
            read(shard, partner, ids);
        }
        return ids;
    }

    /** How many rule sets the house's account has. */
    public long ruleSets() {
        return clients.s3()
                .listObjectsV2(list -> list.bucket(Resources.RULE_SETS).prefix("rule-sets/" + House.ACCOUNT + "/"))
                .contents()
                .size();
    }

    /** How many objects lie under a prefix of the lake's bucket. */
    public long objectCount(String prefix) {
        long count = 0;
        for (S3Object object : objects(prefix)) {
            count += object.key().isEmpty() ? 0 : 1;
        }
        return count;
    }

    private Iterable<S3Object> objects(String prefix) {
        return clients.s3()
                .listObjectsV2Paginator(list -> list.bucket(Resources.LAKE).prefix(prefix))
                .contents();
    }

    private void read(Shard shard, String partner, Set<String> ids) {
        String iterator = clients.kinesis()
                .getShardIterator(get -> get.streamName(Resources.ACTIVATIONS)
                        .shardId(shard.shardId())
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        for (int reads = 0; iterator != null && reads < MAX_READS; reads++) {
            String at = iterator;
            GetRecordsResponse page = clients.kinesis().getRecords(get -> get.shardIterator(at));
            for (Record record : page.records()) {
                LineBatch.decode(record.data().asByteArray(), MAX_UNPACKED).stream()
                        .map(ActivationLine::read)
                        .flatMap(Facts::changes)
                        .filter(change -> Person.isPlayer(change.key().qualified()))
                        .forEach(change -> ids.add(DeliveryId.of(partner, change)));
            }
            boolean atTheTip = page.records().isEmpty() && page.millisBehindLatest() == 0;
            iterator = atTheTip ? null : page.nextShardIterator();
        }
    }

    private static Stream<SegmentChange> changes(ActivationLine line) {
        return switch (line) {
            case ProfileChange profile -> profile.changes().stream();
            case ActivationLine.Single(SegmentChange change) -> Stream.of(change);
        };
    }
}
