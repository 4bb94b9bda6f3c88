package dev.sluice.local.report;

import java.util.List;
import java.util.Locale;

/** A report as a person reads it at the end of a run. Pure. */
public final class ReportText {
    private static final int MAX_WIDTH = 90;

    private ReportText() {}

    /** Some lines without colours, without a newline at the end. */
    public static String of(Report report) {
        var text = new StringBuilder();
        text.append(report.passed() ? "PASSED" : "FAILED")
                .append(format(" after %.1f s%n", report.tookMillis() / 1000.0))
                .append(format(
                        "  events       %,d accepted, %,d rejected, %,d lost, %,d uncertain%n",
                        report.accepted(), report.rejected(), report.lost(), report.uncertain()))
                .append(format(
                        "  inside       %,d classified, %,d profile writes, %,d changes, %,d set aside%n",
                        report.classified(), report.profileWrites(), report.changes(), report.setAside()))
                .append(format(
                        "  partner      %,d delivered, %,d superseded, %,d redelivered, %,d duplicates%n",
                        report.delivered(), report.superseded(), report.redelivered(), report.duplicatesDelivered()))
                .append(format(
                        "  latency      p50 %.0f ms, p99 %.0f ms from POST to partner%n",
                        report.latencyMillis().p50(), report.latencyMillis().p99()))
                .append(format(
                        "  time         %,d changes by time alone, p50 %.0f ms, p99 %.0f ms from when they were due%n",
                        report.dueToPartnerMillis().count(),
                        report.dueToPartnerMillis().p50(),
                        report.dueToPartnerMillis().p99()))
                .append(format(
                        "  truth        %,d people compared, %,d left out, %,d memberships and %,d pushes differ",
                        report.peopleCompared(),
                        report.uncertainPeople(),
                        report.membershipMismatches(),
                        report.pushMismatches()));
        if (report.faults().asked()) {
            text.append(chaos(report.faults()));
        }
        section(text, "why it failed", report.failures());
        section(text, "differences", report.mismatches());
        return text.toString();
    }

    private static String chaos(Faults faults) {
        var text = new StringBuilder(format(
                "%n  chaos        seed %d, %,d faults; latency is not judged%n              ",
                faults.seed(), faults.total()));
        int width = 0;
        for (var kind : faults.byKind().entrySet()) {
            String words = " " + kind.getValue() + " " + kind.getKey() + ",";
            width += words.length();
            if (width > MAX_WIDTH) {
                text.append("\n              ");
                width = words.length();
            }
            text.append(words);
        }
        return text.substring(0, text.length() - 1);
    }

    private static void section(StringBuilder text, String title, List<String> words) {
        if (!words.isEmpty()) {
            text.append("\n  ").append(title);
            words.forEach(line -> text.append("\n    ").append(line));
        }
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern.replace("%n", "\n"), values);
    }
}
