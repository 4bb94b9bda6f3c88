package dev.sluice.classifier;

import static dev.sluice.classifier.ProgramUnderTest.client;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the whole program is asked about people:
 *
 * <ul>
 *   <li>which names go by someone can be asked for, and a name parted from them;
 *   <li>why someone is in a segment can be asked for, and whether someone was at a moment;
 *   <li>a person without a profile is not found.
 * </ul>
 */
@ExtendWith(ProgramUnderTest.class)
class QuestionsOverHttpTest {
    @Test
    void whoIsWhoCanBeAskedForAndUndone() {
        client.post(Client.plain(
                Samples.line(Household.track(Household.anonymous("h/1"), "h1", "Order Completed", 0)),
                Samples.line(Household.identify(Samples.person("hank"), "h2", 1, Household.anonymousId("h/1")))));
        assertThat(client.profile("hank").memberships()).containsOnlyKeys("buyer");

        assertThat(client.text("/v1/people/demo/hank/names"))
                .isEqualTo("{\"v\":1,\"names\":[{\"name\":\"anonymous:h/1\",\"goesBy\":\"hank\","
                        + "\"since\":\"2026-11-21T12:01:00.040Z\",\"eventId\":\"h2\"}]}");
        assertThat(client.delete("/v1/people/demo/hank/names/anonymous:h%2F1").statusCode())
                .isEqualTo(200);
        assertThat(client.delete("/v1/people/demo/hank/names/anonymous:h%2F1").statusCode())
                .isEqualTo(200);
        assertThat(client.delete("/v1/people/demo/hank/names/anonymous:other").statusCode())
                .isEqualTo(404);

        assertThat(client.profile("hank").memberships()).isEmpty();
        assertThat(client.profile("anonymous:h%2F1").memberships()).containsOnlyKeys("buyer");
        assertThat(client.text("/v1/people/demo/hank/names")).isEqualTo("{\"v\":1,\"names\":[]}");
    }

    @Test
    void whySomeoneIsInASegmentCanBeAskedFor() {
        client.post(Client.plain(Samples.line(Samples.person("gina"), "1", "Order Completed", 0)));

        var response = client.get("/v1/people/demo/gina/segments/buyer/explain");
        assertThat(response.statusCode()).isEqualTo(200);
        Value.Fields explained = JsonText.readObject(response.body()).ofVersion(1);
        assertThat(explained.flag("true")).isTrue();
        assertThat(explained.text("event")).isEqualTo("1");
        assertThat(client.get("/v1/people/demo/gina/segments/unknown/explain").statusCode())
                .isEqualTo(404);
        assertThat(client.get("/v1/people/stranger/gina/segments/buyer/explain").statusCode())
                .isEqualTo(404);
        assertThat(client.get("/v1/people/DEMO/gina/segments/buyer/explain").statusCode())
                .isEqualTo(400);
        assertThat(client.text("/health/ready")).doesNotContain("stranger");
    }

    @Test
    void whetherSomeoneWasInASegmentThenCanBeAskedFor() {
        int weekAgo = -7 * 24 * 60;
        PersonKey hugo = Samples.person("hugo");
        client.post(Client.plain(
                Samples.line(hugo, "1", "Ad Skipped", weekAgo), Samples.line(hugo, "2", "Ad Skipped", weekAgo + 1)));
        String path = "/v1/people/demo/hugo/segments/skips/explain";

        assertThat(JsonText.readObject(client.get(path).body()).text("standing"))
                .as("a week later, by time alone")
                .isEqualTo("was");
        Value.Fields then = JsonText.readObject(
                client.get(path + "?at=2026-11-14T12:30:00Z").body());
        assertThat(then.text("standing")).isEqualTo("is");
        assertThat(then.text("since")).isEqualTo("2026-11-14T12:01:00Z");
        assertThat(then.text("until")).isEqualTo("2026-11-15T12:00:00Z");
        assertThat(then.flag("true")).isTrue();
        assertThat(JsonText.readObject(
                                client.get(path + "?at=2026-11-14T12:00:30Z").body())
                        .text("standing"))
                .isEqualTo("isNot");
        assertThat(client.get(path + "?at=yesterday").statusCode()).isEqualTo(400);
        assertThat(client.get(path + "?at=9999-01-01T00:00:00Z").statusCode()).isEqualTo(400);
    }

    @Test
    void aPersonWithoutAProfileIsNotFound() {
        assertThat(client.get("/v1/people/demo/unknown").statusCode()).isEqualTo(404);
        assertThat(client.get("/v1/people/DEMO/unknown").statusCode()).isEqualTo(400);
    }
}
