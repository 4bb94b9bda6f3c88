package dev.sluice.local.contracts;

import dev.sluice.classifier.ConnectionBundles;
import dev.sluice.classifier.ConnectionBundlesContract;
import dev.sluice.classifier.aws.S3ConnectionBundles;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import dev.sluice.model.activation.Connections;
import dev.sluice.model.activation.ConnectionsJson;
import dev.sluice.model.bundle.KeyClaim;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;

/** What the classifier expects of where connections are published, held against a real S3 server. */
@ExtendWith(SharedServers.class)
class ConnectionsInS3Test extends ConnectionBundlesContract {
    private final String bucket = "connections-" + UUID.randomUUID();
    private final LocalServers servers;

    ConnectionsInS3Test(LocalServers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void createBucket() {
        servers.clients().s3().createBucket(create -> create.bucket(bucket));
    }

    @Override
    protected ConnectionBundles bundles() {
        return new S3ConnectionBundles(servers.clients().s3(), bucket);
    }

    @Override
    protected void publish(Connections connections) {
        put(key(connections.account(), connections.number()), ConnectionsJson.write(connections));
    }

    @Override
    protected void spoil(String account, int number) {
        put(key(account, number), new byte[] {1});
    }

    @Override
    protected void claim(String account, String sha256) {
        put("read-keys/" + sha256 + ".json", KeyClaim.write(account));
    }

    @Override
    protected void spoilClaim(String sha256) {
        put("read-keys/" + sha256 + ".json", new byte[] {1});
    }

    private static String key(String account, int number) {
        return "connections/%s/%010d.json".formatted(account, number);
    }

    private void put(String key, byte[] bytes) {
        servers.clients().s3().putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
    }
}
