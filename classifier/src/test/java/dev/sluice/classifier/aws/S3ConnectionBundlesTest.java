package dev.sluice.classifier.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.ConnectionBundles;
import dev.sluice.classifier.ConnectionBundlesContract;
import dev.sluice.model.activation.Connections;
import dev.sluice.model.activation.ConnectionsJson;
import dev.sluice.model.bundle.KeyClaim;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Beside what every {@link ConnectionBundles} promises: objects that are named otherwise are passed over; a bundle that says
 * that it is another's is not read; a service that fails is unreachable.
 */
class S3ConnectionBundlesTest extends ConnectionBundlesContract {
    private final FakeAws aws = new FakeAws();
    private final S3Client client = AwsClients.s3(aws.endpoint());
    private final S3ConnectionBundles bundles = new S3ConnectionBundles(client, FakeAws.BUCKET);

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Override
    protected ConnectionBundles bundles() {
        return bundles;
    }

    @Override
    protected void publish(Connections connections) {
        aws.put(key(connections.account(), connections.number()), ConnectionsJson.write(connections));
    }

    @Override
    protected void spoil(String account, int number) {
        aws.put(key(account, number), new byte[] {1});
    }

    @Override
    protected void claim(String account, String sha256) {
        aws.put("read-keys/" + sha256 + ".json", KeyClaim.write(account));
    }

    @Override
    protected void spoilClaim(String sha256) {
        aws.put("read-keys/" + sha256 + ".json", new byte[] {1});
    }

    private static String key(String account, int number) {
        return "connections/%s/%010d.json".formatted(account, number);
    }

    @Test
    void whatIsNamedOtherwiseIsPassedOver() {
        aws.put("connections/demo/README.md", new byte[] {1});
        aws.put("connections/demo/9999999999.json", new byte[] {1});
        aws.put("connections/DEMO/0000000001.json", new byte[] {1});

        assertThat(bundles.newest(5)).isEqualTo(new Answer.Found<>(Map.of()));
    }

    @Test
    void aBundleThatSaysThatItIsAnothersIsNotRead() {
        aws.put(key("demo", 1), ConnectionsJson.write(new Connections("other", 1, List.of(), List.of())));

        assertThat(bundles.read("demo", 1)).isInstanceOf(Answer.Unreadable.class);
    }

    @Test
    void aServiceThatFailsIsUnreachable() {
        aws.failures.set(1_000);

        assertThat(bundles.newest(5)).isInstanceOf(Answer.Unreachable.class);
        assertThat(bundles.read("demo", 1)).isInstanceOf(Answer.Unreachable.class);
        assertThat(bundles.owner("ab")).isInstanceOf(Answer.Unreachable.class);
    }
}
