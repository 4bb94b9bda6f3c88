package dev.sluice.local.contracts;

import dev.sluice.classifier.RuleSets;
import dev.sluice.classifier.RuleSetsContract;
import dev.sluice.classifier.aws.S3RuleSets;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;

/** What the classifier expects of where rule sets are published, held against a real S3 server. */
@ExtendWith(SharedServers.class)
class RuleSetsInS3Test extends RuleSetsContract {
    private final String bucket = "rule-sets-" + UUID.randomUUID();
    private final LocalServers servers;

    RuleSetsInS3Test(LocalServers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void createBucket() {
        servers.clients().s3().createBucket(create -> create.bucket(bucket));
    }

    @Override
    protected RuleSets ruleSets() {
        return new S3RuleSets(servers.clients().s3(), bucket);
    }

    @Override
    protected void publish(String account, int number, byte[] bundle) {
        servers.clients()
                .s3()
                .putObject(
                        put -> put.bucket(bucket).key("rule-sets/%s/%010d.json".formatted(account, number)),
                        RequestBody.fromBytes(bundle));
    }
}
