package dev.sluice.infra;

import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * The way to partners: the propagator, each kind of partner with functions of its own, and what e-mail needs. It keeps no
 * data, and can be removed and deployed again within a day, which is how long the table's stream waits.
 */
final class ActivationStack extends Stack {
    private static final String MODULE = "partner-activators";

    ActivationStack(Construct scope, Deployment deployment, StoresStack stores, Parts parts) {
        super(
                scope,
                "Activation",
                StackProps.builder()
                        .stackName(deployment.environment().stackName("activation"))
                        .description("Sluice: changes of profiles to partners")
                        .env(deployment.environment().placement())
                        .build());
        var around = Surroundings.of(deployment, parts.code().of(MODULE));
        new PropagatorFunctions(this, stores, around.outsideOfNetworks());
        PartnerFunctions last = null;
        for (var kind : parts.kinds()) {
            var functions = new PartnerFunctions(this, kind, stores, around);
            if (last != null) {
                functions.registeredAfter(last);
            }
            last = functions;
        }
        new MailFunctions(this, stores, around);
    }

    /**
     * What the stack is made of.
     *
     * @param kinds of partner, each once
     */
    record Parts(FunctionCode code, List<PartnerKind> kinds) {
        Parts {
            kinds = List.copyOf(kinds);
            if (kinds.stream().map(PartnerKind::name).distinct().count() < kinds.size()) {
                throw new IllegalArgumentException("a kind of partner is there twice");
            }
        }
    }
}
