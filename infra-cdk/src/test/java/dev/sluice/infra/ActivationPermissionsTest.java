package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.infra.Resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What the template of the way to partners promises of who may do what:
 * - each kind of partner has a failure bucket and roles of its own, which reach no other kind's bucket or secrets;
 * - of the ledger, only kinds that send messages reach the log of messages, and nobody may go through or delete the rest;
 * - the link to unsubscribe is open to all, and nothing else is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ActivationPermissionsTest {
    private static final String FUNCTION = "AWS::Lambda::Function";
    private static final String MAPPING = "AWS::Lambda::EventSourceMapping";

    private final Resources activation = Synthesized.ACTIVATION;

    @Test
    void eachKindHasAFailureBucketOfItsOwnAndReachesNoOther() {
        for (var kind : PartnerKinds.ALL) {
            var others = PartnerKinds.ALL.stream()
                    .filter(other -> !other.equals(kind))
                    .map(other -> "Failures" + other.id())
                    .toList();
            for (var function : ofKind(kind)) {
                assertThat(String.valueOf(function.variables().get("SLUICE_LAKE_BUCKET")))
                        .contains("Failures" + kind.id());
                assertThat(role(function).properties().toString())
                        .contains("Failures" + kind.id())
                        .doesNotContain(others);
            }
            assertThat(mappings(kind))
                    .singleElement()
                    .satisfies(mapping ->
                            assertThat(mapping.whole("DestinationConfig")).contains("Failures" + kind.id()));
        }
    }

    @Test
    void noRoleReadsAnotherPartnersSecrets() {
        for (var function : activation.ofType(FUNCTION)) {
            var kind = function.variables().get("SLUICE_PARTNER");
            var isPage = function.text("Handler").endsWith("UnsubscribeHandler");
            var secrets = role(function).statements().stream()
                    .filter(statement -> Resources.actions(statement.get("Action")).stream()
                            .anyMatch(action -> action.startsWith("secretsmanager:")))
                    .toList();
            if (kind == null && !isPage) {
                assertThat(secrets).as(function.id()).isEmpty();
                continue;
            }
            assertThat(secrets).as(function.id()).singleElement().satisfies(statement -> {
                assertThat(statement).containsEntry("Action", "secretsmanager:GetSecretValue");
                assertThat(statement)
                        .containsEntry(
                                "Condition",
                                Map.of(
                                        "StringEquals",
                                        Map.of("aws:ResourceTag/sluice-partner", kind == null ? "email" : kind)));
                assertThat(String.valueOf(statement.get("Resource")))
                        .contains(isPage ? ":secret:sluice/*/unsubscribe-??????" : ":secret:sluice/*");
            });
        }
    }

    @Test
    void onlyKindsThatSendMessagesReachTheLogOfMessages() {
        for (var kind : PartnerKinds.ALL) {
            for (var function : ofKind(kind)) {
                var keys = leadingKeys(function);
                assertThat(keys).as(function.id()).contains("due#*", "entry#*", "flow#*");
                assertThat(keys.contains("messages#*")).as(function.id()).isEqualTo(kind.isMessages());
            }
        }
        assertThat(Stream.of("SesEventsHandler", "UnsubscribeHandler")
                        .flatMap(name -> activation.withHandler(name).stream()))
                .hasSize(2)
                .allSatisfy(function -> assertThat(leadingKeys(function)).containsExactly("messages#*"));
    }

    @Test
    void onlyTheRepairOfGapsGoesThroughATable() {
        for (var function : activation.ofType(FUNCTION)) {
            var actions = new ArrayList<String>();
            role(function).statements().forEach(statement -> Resources.collectActions(statement, actions));
            assertThat(actions.contains("dynamodb:Scan"))
                    .as(function.id())
                    .isEqualTo(function.text("Handler").endsWith("GapHandler"));
        }
    }

    @Test
    void theLinkToUnsubscribeIsOpenToAllAndNothingElseIs() {
        var page = activation.withHandler("UnsubscribeHandler").getFirst();

        assertThat(activation.ofType("AWS::Lambda::Url"))
                .singleElement()
                .satisfies(url -> assertThat(url.text("TargetFunctionArn")).isEqualTo(page.id()));
        assertThat(activation.ofType("AWS::Lambda::Permission"))
                .filteredOn(permission -> "*".equals(permission.properties().get("Principal")))
                .allSatisfy(permission ->
                        assertThat(permission.text("FunctionName")).isEqualTo(page.id()));
    }

    private List<Resource> mappings(PartnerKind kind) {
        return activation.ofType(MAPPING).stream()
                .filter(mapping -> kind.name().equals(kind(mapping)))
                .toList();
    }

    private @Nullable Object kind(Resource mapping) {
        return activation.withId(mapping.text("FunctionName")).variables().get("SLUICE_PARTNER");
    }

    private List<Resource> ofKind(PartnerKind kind) {
        var functions = activation.ofType(FUNCTION).stream()
                .filter(function -> kind.name().equals(function.variables().get("SLUICE_PARTNER")))
                .toList();
        assertThat(functions).as(kind.name()).hasSize(2);
        return functions;
    }

    private Resource role(Resource function) {
        return activation.withId(function.text("Role"));
    }

    private List<String> leadingKeys(Resource function) {
        return role(function).statements().stream()
                .map(statement -> statement.get("Condition"))
                .filter(Objects::nonNull)
                .map(condition -> Resources.object(condition).get("ForAllValues:StringLike"))
                .filter(Objects::nonNull)
                .flatMap(keys -> Resources.actions(Resources.object(keys).get("dynamodb:LeadingKeys")).stream())
                .toList();
    }
}
