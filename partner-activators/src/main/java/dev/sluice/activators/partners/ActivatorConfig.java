package dev.sluice.activators.partners;

import dev.sluice.activators.Environment;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What an activator must be told.
 *
 * @param ledgerTable DynamoDB table of the ledger ({@code SLUICE_LEDGER_TABLE})
 * @param lakeBucket S3 bucket for what it sets aside ({@code SLUICE_LAKE_BUCKET})
 * @param connectionsBucket S3 bucket of published connections ({@code SLUICE_RULE_SETS_BUCKET})
 * @param secretsDirectory partners' secrets as files instead of in Secrets Manager ({@code SLUICE_SECRETS_DIRECTORY})
 * @param s3PathStyle whether the bucket's name goes into the path ({@code SLUICE_S3_PATH_STYLE}, false if not set)
 * @param allowLoopback whether partners may be on this machine ({@code SLUICE_EGRESS_ALLOW_LOOPBACK}, false if not set)
 * @param standIn address of what stands in for the partner, on this machine only ({@code SLUICE_PARTNER_STAND_IN})
 * @param sessionToken by which the extension that reads secrets knows this function ({@code AWS_SESSION_TOKEN})
 * @param inLambda whether this is a function, beside which the extension runs ({@code AWS_LAMBDA_FUNCTION_NAME} is set)
 * @param secretsManager Secrets Manager's address, if not AWS's own ({@code AWS_ENDPOINT_URL_SECRETS_MANAGER})
 */
public record ActivatorConfig(
        String ledgerTable,
        String lakeBucket,
        String connectionsBucket,
        Optional<Path> secretsDirectory,
        boolean s3PathStyle,
        boolean allowLoopback,
        Optional<URI> standIn,
        String sessionToken,
        boolean inLambda,
        Optional<URI> secretsManager) {
    public ActivatorConfig {
        if (standIn.isPresent() && !(allowLoopback && isHere(standIn.get()))) {
            throw new IllegalArgumentException("SLUICE_PARTNER_STAND_IN must be an address of this machine, and"
                    + " SLUICE_EGRESS_ALLOW_LOOPBACK be true: partners' secrets go there");
        }
    }

    private static boolean isHere(URI address) {
        return address.getHost() != null
                && Set.of("127.0.0.1", "localhost", "[::1]").contains(address.getHost());
    }

    /** @throws IllegalArgumentException naming the variable that is missing or wrong */
    public static ActivatorConfig of(Environment environment) {
        return new ActivatorConfig(
                environment.required("SLUICE_LEDGER_TABLE"),
                environment.required("SLUICE_LAKE_BUCKET"),
                environment.required("SLUICE_RULE_SETS_BUCKET"),
                environment.optional("SLUICE_SECRETS_DIRECTORY").map(Path::of),
                environment.flag("SLUICE_S3_PATH_STYLE"),
                environment.flag("SLUICE_EGRESS_ALLOW_LOOPBACK"),
                environment.optional("SLUICE_PARTNER_STAND_IN").map(URI::create),
                environment.optional("AWS_SESSION_TOKEN").orElse(""),
                environment.optional("AWS_LAMBDA_FUNCTION_NAME").isPresent(),
                environment.optional("AWS_ENDPOINT_URL_SECRETS_MANAGER").map(URI::create));
    }

    /** Says nothing of the token. */
    @Override
    public String toString() {
        return "ActivatorConfig[" + ledgerTable + ", " + lakeBucket + "]";
    }
}
