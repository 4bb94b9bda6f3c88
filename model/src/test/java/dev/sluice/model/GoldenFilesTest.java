package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.activation.ActivationLine;
import dev.sluice.model.activation.ConnectionsJson;
import dev.sluice.model.activation.ProfileChangeJson;
import dev.sluice.model.bundle.KeyClaim;
import dev.sluice.model.plan.TrackingPlanJson;
import dev.sluice.model.profile.RecentJson;
import dev.sluice.model.profile.SegmentChangeJson;
import dev.sluice.model.profile.SegmentedProfileJson;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.RuleSetReportJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Promises: every record that some release has stored or sent is read by this code, and what this code writes is what
 * the release wrote, to the byte.
 */
class GoldenFilesTest {
    @Test
    void anEventIsReadWithAllThatRulesAndTracesNeed() throws IOException {
        Event event = EventJson.read(golden("event"));

        assertThat(event)
                .isEqualTo(new Event(
                        new PersonKey("demo", "u1"),
                        "m-1",
                        EventType.TRACK,
                        Optional.of("Ad Clicked"),
                        Instant.parse("2026-11-21T06:40:10.123Z"),
                        Instant.parse("2026-11-21T06:40:11.250Z"),
                        Optional.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                        event.properties(),
                        Value.Fields.NONE,
                        List.of(new Identifier(Identifier.USER, "u1"), new Identifier(Identifier.ANONYMOUS, "a1"))));
        assertThat(new String(
                        JsonText.writeObject(json -> {
                            json.writeName("properties");
                            JsonText.write(json, event.properties());
                        }),
                        StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"properties\":{\"brand\":\"Acme Cola\",\"rewarded\":true,\"seconds\":12.5,\"tags\":[\"cola\",\"summer\"],\"note\":null}}");
    }

    @Test
    void aRejectedEventSurvives() throws IOException {
        assertSurvives("rejected-event", bytes -> RejectedEvent.fromJson(bytes).toJson());
        assertThat(RejectedEvent.fromJson(golden("rejected-event")).bytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"type\":\"track\"}");
    }

    @Test
    void aRejectedEventKeepsWhatItsBatchSaidOfIt() {
        var event = new RejectedEvent(
                "demo",
                "bad_field",
                "m",
                java.time.Instant.EPOCH,
                "n",
                "",
                "2026-11-21T11:02:00Z",
                "{\"locale\":\"de\"}",
                new byte[] {1});

        RejectedEvent back = RejectedEvent.fromJson(event.toJson());

        assertThat(back.sentAt()).isEqualTo("2026-11-21T11:02:00Z");
        assertThat(back.context()).isEqualTo("{\"locale\":\"de\"}");
    }

    @Test
    void aTrackingPlanSurvives() throws IOException {
        assertSurvives("tracking-plan", bytes -> TrackingPlanJson.write(TrackingPlanJson.read(bytes)));
    }

    @Test
    void connectionsSurvive() throws IOException {
        assertSurvives("connections", bytes -> ConnectionsJson.write(ConnectionsJson.read(bytes)));
    }

    @Test
    void aClaimOfAKeySurvives() throws IOException {
        assertSurvives("key-claim", bytes -> KeyClaim.write(KeyClaim.read(bytes)));
    }

    @Test
    void aRuleSetSurvives() throws IOException {
        assertSurvives("rule-set", bytes -> RuleSetJson.write(RuleSetJson.read(bytes)));
        assertSurvives("rule-set-language", bytes -> RuleSetJson.write(RuleSetJson.read(bytes)));
        assertSurvives("rule-set-share", bytes -> RuleSetJson.write(RuleSetJson.read(bytes)));
    }

    @Test
    void aRuleSetThatWritesDaysAsHoursIsTheSame() throws IOException {
        assertThat(RuleSetJson.read(golden("rule-set-hours"))).isEqualTo(RuleSetJson.read(golden("rule-set")));
    }

    @Test
    void whatTheStreamKeepsSurvives() throws IOException {
        for (String name : List.of("recent", "recent-over-time")) {
            byte[] written = golden("v2/" + name);
            assertSurvives("v2/" + name, bytes -> RecentJson.write(RecentJson.read(bytes)));
            assertThat(RecentJson.read(golden(name))).isEqualTo(RecentJson.read(written));
        }
    }

    @Test
    void aSegmentedProfileSurvives() throws IOException {
        assertSurvives("segmented-profile", bytes -> SegmentedProfileJson.write(SegmentedProfileJson.read(bytes)));
        assertSurvives(
                "segmented-profile-over-time", bytes -> SegmentedProfileJson.write(SegmentedProfileJson.read(bytes)));
        assertSurvives(
                "segmented-profile-shared", bytes -> SegmentedProfileJson.write(SegmentedProfileJson.read(bytes)));
        assertSurvives(
                "segmented-profile-of-a-state", bytes -> SegmentedProfileJson.write(SegmentedProfileJson.read(bytes)));
    }

    @Test
    void aSegmentChangeSurvives() throws IOException {
        assertSurvives("segment-change", bytes -> SegmentChangeJson.write(SegmentChangeJson.read(bytes)));
    }

    @Test
    void aProfileChangeSurvives() throws IOException {
        assertSurvives("v2/profile-change", bytes -> ProfileChangeJson.write(ProfileChangeJson.read(bytes)));
        assertSurvives("v2/profile-change-erased", bytes -> ProfileChangeJson.write(ProfileChangeJson.read(bytes)));
    }

    @Test
    void linesOfTheActivationsStreamOfBothVersionsAreTold() throws IOException {
        assertThat(ActivationLine.read(golden("segment-change")))
                .isEqualTo(new ActivationLine.Single(SegmentChangeJson.read(golden("segment-change"))));
        assertThat(ActivationLine.read(golden("v2/profile-change")))
                .isEqualTo(ProfileChangeJson.read(golden("v2/profile-change")));
    }

    @Test
    void aRuleSetReportSurvives() throws IOException {
        assertSurvives("rule-set-report", bytes -> RuleSetReportJson.write(RuleSetReportJson.read(bytes)));
    }

    private static void assertSurvives(String name, UnaryOperator<byte[]> readAndWrite) throws IOException {
        byte[] golden = golden(name);
        assertThat(new String(readAndWrite.apply(golden), StandardCharsets.UTF_8))
                .isEqualTo(new String(golden, StandardCharsets.UTF_8));
    }

    private static byte[] golden(String name) throws IOException {
        try (var in = GoldenFilesTest.class.getResourceAsStream(
                "/golden/" + (name.contains("/") ? name : "v1/" + name) + ".json")) {
            assertThat(in).as("golden file " + name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
        }
    }
}
