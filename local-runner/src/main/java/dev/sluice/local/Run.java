package dev.sluice.local;

import dev.sluice.local.report.Report;
import dev.sluice.local.report.ReportJson;
import dev.sluice.local.report.ReportText;
import dev.sluice.local.servers.OrderlyEnd;
import dev.sluice.local.servers.ServerFailure;
import dev.sluice.local.simulator.Simulator;
import dev.sluice.local.simulator.SimulatorSettings;
import dev.sluice.local.view.LiveView;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One run: the house with its players, the live view, and at the end the verdict. */
final class Run {
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final RunCommand command;
    private final Path root;
    private final PrintStream out;

    Run(RunCommand command, Path root, PrintStream out) {
        this.command = command;
        this.root = root;
        this.out = out;
    }

    /** Whether everything was as it must be. */
    boolean execute() throws InterruptedException {
        Path folder = RunFolder.create(root);
        say("logs and data of this run: " + folder);
        long started = System.nanoTime();
        try (House house = House.start(settings(folder), this::say);
                Simulator simulator = new Simulator(players(house), house.users())) {
            say("up after %.1f s".formatted((System.nanoTime() - started) / 1e9));
            say("tracker " + house.tracker().address() + " (write key " + House.WRITE_KEY + "), rules "
                    + house.rulesConsole().address() + " (token in " + house.rulesTokenFile() + "), classifier "
                    + house.classifier().address());
            say("who is in which segments (read key " + House.READ_KEY + "): " + question(house));
            Report report = play(house, simulator);
            if (!command.traffic()) {
                say("nothing to compare: no players were simulated");
                return true;
            }
            if (new Facts(house.clients()).ruleSets() > 1) {
                say("rules were published for " + House.ACCOUNT + " meanwhile: the simulator's truth is of rule set 1");
            }
            out.println(ReportText.of(report));
            write(report);
            return report.passed();
        }
    }

    /** A line for the shell: one of the simulated players, as an app would ask. */
    private static String question(House house) {
        return "curl -H 'Authorization: Bearer " + House.READ_KEY + "' "
                + house.classifier().address().resolve("/v1/people/player-000001/segments");
    }

    private Report play(House house, Simulator simulator) throws InterruptedException {
        long started = System.nanoTime();
        var figures = new LiveFigures(house, simulator);
        LiveView view = LiveView.start(figures, out, LiveView.Mode.of(System.console() != null, System.getenv()));
        OrderlyEnd.first(() -> {
            view.close();
            house.close();
        });
        try (view) {
            if (command.traffic()) {
                simulator.start();
            }
            house.chaos().ifPresent(chaos -> chaos.play(house.classifier()));
            TimeUnit.NANOSECONDS.sleep(command.limit().orElse(FOR_EVER).toNanos());
            figures.say("arriving");
            return new Ending(house, simulator, figures).report(started);
        }
    }

    private HouseSettings settings(Path folder) {
        var usual = HouseSettings.of(root, folder, command.portBase());
        return command.plan().map(usual::withChaos).orElse(usual);
    }

    private SimulatorSettings players(House house) {
        return SimulatorSettings.usual(
                command.players(),
                command.rate(),
                command.seed(),
                house.tracker().address());
    }

    private void write(Report report) {
        command.report().ifPresent(file -> {
            try {
                ReportJson.write(report, file);
            } catch (IOException failed) {
                throw new ServerFailure("the report cannot be written to " + file + ": " + failed.getMessage(), failed);
            }
        });
    }

    private void say(String words) {
        out.println("sluice: " + words);
    }
}
