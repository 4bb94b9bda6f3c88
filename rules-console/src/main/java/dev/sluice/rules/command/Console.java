package dev.sluice.rules.command;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A running rules console, asked about one account. */
final class Console implements AutoCloseable {
    private static final int MAX_ANSWER = 16 << 20;
    private static final int MAX_TOKEN = 1024;
    private static final int SERVER_ERRORS = 500;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI address;
    private final String account;
    private final Optional<Path> tokenFile;

    /**
     * A console at an address, {@code http://127.0.0.1:7101} say.
     *
     * @throws Failure if it is not one, or the token would travel readable for all on the way
     */
    Console(URI address, String account, Optional<Path> tokenFile) {
        if (!Set.of("http", "https").contains(String.valueOf(address.getScheme())) || address.getHost() == null) {
            throw Failure.wrongUse("--console must be an address such as http://127.0.0.1:7101");
        }
        if (!account.matches("[a-z0-9][a-z0-9-]{0,31}")) {
            throw Failure.wrongUse("--account must match [a-z0-9][a-z0-9-]{0,31}");
        }
        this.address = address;
        this.account = account;
        this.tokenFile = tokenFile;
    }

    /** What was answered; only 5xx and silence are failures here. */
    record Answer(int status, Value.Fields json) {
        boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    /** @param path below the account, such as {@code rule-sets/current} */
    Answer get(String path) {
        return ask(request(path).GET());
    }

    String account() {
        return account;
    }

    /** Sends with the token; {@code current} is the number that must still be the current one. */
    Answer change(String path, byte[] body, OptionalInt current) {
        HttpRequest.Builder request = request(path)
                .header("Authorization", "Bearer " + token())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        current.ifPresent(number -> request.header("If-Match", "\"" + number + "\""));
        return ask(request);
    }

    private HttpRequest.Builder request(String path) {
        String base = address.toString().replaceFirst("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + "/v1/accounts/" + account + "/" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json");
    }

    private String token() {
        Path file = tokenFile.orElseThrow(
                () -> Failure.wrongUse("--token-file must name the file with the bearer token of those who publish"));
        String host = address.getHost();
        boolean stays = host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
        if (!"https".equals(address.getScheme()) && !stays) {
            throw Failure.wrongUse("--console must be an https address: over http others could read the token");
        }
        try (InputStream in = Files.newInputStream(file)) {
            String token = new String(in.readNBytes(MAX_TOKEN), StandardCharsets.UTF_8).strip();
            if (!token.matches("[A-Za-z0-9._~+/=-]+")) {
                throw Failure.wrongUse("--token-file " + file + " must hold one token and nothing else");
            }
            return token;
        } catch (IOException e) {
            throw Failure.wrongUse("--token-file " + file + " cannot be read: " + Wording.why(e));
        }
    }

    private Answer ask(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return read(answer.statusCode(), body.readNBytes(MAX_ANSWER + 1));
            }
        } catch (IOException e) {
            throw Failure.unreachable("the console at " + address + " does not answer: "
                    + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted");
        }
    }

    private Answer read(int status, byte[] body) {
        try {
            if (body.length > MAX_ANSWER) {
                throw new MalformedException("too long");
            }
            var answer = new Answer(status, JsonText.readObject(body));
            if (status < SERVER_ERRORS) {
                return answer;
            }
            throw Failure.unreachable("the console at " + address + " answered " + status + ": "
                    + answer.json().findText("message").orElse("no reason given"));
        } catch (MalformedException e) {
            throw Failure.unreachable("what answers at " + address + " is not a rules console (status " + status + ")");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
