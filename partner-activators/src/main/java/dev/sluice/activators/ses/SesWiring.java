package dev.sluice.activators.ses;

import dev.sluice.activators.CachedSecrets;
import dev.sluice.activators.Environment;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.aws.SecretsManagerExtension;
import dev.sluice.activators.aws.SecretsManagerSecrets;
import dev.sluice.activators.files.FileSecrets;
import dev.sluice.activators.messages.MessageLog;
import dev.sluice.activators.messages.aws.DynamoDbMessageLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the functions of this package are made of. */
final class SesWiring {
    private SesWiring() {}

    /** The page's function: accounts' secrets as files if a directory is named, else from Secrets Manager. */
    static UnsubscribePage page(Environment environment) {
        Clock clock = Clock.systemUTC();
        Secrets secrets = environment
                .optional("SLUICE_SECRETS_DIRECTORY")
                .<Secrets>map(directory -> new FileSecrets(Path.of(directory)))
                .orElseGet(() -> new SecretsManagerExtension(
                        SecretsManagerExtension.ADDRESS,
                        environment.optional("AWS_SESSION_TOKEN").orElse(""),
                        SecretsManagerSecrets.open(Optional.empty(), clock)));
        return new UnsubscribePage(new CachedSecrets(secrets, clock), log(environment), clock);
    }

    /** The log in the ledger's table. */
    static MessageLog log(Environment environment) {
        DynamoDbClient dynamoDb = DynamoDbClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(1))
                        .socketTimeout(Duration.ofSeconds(2)))
                .overrideConfiguration(client ->
                        client.apiCallAttemptTimeout(Duration.ofSeconds(2)).apiCallTimeout(Duration.ofSeconds(5)))
                .build();
        return new DynamoDbMessageLog(dynamoDb, environment.required("SLUICE_LEDGER_TABLE"));
    }
}
