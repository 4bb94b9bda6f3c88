package dev.sluice.model.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;

/**
 * The JSON form of a {@link RuleSetReport}, version {@value #VERSION}. Stateless. Golden file:
 * {@code golden/v1/rule-set-report.json}.
 */
public final class RuleSetReportJson {
    public static final int VERSION = 1;

    private RuleSetReportJson() {}

    /** Writes it. The same report always gives the same bytes. */
    public static byte[] write(RuleSetReport report) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", VERSION);
            json.writeStringProperty("account", report.account());
            json.writeNumberProperty("number", report.number());
            json.writeStringProperty("program", report.program());
            json.writeStringProperty("instance", report.instance());
            json.writeStringProperty("state", report.state().word());
            report.reason().ifPresent(reason -> json.writeStringProperty("reason", reason));
            json.writeStringProperty("at", report.at().toString());
        });
    }

    /** @throws MalformedException if it is not a report of this version */
    public static RuleSetReport read(byte[] report) {
        Value.Fields json = JsonText.readObject(report).ofVersion(VERSION);
        long number = json.whole("number");
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new MalformedException("number must be 1 to " + Integer.MAX_VALUE);
        }
        return new RuleSetReport(
                json.text("account"),
                (int) number,
                json.text("program"),
                json.text("instance"),
                RuleSetReport.State.of(json.text("state")),
                json.findText("reason"),
                JsonText.instant("at", json.text("at")));
    }
}
