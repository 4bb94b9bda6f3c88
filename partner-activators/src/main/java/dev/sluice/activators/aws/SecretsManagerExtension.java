package dev.sluice.activators.aws;

import dev.sluice.activators.Secrets;
import dev.sluice.activators.UnreachableException;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Secrets from AWS Secrets Manager, through the AWS Parameters and Secrets Lambda Extension, a layer that answers on this
 * machine: secret {@code sluice/<account>/<name>}, current version, its text. When it refuses, with 400 and a text that names
 * no reason, whatever the service said to it, the service itself is asked, and its word counts: a secret that is missing must
 * not look like a store that is away. Thread-safe; nothing is kept here.
 *
 * <p>Documentation: AWS Secrets Manager User Guide, "Use AWS Secrets Manager secrets in AWS Lambda functions", read in
 * November 2026.
 */
public final class SecretsManagerExtension implements Secrets {
    /** Where the extension listens unless its own variable says otherwise. */
    public static final URI ADDRESS = URI.create("http://localhost:2773");

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration READ = Duration.ofSeconds(3);
    /** A secret has at most 64 KiB; its JSON escapes may be more. */
    private static final int MAX_BYTES = 512 * 1024;

    private final URI address;
    private final String token;
    private final Secrets service;
    private final Duration read;

    /**
     * @param token by which the extension knows its own function: {@code AWS_SESSION_TOKEN}
     * @param service the store behind the extension
     */
    public SecretsManagerExtension(URI address, String token, Secrets service) {
        this(address, token, service, READ);
    }

    /** @param read how long an answer is waited for */
    SecretsManagerExtension(URI address, String token, Secrets service, Duration read) {
        this.address = address;
        this.token = token;
        this.service = service;
        this.read = read;
    }

    @Override
    public Secret byName(String account, String name) {
        String what = "secret " + name + " of account " + account;
        String id = URLEncoder.encode("sluice/" + account + "/" + name, StandardCharsets.UTF_8);
        try {
            return ask(address.resolve("/secretsmanager/get?secretId=" + id))
                    .orElseGet(() -> service.byName(account, name));
        } catch (IOException | MalformedException e) {
            throw new UnreachableException(
                    what + " cannot be read: " + e.getClass().getSimpleName(), withoutText(e));
        }
    }

    /** Empty if it refuses. */
    private Optional<Secret> ask(URI uri) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) read.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("X-Aws-Parameters-Secrets-Token", token);
        try {
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_OK) {
                try (InputStream in = connection.getInputStream()) {
                    return Optional.of(new Secret(
                            JsonText.readObject(in.readNBytes(MAX_BYTES)).text("SecretString")));
                }
            }
            if (status >= 400 && status <= 499) {
                return Optional.empty();
            }
            throw new IOException("the extension answered " + status);
        } finally {
            connection.disconnect();
        }
    }

    /** An exception whose message may quote what was read stays here. */
    private static Exception withoutText(Exception e) {
        return e instanceof MalformedException ? new IOException("not the JSON of a secret") : e;
    }
}
