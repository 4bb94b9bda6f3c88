package dev.sluice.activators.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.messages.Sending;
import dev.sluice.activators.messages.SendingWorld;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Promises: everybody in the segment is sent it once however often it is run; a dry run sends nothing; mistakes are told. */
class SendCommandTest {
    private final SendingWorld world = new SendingWorld();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everybodyIsSentItOnceHoweverOftenItIsRun() {
        List<String> people =
                IntStream.range(0, 600).mapToObj(i -> "p" + i).sorted().toList();
        people.forEach(person -> world.add(person, "UTC"));

        assertThat(run("--id", "spring")).isZero();
        assertThat(run("--id", "spring")).isZero();
        assertThat(world.sent()).hasSize(600).containsExactlyInAnyOrderElementsOf(people);
        assertThat(out.toString()).contains("sending spring over offers to gold", "       600 sent");
    }

    @Test
    void anotherSendingIsSentAgain() {
        world.add("anna", "UTC");
        run("--id", "spring");
        run("--id", "summer");

        assertThat(world.sent()).containsExactly("anna", "anna");
    }

    @Test
    void aDryRunSendsNothing() {
        world.add("anna", "UTC");
        world.add("bert", "America/Los_Angeles");

        assertThat(run("--dry-run")).isZero();
        assertThat(out.toString()).contains("dry run", "         1 sent", "         1 later: quiet hours");
        assertThat(world.sent()).isEmpty();
    }

    @Test
    void whoSleepsIsNamedAsLater() {
        world.add("bert", "America/Los_Angeles");

        assertThat(run("--id", "spring")).isEqualTo(1);
        assertThat(out.toString()).contains("run this again with --id spring after 2026-06-10T15:00:00Z");
    }

    @Test
    void mistakesAreTold() {
        assertThat(run("--connection", "offers")).isEqualTo(2);
        assertThat(SendCommand.run((account, name) -> Optional.empty(), writer(out), writer(err), arguments()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no campaign offers of account demo");
        assertThat(run("--id", "no spaces")).isEqualTo(2);
        assertThat(SendCommand.run(
                        this::open,
                        writer(out),
                        writer(err),
                        "--account=demo",
                        "--connection=offers",
                        "--segment=silver"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("segment silver is none of the campaign's segments");
    }

    private int run(String... more) {
        String[] all = Stream.concat(List.of(arguments()).stream(), List.of(more).stream())
                .toArray(String[]::new);
        return SendCommand.run(this::open, writer(out), writer(err), all);
    }

    private Optional<Sending.Ports> open(String account, String connection) {
        return Optional.of(world.ports());
    }

    private static String[] arguments() {
        return new String[] {"--account=demo", "--connection=offers", "--segment=gold"};
    }

    private static PrintWriter writer(StringWriter to) {
        return new PrintWriter(to, true);
    }
}
