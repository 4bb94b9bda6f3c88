package dev.sluice.activators.partners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Environment;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.aws.SecretsManagerExtension;
import dev.sluice.activators.aws.SecretsManagerSecrets;
import dev.sluice.activators.files.FileSecrets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Promises: secrets come from files if a directory is named, in a function from the extension, elsewhere from Secrets Manager. */
class SecretsWiringTest {
    private final Map<String, String> variables = new HashMap<>(Map.of(
            "SLUICE_LEDGER_TABLE", "ledger", "SLUICE_LAKE_BUCKET", "lake", "SLUICE_RULE_SETS_BUCKET", "bundles"));

    @Test
    void aCommandReadsSecretsManagerItself() {
        assertThat(secrets()).isInstanceOf(SecretsManagerSecrets.class);
    }

    @Test
    void aFunctionAsksTheExtension() {
        variables.put("AWS_LAMBDA_FUNCTION_NAME", "sluice-dev-push");

        assertThat(secrets()).isInstanceOf(SecretsManagerExtension.class);
    }

    @Test
    void aDirectoryThatIsNamedIsRead() {
        variables.put("SLUICE_SECRETS_DIRECTORY", "secrets");
        assertThat(secrets()).isInstanceOf(FileSecrets.class);
        variables.put("AWS_LAMBDA_FUNCTION_NAME", "sluice-dev-push");
        assertThat(secrets()).isInstanceOf(FileSecrets.class);
    }

    private Secrets secrets() {
        return ActivatorWiring.secrets(ActivatorConfig.of(new Environment(variables)), Clock.systemUTC());
    }
}
