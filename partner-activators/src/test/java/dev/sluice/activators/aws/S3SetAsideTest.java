package dev.sluice.activators.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.SetAside;
import dev.sluice.activators.SetAsideContract;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The S3 adapter keeps the contract, through the real client, under keys that sort by hour. */
final class S3SetAsideTest extends SetAsideContract {
    private final FakeAws aws = new FakeAws();
    private final S3SetAside setAside = new S3SetAside(AwsClients.s3(true, FakeAws.PATIENCE), "lake");

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void theKeyNamesFunctionHourAndItem() {
        assertThat(setAside.keep(new SetAside.Item(
                        "propagator", "42", Instant.parse("2026-01-02T03:59:59.999Z"), "why", new byte[] {0, -1})))
                .isTrue();

        assertThat(aws.objects()).containsOnlyKeys("/lake/set-aside/propagator/2026/01/02/03/42.json");
    }

    @Test
    void itemsThatAreKeptTogetherAreOneObjectHoweverOften() {
        List<SetAside.Item> together = Stream.of("42", "43")
                .map(id -> new SetAside.Item("meta", id, Instant.parse("2026-01-02T03:04:05Z"), "no", new byte[] {1}))
                .toList();
        assertThat(setAside.keepAll(together)).isTrue();
        assertThat(setAside.keepAll(together)).isTrue();

        assertThat(aws.objects().keySet())
                .singleElement()
                .asString()
                .matches("/lake/set-aside/meta/2026/01/02/03/[0-9a-f]{32}-2\\.json");
    }

    @Override
    protected SetAside setAside() {
        return setAside;
    }

    @Override
    protected List<SetAside.Item> items() {
        return aws.objects().values().stream()
                .flatMap(object -> FailureBucket.lines(object).stream())
                .map(JsonText::readObject)
                .map(S3SetAsideTest::item)
                .toList();
    }

    @Override
    protected void down(boolean isDown) {
        aws.down(isDown);
    }

    private static SetAside.Item item(Value.Fields json) {
        return new SetAside.Item(
                json.ofVersion(1).text("function"),
                json.text("id"),
                Instant.parse(json.text("at")),
                json.text("reason"),
                Base64.getDecoder().decode(json.text("bytes")));
    }
}
