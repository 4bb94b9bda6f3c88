package dev.sluice.local.contracts;

import dev.sluice.classifier.ConnectionBundles;
import dev.sluice.classifier.ConnectionBundlesContract;
import dev.sluice.classifier.aws.S3ConnectionBundles;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import dev.sluice.model.activation.Connections;
import dev.sluice.model.activation.ConnectionsJson;
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
        put(connections.account(), connections.number(), ConnectionsJson.write(connections));
    }

    @Override
    protected void spoil(String account, int number) {
        put(account, number, new byte[] {1});
    }

    private void put(String account, int number, byte[] bytes) {
        servers.clients()
                .s3()
                .putObject(
                        put -> put.bucket(bucket).key("connections/%s/%010d.json".formatted(account, number)),
                        RequestBody.fromBytes(bytes));
    }
}
