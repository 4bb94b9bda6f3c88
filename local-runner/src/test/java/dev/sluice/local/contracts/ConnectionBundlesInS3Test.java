package dev.sluice.local.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.aws.S3ConnectionBundles;
import dev.sluice.activators.connections.ConnectionBundles;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;

/** The bundles of connections in a real S3 server: the newest of each account first, and what is no bundle left out. */
@ExtendWith(SharedServers.class)
class ConnectionBundlesInS3Test {
    private final String bucket = "connections-" + UUID.randomUUID();
    private final LocalServers servers;
    private final ConnectionBundles bundles;

    ConnectionBundlesInS3Test(LocalServers servers) {
        this.servers = servers;
        this.bundles = new S3ConnectionBundles(servers.clients().s3(), bucket);
    }

    @BeforeEach
    void createBucket() {
        servers.clients().s3().createBucket(create -> create.bucket(bucket));
    }

    @Test
    void theNewestOfEachAccountAreListed() throws IOException {
        for (int number = 1; number <= 11; number++) {
            put("connections/demo/%010d.json".formatted(number), "demo " + number);
        }
        put("connections/other/0000000003.json", "other 3");
        put("connections/other/0000000000.json", "none");
        put("connections/other/9999999999.json", "none");
        put("connections/other/3.json", "none");
        put("connections/Other/0000000003.json", "none");
        put("rule-sets/third/0000000003.json", "none");

        assertThat(bundles.newest(2)).isEqualTo(Map.of("demo", List.of(11, 10), "other", List.of(3)));
        assertThat(new String(bundles.read("demo", 11), StandardCharsets.UTF_8)).isEqualTo("demo 11");
    }

    @Test
    void whatIsNotThereCannotBeRead() {
        assertThatThrownBy(() -> bundles.read("demo", 1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new S3ConnectionBundles(servers.clients().s3(), "no-such-bucket").newest(1))
                .isInstanceOf(IOException.class);
    }

    private void put(String key, String body) {
        servers.clients().s3().putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString(body));
    }
}
