package dev.sluice.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.rules.aws.FakeDynamoDb;
import dev.sluice.rules.aws.LocalS3;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole program on a free port of the loopback, with a table of its own, and a client that knows the token. */
public final class ConsoleUnderTest implements AutoCloseable {
    public static final String TOKEN = "the-token-of-this-test-0123456789";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final FakeDynamoDb dynamoDb;
    private final ConfigurableApplicationContext application;
    private final URI address;

    private ConsoleUnderTest(FakeDynamoDb dynamoDb, ConfigurableApplicationContext application) {
        this.dynamoDb = dynamoDb;
        this.application = application;
        this.address =
                URI.create("http://127.0.0.1:" + application.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Starts it; {@code more} are arguments as on its command line. */
    public static ConsoleUnderTest start(URI s3, Path folder, String... more) throws IOException {
        var dynamoDb = new FakeDynamoDb();
        System.setProperty("aws.region", "eu-west-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        System.setProperty("aws.endpointUrlS3", s3.toString());
        System.setProperty("aws.endpointUrlDynamoDb", dynamoDb.endpoint().toString());
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--sluice.rules.token-file=" + tokenFile(folder),
                "--sluice.rules.rule-sets-bucket=" + LocalS3.BUCKET,
                "--sluice.rules.rule-sets-table=" + FakeDynamoDb.TABLE,
                "--sluice.rules.s3-path-style=true",
                // More than any machine takes; a fault's test may want less.
                "--sluice.rules.aws-timeout=30s",
                // No connection that a client means to use again is closed by the server first.
                "--server.tomcat.connection-timeout=2m"));
        for (String argument : more) {
            // Given twice, a value would be a list of both.
            String key = argument.substring(0, argument.indexOf('=') + 1);
            arguments.removeIf(before -> before.startsWith(key));
            arguments.add(argument);
        }
        try {
            return new ConsoleUnderTest(
                    dynamoDb, SpringApplication.run(RulesApplication.class, arguments.toArray(String[]::new)));
        } catch (RuntimeException e) {
            dynamoDb.close();
            throw e;
        }
    }

    /** A file in this folder that holds the token. */
    public static Path tokenFile(Path folder) throws IOException {
        return Files.writeString(folder.resolve("token"), TOKEN + "\n");
    }

    /** Its table and the faults of it. */
    public FakeDynamoDb dynamoDb() {
        return dynamoDb;
    }

    public URI address() {
        return address;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(address + path)));
    }

    /** Any request with a body, with the token and further headers; one of them may be another Authorization. */
    public HttpResponse<String> send(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .setHeader("Authorization", "Bearer " + TOKEN)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        return send(request);
    }

    /** Posts with the token. */
    HttpResponse<String> post(String path, String body) {
        return send("POST", path, body, Map.of());
    }

    /** Publishes with the token. */
    HttpResponse<String> publish(String account, String draft) {
        return publish(account, draft, Map.of());
    }

    /** Publishes with the token and further headers; one of them may be another Authorization. */
    HttpResponse<String> publish(String account, String draft, Map<String, String> headers) {
        return publish(account, BodyPublishers.ofString(draft), headers);
    }

    HttpResponse<String> publish(String account, HttpRequest.BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(address + "/v1/accounts/" + account + "/rule-sets"))
                .header("Content-Type", "application/json")
                .setHeader("Authorization", "Bearer " + TOKEN)
                .POST(body);
        headers.forEach(request::setHeader);
        return send(request);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofMinutes(2)).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("no answer", e);
        }
    }

    /** An answer's body. */
    static Value.Fields json(HttpResponse<String> answer) {
        return JsonText.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    /** An answer's header, or a text that says that it is not there. */
    static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("no " + name);
    }

    @Override
    public void close() {
        application.close();
        dynamoDb.close();
    }
}
