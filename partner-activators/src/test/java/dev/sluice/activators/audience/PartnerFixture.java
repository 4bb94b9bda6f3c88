package dev.sluice.activators.audience;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.Partner;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.Secrets.Secret;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.http.PartnerHttp.Request;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentChange.Direction;
import dev.sluice.model.profile.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file that says which request a change of a segment must become: {@code partners/<partner>/*.json} among the tests'
 * resources. Each names the pages of the partner's documentation, when they were read, and what could not be checked.
 */
public record PartnerFixture(String name, Value.Fields fields) {
    private static final String ACCOUNT = "demo";

    /** All files of a partner, in the order of their names. */
    public static Stream<PartnerFixture> of(String partner) {
        var folder = PartnerFixture.class.getResource("/partners/" + partner);
        if (folder == null) {
            throw new IllegalStateException("no fixtures of " + partner);
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().map(PartnerFixture::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PartnerFixture read(Path file) {
        try {
            return new PartnerFixture(file.getFileName().toString(), JsonText.readObject(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pages that are cited. */
    public List<Value.Fields> documentation() {
        return fields.innerList("documentation");
    }

    public Instant now() {
        return Instant.parse(fields.text("now"));
    }

    public Connection connection() {
        Value.Fields written = fields.inner("connection");
        var audiences = new LinkedHashMap<String, String>();
        written.inner("segments")
                .fields()
                .forEach((segment, audience) -> audiences.put(segment, ((Value.Text) audience).text()));
        return new Connection(
                written.text("name"),
                written.text("partner"),
                Optional.of(audiences),
                new Consent(
                        Consent.Policy.ALL,
                        written.inner("consent").list("all").stream()
                                .map(channel -> ((Value.Text) channel).text())
                                .toList()),
                Optional.of(written.text("secret")),
                false,
                written.inner("settings"));
    }

    /** The changes as deliveries, each person named by the partner. */
    public List<Delivery> deliveries(Partner partner) {
        var deliveries = new ArrayList<Delivery>();
        for (Value.Fields change : fields.innerList("changes")) {
            PersonKey person = new PersonKey(ACCOUNT, change.text("person"));
            var shared = new Shared(change.inner("traits"), Optional.empty());
            deliveries.add(new Delivery(
                    "delivery-" + deliveries.size(),
                    person,
                    change.text("segment"),
                    connection().audience(change.text("segment")).orElseThrow(),
                    change.text("direction").equals("entered") ? Direction.ENTERED : Direction.LEFT,
                    now(),
                    1,
                    1,
                    new Cause(Cause.Kind.EVENT, "e-1", now(), Optional.empty()),
                    partner.recipient(connection(), person, shared).orElseThrow()));
        }
        return deliveries;
    }

    /** The request that it must become: method, address, headers, body. */
    public Sent request() {
        Value.Fields request = fields.inner("request");
        var headers = new LinkedHashMap<String, String>();
        request.inner("headers").fields().forEach((name, value) -> headers.put(name, ((Value.Text) value).text()));
        return new Sent(
                request.text("method"), URI.create(request.text("uri")), Map.copyOf(headers), request.inner("body"));
    }

    /** A request as a fixture has it; the body is JSON. */
    public record Sent(String method, URI uri, Map<String, String> headers, Value.Fields body) {
        static Sent of(Request request) {
            return new Sent(request.method(), request.uri(), request.headers(), JsonText.readObject(request.body()));
        }
    }

    /** Answers every request as the fixture says, and remembers those whose body is JSON. */
    public Recording recording() {
        return new Recording(fields.inner("answer"));
    }

    /** The secret that the connection names. */
    public Secrets secrets() {
        String text = fields.find("secret").orElseThrow() instanceof Value.Text plain
                ? plain.text()
                : new String(
                        JsonText.writeObject(
                                json -> fields.inner("secret").fields().forEach((name, value) -> {
                                    json.writeName(name);
                                    JsonText.write(json, value);
                                })),
                        StandardCharsets.UTF_8);
        return (account, name) -> new Secret(text);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Remembers requests. */
    public static final class Recording implements PartnerHttp {
        private final Value.Fields answer;
        private final List<Sent> sent = new ArrayList<>();

        Recording(Value.Fields answer) {
            this.answer = answer;
        }

        public List<Sent> sent() {
            return List.copyOf(sent);
        }

        @Override
        public Exchange call(Request request, Duration within) {
            if (request.uri().getPath().endsWith("/token")) {
                byte[] token = "{\"access_token\":\"token-1\",\"expires_in\":3600}".getBytes(StandardCharsets.UTF_8);
                return new Exchange.Answered(200, Map.of(), token, true);
            }
            sent.add(Sent.of(request));
            byte[] body =
                    JsonText.writeObject(json -> answer.inner("body").fields().forEach((name, value) -> {
                        json.writeName(name);
                        JsonText.write(json, value);
                    }));
            return new Exchange.Answered((int) answer.whole("status"), Map.of(), body, true);
        }
    }
}
